# Was die Texte selbst brauchen. DATE($at, style: "day" | "time" | "full") setzt diese Formen ein; ein Tag ohne Uhrzeit steht auch mit "full" als Tag.
date-day = { $weekday }, { $day }. { $month } { $year }
date-time = { $hour }:{ $minute } Uhr
date-full = { date-day }, { date-time }

## Antworten, die überall vorkommen
common-too-long = Das ist zu lang: { $length } Zeichen, möglich sind { $limit }. Bitte kürzen Sie den Text.
common-stale-button = Diese Schaltfläche gilt nicht mehr. Bitte rufen Sie die Ansicht neu auf.
common-unknown-command = Diesen Befehl gibt es nicht. Alle Befehle zeigt /hilfe.
common-direct-only = „{ $command }“ geht nur im direkten Chat mit mir. Bitte schreiben Sie es dort.
common-room-only = „{ $command }“ geht nur in einem Gruppenraum. Bitte schreiben Sie es dort.
common-did-you-mean = Meinten Sie den Befehl „{ $command }“?
common-yes = Ja
common-no = Nein
common-nothing-done = Gut, es bleibt alles, wie es ist.
common-yes-or-no = Bitte antworten Sie mit „Ja“ oder „Nein“.
common-empty = Da stand kein Text. Bitte schreiben Sie ein paar Worte.
common-not-understood = Das habe ich nicht verstanden. Was hier geht, zeigt /hilfe.
common-only-partner = Das können nur Mitglieder des Programms. Bitte treten Sie zuerst bei.
common-only-participant = Das können nur Teilnehmende, die Koordination und die Administration.
common-only-coordinator = Das kann nur die Koordination. Bitte wenden Sie sich an sie.
common-only-admin = Das kann nur die Administration. Bitte wenden Sie sich an sie.
common-apology = Hier ist leider etwas schiefgegangen. Bitte versuchen Sie es noch einmal. Hilft das nicht, nennen Sie der Koordination die Kennung { $reference }.
common-skip = Überspringen
common-page-back = Zurück
common-page-on = Weitere

## Rollen, Sprachen, Messenger
common-role-guest = Gast
common-role-partner = Praxispartnerschaft
common-role-participant = Teilnahme
common-role-coordinator = Koordination
common-role-admin = Administration
common-role-unknown = „{ $word }“ ist keine Rolle. Möglich sind Teilnahme, Praxispartnerschaft, Koordination und Administration.
common-language-de = Deutsch
common-language-en = English
common-messenger-telegram = Telegram
common-messenger-matrix = Matrix
common-messenger-local = Lokale Seite
