# Für wen etwas ist, zum Einsetzen hinter „An:“ und „außer“.

audiences-all = alle Mitglieder
audiences-group = Gruppe „{ $group }“
audiences-role = Rolle { $role }
audiences-topic = wer Thema { $number } unterstützt oder beitragen kann
audiences-rooms = alle Räume
audiences-room = Raum „{ $room }“
audiences-gone = etwas, das es nicht mehr gibt
audiences-nobody = niemand
audiences-parts = { LIST($parts) }
audiences-but = { LIST($parts) }, außer: { LIST($but) }
audiences-no-room = Einen verbundenen Raum „{ $room }“ gibt es nicht. Alle Räume zeigt /räume.
audiences-unknown = „{ $words }“ ist keine Gruppe, keine Rolle und kein Raum. Schreiben Sie zum Beispiel „alle“, „Gruppe Kohorte 1“ oder „Thema 3“.
audiences-not-voted = wer bei Abstimmung { $number } noch nicht abgestimmt hat
audiences-vote-needed = Bitte nennen Sie die Nummer der Abstimmung, zum Beispiel „Abstimmung 3“.
