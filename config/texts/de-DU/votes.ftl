# Abstimmungen mit „du“.

votes-rule-approval = Wähl alles, was du unterstützt. Es gewinnt, was die meisten unterstützen.
votes-rule-approval-seats = Wähl alles, was du unterstützt. Es gewinnen die { $seats } mit der meisten Unterstützung.
votes-rule-approval-proportional = Wähl alles, was du unterstützt. { $seats } Plätze werden so vergeben, dass auch kleinere Gruppen zum Zug kommen (gleiche Anteile).
votes-rule-points = Verteil bis zu { $points } Punkte. Es gewinnt, was die meisten Punkte hat.
votes-rule-points-seats = Verteil bis zu { $points } Punkte. Es gewinnen die { $seats } mit den meisten Punkten.
votes-rule-ranking = Ordne nach deiner Vorliebe. Es gewinnt, was sich im Vergleich mit jeder anderen Option behauptet (Schulze).
votes-rule-ranking-seats = Ordne nach deiner Vorliebe. { $seats } Plätze werden vergeben, überzählige Stimmen gehen auf die nächste Wahl über (STV).
votes-room-hint-single = Drück deine Option, oder antworte auf diese Nachricht mit der Nummer.
votes-room-hint-approval = Drück, was du unterstützt, oder antworte mit den Nummern, zum Beispiel „1 2“.
votes-room-hint-points = Jeder Druck gibt einen Punkt. Oder antworte zum Beispiel mit „1:3 2:1“.
votes-room-hint-ranking = Drück in deiner Reihenfolge, oder antworte mit den Nummern, zum Beispiel „2 1“.
votes-ballot-head = <b>Dein Stimmzettel, Abstimmung { $number }:</b> { $question }
votes-ballot-sent = Deinen Stimmzettel habe ich dir direkt geschickt.
votes-ballot-saved =
    Deine Stimme ist gespeichert. Dein Beleg: <code>{ $code }</code>
    Ändern kannst du sie bis { DATE($closes, style: "full") }.
votes-ballot-abstained =
    Du enthältst dich, das ist gespeichert. Dein Beleg: <code>{ $code }</code>
    Ändern kannst du das bis { DATE($closes, style: "full") }.
votes-how-single = Drück eine Option, oder schreib ihre Nummer oder ihr Wort.
votes-how-approval = Drück, was du unterstützt, oder schreib alle Nummern oder Wörter, zum Beispiel „1 2“.
votes-how-points = Jeder Druck gibt einen Punkt. Oder schreib alles auf einmal, zum Beispiel „1:3 2:1“.
votes-how-ranking = Drück in deiner Reihenfolge, oder schreib sie auf, das Liebste zuerst, zum Beispiel „2 1“.
votes-secrecy = Niemand in der Gruppe und auch nicht die Koordination sieht, was du wählst; nach dem Schluss verrät es auch die Datenbank nicht mehr.
votes-seen-telegram = Telegram selbst sieht, was du hier drückst oder schreibst.
votes-seen-local = Was du hier drückst, bleibt auf diesem Computer.
votes-saved = Deine Stimme ist gespeichert. Dein Beleg: { $code }
votes-withdrawn = Deine Stimme ist zurückgezogen.
votes-own =
    <b>Abstimmung { $number }:</b> { $question }
    Du hast gewählt: { $chosen }
    Dein Beleg: <code>{ $code }</code>
votes-own-none =
    <b>Abstimmung { $number }:</b> { $question }
    Du hast noch nicht abgestimmt.
votes-own-over = Abstimmung { $number } ist beendet. Wie Einzelne abgestimmt haben, sage ich nicht mehr; dein Beleg zeigt, dass deine Stimme zählt.
votes-told-directly = Das habe ich dir direkt geschrieben.
votes-reminder =
    <b>Abstimmung { $number }:</b> { $question }
    Deine Stimme fehlt noch.
