# Zeitangaben mit „du“.
dates-unclear = „{ $words }“ verstehe ich nicht als Zeitangabe. Schreib zum Beispiel „Freitag 18 Uhr“ oder „3.12. 18:30“.
dates-past = { DATE($at, style: "full") } ist schon vorbei. Bitte nenn einen Zeitpunkt, der noch kommt.
dates-ambiguous = Meinst du { DATE($one, style: "full") } oder { DATE($other, style: "full") }? Bitte schreib Datum und Uhrzeit aus, zum Beispiel „3.12. 18:30“.
dates-too-far = { DATE($at, style: "full") } liegt zu weit in der Zukunft. Bitte prüf das Jahr.
dates-no-such-day = Den { $day } gibt es nicht. Bitte prüf das Datum.
dates-no-such-time = „{ $time }“ ist keine Uhrzeit. Schreib zum Beispiel „18:30“ oder „9 Uhr“.
dates-time-missing = Da fehlt die Uhrzeit. Schreib zum Beispiel „Freitag 18 Uhr“ oder „3.12. 18:30“.
dates-other-weekday = Tag und Datum passen nicht zusammen, denn das Datum ist { DATE($day, style: "day") }. Bitte schreib nur eines von beiden.
dates-dotted = Meinst du den Tag „{ $day }“ oder die Uhrzeit „{ $time } Uhr“? Bitte schreib es so.
dates-midnight = Mitternacht kann den Anfang oder das Ende eines Tages meinen. Schreib zum Beispiel „Freitag 0 Uhr“ oder „Freitag 24 Uhr“.
dates-order = Das Ende ({ DATE($at, style: "full") }) muss nach dem Anfang liegen. Bitte schreib beides mit Datum und Uhrzeit.
