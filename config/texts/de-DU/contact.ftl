# Der Draht zur Koordination mit „du“.
contact-ask-text = Was möchtest du der Koordination schreiben?
contact-ask-answer = Welche Anfrage beantwortest du, und wie? Schreib zum Beispiel: 5 Ja, gern.
contact-empty = Da stand kein Text. Bitte schreib, worum es geht.
contact-unnamed-direct = Im Raum sehen alle, wer fragt. Ohne Namen geht es nur im direkten Chat mit mir, bitte schreib dort.
contact-sent = Das ist an die Koordination gegangen, als Anfrage { $number }. Die Antwort kommt hier. Ohne Namen fragst du so: <code>/kontakt anonym …</code>
contact-nobody = Von der Koordination ist gerade niemand erreichbar. Bitte versuch es später noch einmal.
contact-card-hint = Antworte auf diese Nachricht, dann geht deine Antwort zurück.
contact-card-answered = Beantwortet. Antworte auf diese Nachricht, wenn noch etwas fehlt.
contact-answer =
    <b>Antwort der Koordination</b>
    { $text }

    Antworte auf diese Nachricht, wenn du noch etwas wissen möchtest.
contact-answered = Deine Antwort auf Anfrage { $number } ist unterwegs.
contact-unreachable = Diese Person ist gerade nicht zu erreichen. Bitte versuch es später noch einmal.
contact-number-needed = Schreib zuerst die Nummer der Anfrage, dann deine Antwort. Zum Beispiel: <code>/antworten 5 Ja, gern.</code>
