# Zeitangaben: was daran nicht stimmt, und was stattdessen geht.
dates-unclear = „{ $words }“ verstehe ich nicht als Zeitangabe. Schreiben Sie zum Beispiel „Freitag 18 Uhr“ oder „3.12. 18:30“.
dates-past = { DATE($at, style: "full") } ist schon vorbei. Bitte nennen Sie einen Zeitpunkt, der noch kommt.
dates-ambiguous = Meinen Sie { DATE($one, style: "full") } oder { DATE($other, style: "full") }? Bitte schreiben Sie Datum und Uhrzeit aus, zum Beispiel „3.12. 18:30“.
dates-too-far = { DATE($at, style: "full") } liegt zu weit in der Zukunft. Bitte prüfen Sie das Jahr.
dates-no-such-day = Den { $day } gibt es nicht. Bitte prüfen Sie das Datum.
dates-no-such-time = „{ $time }“ ist keine Uhrzeit. Schreiben Sie zum Beispiel „18:30“ oder „9 Uhr“.
dates-time-missing = Da fehlt die Uhrzeit. Schreiben Sie zum Beispiel „Freitag 18 Uhr“ oder „3.12. 18:30“.
dates-other-weekday = Tag und Datum passen nicht zusammen, denn das Datum ist { DATE($day, style: "day") }. Bitte schreiben Sie nur eines von beiden.
dates-dotted = Meinen Sie den Tag „{ $day }“ oder die Uhrzeit „{ $time } Uhr“? Bitte schreiben Sie es so.
dates-midnight = Mitternacht kann den Anfang oder das Ende eines Tages meinen. Schreiben Sie zum Beispiel „Freitag 0 Uhr“ oder „Freitag 24 Uhr“.
dates-skipped = Diese Uhrzeit gibt es nicht, denn da beginnt die Sommerzeit. Möglich ist zum Beispiel { DATE($after, style: "full") }.
dates-order = Das Ende ({ DATE($at, style: "full") }) muss nach dem Anfang liegen. Bitte schreiben Sie beides mit Datum und Uhrzeit.

## Wie verstanden wurde
dates-shown = { DATE($at, style: "full") }
dates-doubled = { DATE($at, style: "full") } (das erste Mal an diesem Tag, denn die Uhr wird zurückgestellt)
dates-span = { $start } bis { $end }
