# Für wen etwas ist, mit „du“.
audiences-unknown = „{ $words }“ ist keine Gruppe, keine Rolle und kein Raum. Schreib zum Beispiel „alle“, „Gruppe Kohorte 1“ oder „Thema 3“.
audiences-vote-needed = Bitte nenn die Nummer der Abstimmung, zum Beispiel „Abstimmung 3“.