votes-which = Mehrere Abstimmungen laufen. Welche meinst du?
votes-not-in-room = Bei dieser Abstimmung stimmt der Raum „{ $room }“ ab. Bitte stimm dort mit ab.
votes-joined-late = Wer abstimmen darf, stand mit dem Beginn fest. Beim nächsten Mal stimmst du mit ab.
votes-open-direct-first = Bitte schreib mir zuerst im direkten Chat: /start
votes-not-in-public = Diese Abstimmung ist geheim, deshalb zählt das hier nicht. Bitte drück „Abstimmen“, dann schreibe ich dir direkt.
votes-unclear-single = Das war nicht genau eine der Optionen, deine Stimme ist unverändert. Bitte schreib eine Nummer von der Liste.
votes-unclear-approval = Das war nicht sicher zu verstehen, deine Stimme ist unverändert. Bitte schreib Nummern von der Liste, zum Beispiel „1 2“.
votes-unclear-points = Das war nicht sicher zu verstehen, deine Stimme ist unverändert. Bitte verteil höchstens { $points } Punkte auf Nummern von der Liste, zum Beispiel „1:3 2:1“.
votes-unclear-ranking = Das war nicht sicher zu verstehen, deine Stimme ist unverändert. Bitte schreib jede Nummer nur einmal, zum Beispiel „2 1“.
votes-perhaps-meant = Ich weiß nicht, ob das deine Stimme sein soll, und gebe es deshalb nicht weiter. Den Stimmzettel bringt /stimme { $number }, eine Frage an die Koordination /kontakt.
votes-say-over = Abstimmung { $number } ist beendet, und ich behalte nicht, wer was gewählt hat. Falls das an die Koordination gehen soll, schreib bitte /kontakt davor.
votes-nothing-to-withdraw = Du hast noch nicht abgestimmt, es ist also nichts zurückzuziehen.
votes-none-for-you = Zurzeit läuft keine Abstimmung, bei der du abstimmen kannst.
votes-number-of-vote = Bitte schreib die Nummer der Abstimmung, zum Beispiel 3. Die Nummern zeigt: /abstimmungen
votes-points-spent = Alle { $points } Punkte sind verteilt. Neu beginnst du mit „Stimme zurückziehen“.
votes-ask-question = Worüber soll abgestimmt werden? Schreib die Frage.
votes-question-empty = Bitte schreib die Frage in Worten, zum Beispiel: Welches Thema zuerst?
votes-ask-source = Was steht zur Wahl? Nimm Themen, oder schreib eigene Optionen.
votes-ask-topics = Welche Themen stehen zur Wahl? Drück, oder schreib die Nummern, zum Beispiel „3 7 12“.
votes-topics-few = Für eine Abstimmung braucht es mindestens zwei offene Themen. Schreib stattdessen eigene Optionen.
votes-topics-needed = Bitte schreib die Nummern der Themen, zum Beispiel „3 7 12“.
votes-topic-twice = Ein Thema steht zweimal da. Bitte nenn jede Nummer nur einmal.
votes-topic-on-ballot = Thema { $number } ist schon in einer Abstimmung. Bitte lass es weg.
votes-topic-not-votable = Thema { $number } lässt sich in seinem Stand nicht zur Wahl stellen. Bitte lass es weg.
votes-ask-options = Welche Optionen gibt es? Bitte schreib jede in eine eigene Zeile.
votes-option-empty = In einer Zeile steht kein Wort. Bitte schreib jede Option in Worten.
votes-option-twice = „{ $option }“ steht zweimal da. Bitte schreib jede Option nur einmal.
votes-options-many = Das sind { $number } Optionen, möglich sind { $most }. Fass Ähnliches zusammen, oder stimm in zwei Runden ab.
votes-ask-closes = Bis wann? Drück, oder schreib zum Beispiel „Freitag 18 Uhr“.
votes-closes-past = Der Schluss, { DATE($at, style: "full") }, ist schon vorbei. Bitte nenn einen späteren: „bis: Freitag 18 Uhr“.
votes-opens-past = Der Beginn, { DATE($at, style: "full") }, ist schon vorbei. Bitte nenn einen späteren: „ab: Montag 9 Uhr“.
votes-setting-unknown = „{ $word }:“ kenne ich nicht. Meintest du „{ $near }:“?
votes-method-nearest = „{ $word }“ ist kein Verfahren. Meintest du „{ $near }“?
votes-number-needed = Bitte schreib eine Zahl von 1 bis { $most }.
votes-nobody-entitled = Niemand könnte abstimmen. Bitte ändere, wer stimmberechtigt ist: „wer: alle“.
votes-preview-choose = Bitte drück eine Schaltfläche, oder schreib zum Beispiel „geheim: nein“.
votes-ask-change = Was möchtest du ändern?
votes-change-choose = Bitte wähl eine der Schaltflächen, oder schreib zum Beispiel „plätze: 2“.
votes-ask-opens = Wann soll die Abstimmung beginnen? Schreib zum Beispiel „Montag 9 Uhr“.
votes-ask-seats = Wie viele sollen gewinnen? Bitte schreib eine Zahl.
votes-ask-points = Wie viele Punkte hat jede Person? Bitte schreib eine Zahl.
votes-ask-who = Wer stimmt ab? Drück, oder schreib zum Beispiel „Gruppe Kohorte 1“.
votes-ask-quorum = Wie viele müssen mindestens abstimmen? Bitte schreib eine Zahl.
votes-ask-number = Welche Abstimmung? Bitte schreib ihre Nummer.
