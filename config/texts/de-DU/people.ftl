# Menschen mit „du“.

## Beitreten
people-join-first = Dafür musst du dem Programm beitreten. Schreib mir dazu im direkten Chat /start.
people-guest-invite =
    Willkommen bei { $programme }!
    Zum Mitmachen brauchst du eine Einladung der Koordination. Öffne ihren Link, oder schreib hier den Code.
people-guest-room =
    Willkommen bei { $programme }!
    Zum Mitmachen öffne den Link, den ich in deinen Gruppenraum geschrieben habe. Hast du einen Einladungscode, schreib ihn hier.
people-guest-open = Bei { $programme } kannst du auch ohne Einladung mitmachen: Schreib /start. Hast du einen anderen Code, schreib ihn hier.
people-invitation-unknown = Diesen Einladungscode gibt es nicht. Bitte prüf ihn, oder bitte die Koordination um einen neuen.
people-invitation-spent = Diese Einladung ist verbraucht, abgelaufen oder widerrufen. Bitte frag die Koordination nach einer neuen.
people-privacy = { $programme } speichert deinen Namen, dein Konto in diesem Messenger und das, was du hier beiträgst. Die Angaben dienen nur diesem Programm und werden nicht weitergegeben. Deine Einwilligung ist freiwillig, und die Koordination löscht deine Daten jederzeit auf Wunsch.
people-ask-consent = Bist du damit einverstanden?
people-declined = In Ordnung, ich nehme dich nicht auf. Wenn du es dir anders überlegst, schreib /start.
people-declined-late = Du bist schon Mitglied. Sollen deine Daten gelöscht werden, wende dich bitte an die Koordination.
people-welcome-name = Ich nenne dich hier „{ $name }“. Einen anderen Namen wählst du mit /name.
people-standing = Deine Rolle: { $role }.
people-standing-groups = Deine Rolle: { $role }. Deine Gruppen: { LIST($groups) }.
people-first-steps = Zum Ausprobieren: Mit /thema schlägst du eine Frage aus deiner Praxis vor. Mit /themen siehst du, was andere beschäftigt.
people-greeting = Hallo, { $name }! Du bist schon dabei. Alles, was hier geht, zeigt /hilfe.
people-subscribed-again = Du bekommst jetzt wieder Ansagen.

## Eigene Angaben
people-ask-name = Bisher heißt du hier „{ $name }“. Wie möchtest du heißen?
people-name-empty = Ein Name braucht Buchstaben oder Ziffern. Bitte schreib, wie du heißen möchtest.
people-name-short = Ein Name braucht mindestens zwei Zeichen. Bitte schreib ihn aus.
people-name-taken = So heißt schon ein anderes Mitglied. Ergänze zum Beispiel deinen Ort: „{ $name }, Musterstadt“.
people-renamed = Du heißt hier jetzt „{ $name }“.
people-language-set = Ich schreibe dir ab jetzt auf Deutsch.
people-ask-form = Wie soll ich dich ansprechen?
people-ask-messenger = Wo soll ich dir schreiben?
people-messenger-set = Ich schreibe dir ab jetzt hier: { $messenger }.
people-messenger-unknown = Diesen Messenger nutzt du hier nicht. Möglich sind { LIST($messengers) }.
people-one-messenger = Du nutzt nur einen Messenger, es gibt also nichts zu wählen.
people-ask-quiet =
    Deine Ruhezeit bisher: { $quiet }.
    Wann soll ich dir keine Erinnerungen schicken? Schreib zum Beispiel „20 bis 7 Uhr“.
people-quiet-set = Von { $start } bis { $end } Uhr schicke ich dir ab jetzt keine Erinnerungen.
people-quiet-cleared = Du hast jetzt keine eigene Ruhezeit. Erinnerungen kommen zu den üblichen Zeiten.
people-quiet-unclear = Diese Ruhezeit verstehe ich nicht. Schreib zum Beispiel „20 bis 7 Uhr“ oder „aus“.

## Einladungen
people-invite-ask-role =
    Wozu lädst du ein?
    In einer Nachricht geht es auch: <code>/einladen teilnehmende gruppe=Kohorte 1 anzahl=10 tage=30</code>
people-invite-ask-uses = Wie viele Personen dürfen mit der Einladung beitreten? Schreib eine Zahl.
people-invite-ask-days = Wie viele Tage soll die Einladung gelten? Schreib eine Zahl.
people-invite-unclear = „{ $words }“ verstehe ich nicht. Nenn genau eine Rolle, und schreib Gruppen so: <code>gruppe=Kohorte 1</code>
people-invited = Die Einladung ist fertig. Gib Code, Link oder Bild weiter.
people-invited-code = Die Einladung ist fertig. Gib Code und Adresse weiter.
people-invitations-none = Es gibt keine offenen Einladungen. Eine neue erstellst du mit /einladen.

## Gruppen und Mitglieder
people-groups-none = Es gibt noch keine Gruppe. Die erste legst du mit /gruppe und ihrem Namen an.
people-ask-group = Um welche Gruppe geht es? Schreib ihren Namen.
people-group-nameless = Der Name einer Gruppe braucht Buchstaben oder Ziffern. Schreib zum Beispiel „Kohorte 1“.
people-group-created = Die Gruppe „{ $group }“ ist angelegt. Mitglieder nimmst du so auf: <code>/gruppe { $group } + Name</code>
people-group-empty = In der Gruppe „{ $group }“ ist noch niemand. Mitglieder nimmst du so auf: <code>/gruppe { $group } + Name</code>
