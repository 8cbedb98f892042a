# Hilfe.

command-help-show = diese Übersicht zeigen, oder Näheres zu einem Befehl

help-head = Das geht hier:
help-head-guest = Themenbote sammelt Themen für { $programme }. Das geht schon jetzt:
help-foot = Im direkten Chat genügt das Wort ohne „{ $sign }“. Mehr zu einem Befehl zeigt zum Beispiel: <code>{ $sign }hilfe datenschutz</code>
help-foot-room = Im direkten Chat mit mir geht noch mehr. Mehr zu einem Befehl zeigt zum Beispiel: <code>{ $sign }hilfe sprache</code>
help-line = { $command }: { $does }
help-words = So heißt der Befehl auch: { LIST($words) }
help-place-anywhere = Er gilt im direkten Chat und im Gruppenraum.
help-place-direct = Er gilt nur im direkten Chat mit mir.
help-place-room = Er gilt nur im Gruppenraum.
help-nearest = Den Befehl „{ $word }“ gibt es nicht. Meinten Sie „{ $near }“?
help-unknown = Den Befehl „{ $word }“ gibt es nicht. Alle Befehle zeigt /hilfe.
help-part-topics = <b>Themen</b>
help-part-announcements = <b>Ansagen</b>
help-part-contact = <b>Koordination fragen</b>
help-part-votes = <b>Abstimmungen</b>
help-part-people = <b>Mitglieder</b>
help-part-rooms = <b>Räume</b>
help-part-admin = <b>Administration</b>
help-part-help = <b>Hilfe</b>
