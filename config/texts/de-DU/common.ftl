# Allgemeine Antworten mit „du“.
common-too-long = Das ist zu lang: { $length } Zeichen, möglich sind { $limit }. Bitte kürze den Text.
common-stale-button = Diese Schaltfläche gilt nicht mehr. Bitte ruf die Ansicht neu auf.
common-direct-only = „{ $command }“ geht nur im direkten Chat mit mir. Bitte schreib es dort.
common-room-only = „{ $command }“ geht nur in einem Gruppenraum. Bitte schreib es dort.
common-did-you-mean = Meintest du den Befehl „{ $command }“?
common-yes-or-no = Bitte antworte mit „Ja“ oder „Nein“.
common-empty = Da stand kein Text. Bitte schreib ein paar Worte.
common-only-partner = Das können nur Mitglieder des Programms. Bitte tritt zuerst bei.
common-only-coordinator = Das kann nur die Koordination. Bitte wende dich an sie.
common-only-admin = Das kann nur die Administration. Bitte wende dich an sie.
common-apology = Hier ist leider etwas schiefgegangen. Bitte versuch es noch einmal. Hilft das nicht, nenn der Koordination die Kennung { $reference }.
