# Der Draht zur Koordination.

## Befehle
command-contact-ask = die Koordination etwas fragen, mit oder ohne Namen
command-contact-list = offene Anfragen ansehen
command-contact-answer = eine Anfrage beantworten

contact-ask-text = Was möchten Sie der Koordination schreiben?
contact-ask-answer = Welche Anfrage beantworten Sie, und wie? Schreiben Sie zum Beispiel: 5 Ja, gern.
contact-empty = Da stand kein Text. Bitte schreiben Sie, worum es geht.
contact-unnamed-direct = Im Raum sehen alle, wer fragt. Ohne Namen geht es nur im direkten Chat mit mir, bitte schreiben Sie dort.
contact-offer =
    Darauf weiß ich selbst keine Antwort. An die Koordination senden?
    „{ $text }“
contact-button-named = Senden als { $name }
contact-button-unnamed = Ohne Namen senden
contact-button-no = Nicht senden
contact-not-sent = Gut, nichts wurde gesendet. Was hier geht, zeigt /hilfe.
contact-sent = Das ist an die Koordination gegangen, als Anfrage { $number }. Die Antwort kommt hier. Ohne Namen fragen Sie so: <code>/kontakt anonym …</code>
contact-sent-unnamed = Das ist ohne Namen an die Koordination gegangen, als Anfrage { $number }. Nur ich weiß, wohin die Antwort geht; 90 Tage nach dem Abschluss lösche ich auch das.
contact-sent-again = Das ist an die Koordination gegangen, zu Anfrage { $number }.
contact-nobody = Von der Koordination ist gerade niemand erreichbar. Bitte versuchen Sie es später noch einmal.
contact-unknown = Eine Anfrage { $number } gibt es nicht, oder sie ist schon gelöscht.
contact-unnamed = einem ungenannten Mitglied
contact-card =
    <b>Anfrage { $number }</b> von { $name }
    { $text }
contact-card-hint = Antworten Sie auf diese Nachricht, dann geht Ihre Antwort zurück.
contact-card-answered = Beantwortet. Antworten Sie auf diese Nachricht, wenn noch etwas fehlt.
contact-card-closed = Abgeschlossen.
contact-card-gone = Anfrage { $number } liegt bei der Koordination.
contact-button-close = Abschließen
contact-button-show = Anfrage { $number }
contact-answer =
    <b>Antwort der Koordination</b>
    { $text }

    Antworten Sie auf diese Nachricht, wenn Sie noch etwas wissen möchten.
contact-answered = Ihre Antwort auf Anfrage { $number } ist unterwegs.
contact-unreachable = Diese Person ist gerade nicht zu erreichen. Bitte versuchen Sie es später noch einmal.
contact-number-needed = Schreiben Sie zuerst die Nummer der Anfrage, dann Ihre Antwort. Zum Beispiel: <code>/antworten 5 Ja, gern.</code>
contact-not-yours = Diese Antwort gilt jemand anderem.
contact-closed = Anfrage { $number } ist abgeschlossen.
contact-closed-already = Anfrage { $number } ist schon abgeschlossen.
contact-none = Es gibt keine offenen Anfragen.
contact-list-head =
    { $total ->
        [one] <b>Eine offene Anfrage</b>
       *[other] <b>{ $total } offene Anfragen</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
contact-line = Anfrage { $number } von { $name }, { DATE($at, style: "full") }: { $text }
contact-line-answered = Anfrage { $number } von { $name }, { DATE($at, style: "full") }, beantwortet: { $text }
