# Hilfe.

command-help-show = diese Übersicht zeigen, oder Näheres zu einem Wort

help-head = Das geht hier:
help-head-guest = Themenbote sammelt Themen für { $programme }. Das geht schon jetzt:
help-foot = Im direkten Chat genügt das Wort ohne „{ $sign }“.
help-foot-room = Im direkten Chat mit mir geht noch mehr.
help-ask-part = Was die Befehle tun, zeigt zum Beispiel: <code>/hilfe { $part }</code>
help-ask-command = Mehr zu einem Befehl zeigt zum Beispiel: <code>/hilfe { $command }</code>
help-button-part = Hilfe: { $part }
help-button-all = Übersicht
help-line = { $command }: { $does }
help-line-part = <b>{ $part }</b>: { $commands }
help-words = So heißt der Befehl auch: { LIST($words) }
help-place-anywhere = Er gilt im direkten Chat und im Gruppenraum.
help-place-direct = Er gilt nur im direkten Chat mit mir.
help-place-room = Er gilt nur im Gruppenraum.
help-nearest = Den Befehl „{ $word }“ gibt es nicht. Meinten Sie „{ $near }“?
help-unknown = Den Befehl „{ $word }“ gibt es nicht. Alle Befehle zeigt /hilfe.
help-nothing = Dazu gibt es hier für Sie keine Befehle.
help-part-topics = Themen
help-part-announcements = Ansagen
help-part-contact = Kontakt
help-part-votes = Abstimmungen
help-part-people = Mitglieder
help-part-rooms = Räume
help-part-admin = Administration
help-part-help = Hilfe
