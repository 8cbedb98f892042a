# Abstimmungen: vorbereiten, abstimmen, beenden.

## Befehle
command-votes-list = Abstimmungen ansehen
command-votes-ballot = abstimmen
command-votes-own = sehen, wie ich abgestimmt habe
command-votes-vote = eine Abstimmung vorbereiten oder zeigen
command-votes-close = eine Abstimmung beenden
command-votes-extend = einer Abstimmung mehr Zeit geben

## Die Karte
votes-card-head = <b>Abstimmung { $number }:</b> { $question }
votes-card-head-new = <b>Abstimmung:</b> { $question }
votes-option = { $place }. { $option }
votes-option-marked = { $line } <b>({ $mark })</b>
votes-label-marked = { $label } ({ $mark })
votes-none-option = Keine davon
votes-rule-single = Alle wählen eine Option. Es gewinnt, was die meisten Stimmen hat.
votes-rule-single-seats = Alle wählen eine Option. Es gewinnen die { $seats } mit den meisten Stimmen.
votes-rule-approval = Wählen Sie alles, was Sie unterstützen. Es gewinnt, was die meisten unterstützen.
votes-rule-approval-seats = Wählen Sie alles, was Sie unterstützen. Es gewinnen die { $seats } mit der meisten Unterstützung.
votes-rule-approval-proportional = Wählen Sie alles, was Sie unterstützen. { $seats } Plätze werden so vergeben, dass auch kleinere Gruppen zum Zug kommen (gleiche Anteile).
votes-rule-points = Verteilen Sie bis zu { $points } Punkte. Es gewinnt, was die meisten Punkte hat.
votes-rule-points-seats = Verteilen Sie bis zu { $points } Punkte. Es gewinnen die { $seats } mit den meisten Punkten.
votes-rule-ranking = Ordnen Sie nach Ihrer Vorliebe. Es gewinnt, was sich im Vergleich mit jeder anderen Option behauptet (Schulze).
votes-rule-ranking-seats = Ordnen Sie nach Ihrer Vorliebe. { $seats } Plätze werden vergeben, überzählige Stimmen gehen auf die nächste Wahl über (STV).
votes-lots = Bei Gleichstand gilt diese Reihenfolge, sie ist schon ausgelost: { LIST($places) }.
votes-quorum = Gültig ist sie, wenn mindestens { $quorum } abstimmen.
votes-secret = Geheim: Niemand erfährt, wer was wählt.
votes-open = Offen: Am Schluss können alle sehen, wer was gewählt hat.
votes-open-live = Offen: Alle können sehen, wer was wählt. Der Zwischenstand steht hier.
votes-electorate-all =
    { $started ->
        [no] Stimmberechtigt sind alle, die beim Beginn Mitglied sind.
       *[yes] { $entitled ->
            [one] Stimmberechtigt ist eine Person.
           *[other] Stimmberechtigt sind { $entitled } Personen.
        } Wer später beitritt, stimmt beim nächsten Mal mit.
    }
votes-electorate-group =
    { $started ->
        [no] Stimmberechtigt sind alle, die beim Beginn zur Gruppe „{ $group }“ gehören.
       *[yes] { $entitled ->
            [one] Stimmberechtigt ist eine Person aus der Gruppe „{ $group }“.
           *[other] Stimmberechtigt sind { $entitled } Personen aus der Gruppe „{ $group }“.
        } Wer später dazukommt, stimmt beim nächsten Mal mit.
    }
votes-electorate-role =
    { $started ->
        [no] Stimmberechtigt sind alle, die beim Beginn diese Rolle haben: { $role }.
       *[yes] { $entitled ->
            [one] Stimmberechtigt ist eine Person mit der Rolle { $role }.
           *[other] Stimmberechtigt sind { $entitled } Personen mit der Rolle { $role }.
        } Wer später dazukommt, stimmt beim nächsten Mal mit.
    }
votes-electorate-room = Stimmberechtigt ist, wer Mitglied ist und bis zum Schluss im Raum „{ $room }“ abstimmt.
votes-card-opens = Beginn: { DATE($opens, style: "full") }.
votes-card-closes = Schluss: { DATE($closes, style: "full") }.
votes-card-closed = Beendet: { DATE($at, style: "full") }.
votes-card-cancelled = Abgesagt: { DATE($at, style: "full") }.
votes-turnout-of = Abgestimmt: { $voted } von { $entitled }.
votes-turnout-room = Abgestimmt: { $voted }.
votes-live-single = Zwischenstand, Stimmen:
votes-live-approval = Zwischenstand, Zustimmungen:
votes-live-points = Zwischenstand, Punkte:
votes-live-ranking = Zwischenstand, erste Plätze:
votes-live-line = { $option }: { $number }
votes-room-hint-single = Drücken Sie Ihre Option, oder antworten Sie auf diese Nachricht mit der Nummer.
votes-room-hint-approval = Drücken Sie, was Sie unterstützen, oder antworten Sie mit den Nummern, zum Beispiel „1 2“.
votes-room-hint-points = Jeder Druck gibt einen Punkt. Oder antworten Sie zum Beispiel mit „1:3 2:1“.
votes-room-hint-ranking = Drücken Sie in Ihrer Reihenfolge, oder antworten Sie mit den Nummern, zum Beispiel „2 1“.
votes-button-vote = Abstimmen
votes-button-mine = Wie habe ich abgestimmt?
votes-button-who = Wer hat was gewählt?
votes-button-close = Beenden
votes-button-extend = Verlängern
votes-button-cancel = Absagen
votes-button-copy = Als Vorlage
votes-button-abstain = Enthaltung
votes-button-withdraw = Stimme zurückziehen
votes-button-show = Abstimmung { $number }

## Der Stimmzettel
votes-ballot-head = <b>Ihr Stimmzettel, Abstimmung { $number }:</b> { $question }
votes-ballot-over = Abstimmung { $number } ist beendet: { $question }
votes-ballot-sent = Ihren Stimmzettel habe ich Ihnen direkt geschickt.
votes-ballot-closes = Schluss: { DATE($closes, style: "full") }.
votes-ballot-saved =
    Ihre Stimme ist gespeichert. Ihr Beleg: <code>{ $code }</code>
    Ändern können Sie sie bis { DATE($closes, style: "full") }.
votes-ballot-abstained =
    Sie enthalten sich, das ist gespeichert. Ihr Beleg: <code>{ $code }</code>
    Ändern können Sie das bis { DATE($closes, style: "full") }.
votes-how-single = Drücken Sie eine Option, oder schreiben Sie ihre Nummer oder ihr Wort.
votes-how-approval = Drücken Sie, was Sie unterstützen, oder schreiben Sie alle Nummern oder Wörter, zum Beispiel „1 2“.
votes-how-points = Jeder Druck gibt einen Punkt. Oder schreiben Sie alles auf einmal, zum Beispiel „1:3 2:1“.
votes-how-ranking = Drücken Sie in Ihrer Reihenfolge, oder schreiben Sie sie auf, das Liebste zuerst, zum Beispiel „2 1“.
votes-secrecy = Niemand in der Gruppe und auch nicht die Koordination sieht, was Sie wählen; nach dem Schluss verrät es auch die Datenbank nicht mehr.
votes-seen-telegram = Telegram selbst sieht, was Sie hier drücken oder schreiben.
votes-seen-matrix = Dieser Chat ist verschlüsselt, der Matrix-Server liest nicht mit.
votes-seen-local = Was Sie hier drücken, bleibt auf diesem Computer.
votes-public = Diese Abstimmung ist offen: Alle können sehen, wer was wählt.
votes-cast = { $name }: { $chosen }
votes-nobody-voted = Noch hat niemand abgestimmt.
votes-who-secret = Abstimmung { $number } ist geheim: Niemand erfährt, wer was wählt.
votes-who-later = Bei Abstimmung { $number } ist erst am Schluss zu sehen, wer was gewählt hat.
votes-mark-chosen = gewählt
votes-mark-rank = Platz { $rank }
votes-mark-points =
    { $points ->
        [one] ein Punkt
       *[other] { $points } Punkte
    }
votes-chosen = { LIST($options) }
votes-chosen-rank = { $rank }. { $option }
votes-chosen-points = { $option } ({ $points })
votes-abstention = Enthaltung
votes-saved = Ihre Stimme ist gespeichert. Ihr Beleg: { $code }
votes-saved-open = Gespeichert: { $chosen }
votes-withdrawn = Ihre Stimme ist zurückgezogen.
votes-own =
    <b>Abstimmung { $number }:</b> { $question }
    Sie haben gewählt: { $chosen }
    Ihr Beleg: <code>{ $code }</code>
votes-own-none =
    <b>Abstimmung { $number }:</b> { $question }
    Sie haben noch nicht abgestimmt.
votes-own-over = Abstimmung { $number } ist beendet. Wie Einzelne abgestimmt haben, sage ich nicht mehr; Ihr Beleg zeigt, dass Ihre Stimme zählt.
votes-told-directly = Das habe ich Ihnen direkt geschrieben.
votes-reminder =
    <b>Abstimmung { $number }:</b> { $question }
    Ihre Stimme fehlt noch.
votes-which = Mehrere Abstimmungen laufen. Welche meinen Sie?
votes-line = Abstimmung { $number }: { $question } (bis { DATE($closes, style: "full") })

## Warum eine Stimme nicht zählt
votes-fixed = Verfahren, Geheimhaltung und alles Übrige stehen bei Abstimmung { $number } fest. Möglich sind: verlängern, beenden, absagen oder als Vorlage nehmen.
votes-unknown = Abstimmung { $number } gibt es nicht. Alle Abstimmungen zeigt: /abstimmungen
votes-is-scheduled = Abstimmung { $number } hat noch nicht begonnen. Der Beginn ist { DATE($opens, style: "full") }.
votes-is-closed = Abstimmung { $number } ist seit { DATE($closed, style: "full") } beendet. Stimmen zählen nicht mehr.
votes-is-cancelled = Abstimmung { $number } wurde abgesagt. Alle Abstimmungen zeigt: /abstimmungen
votes-not-for-partners = Bei dieser Abstimmung stimmen die Teilnehmenden ab, Praxispartnerschaften nicht.
votes-not-for-role = Bei dieser Abstimmung stimmt eine andere Rolle ab.
votes-not-in-group = Bei dieser Abstimmung stimmt die Gruppe „{ $group }“ ab.
votes-not-in-room = Bei dieser Abstimmung stimmt der Raum „{ $room }“ ab. Bitte stimmen Sie dort mit ab.
votes-joined-late = Wer abstimmen darf, stand mit dem Beginn fest. Beim nächsten Mal stimmen Sie mit ab.
votes-open-direct-first = Bitte schreiben Sie mir zuerst im direkten Chat: /start
votes-not-in-public = Diese Abstimmung ist geheim, deshalb zählt das hier nicht. Bitte drücken Sie „Abstimmen“, dann schreibe ich Ihnen direkt.
votes-unclear-single = Das war nicht genau eine der Optionen, Ihre Stimme ist unverändert. Bitte schreiben Sie eine Nummer von der Liste.
votes-unclear-approval = Das war nicht sicher zu verstehen, Ihre Stimme ist unverändert. Bitte schreiben Sie Nummern von der Liste, zum Beispiel „1 2“.
votes-unclear-points = Das war nicht sicher zu verstehen, Ihre Stimme ist unverändert. Bitte verteilen Sie höchstens { $points } Punkte auf Nummern von der Liste, zum Beispiel „1:3 2:1“.
votes-unclear-ranking = Das war nicht sicher zu verstehen, Ihre Stimme ist unverändert. Bitte schreiben Sie jede Nummer nur einmal, zum Beispiel „2 1“.
votes-perhaps-meant = Ich weiß nicht, ob das Ihre Stimme sein soll, und gebe es deshalb nicht weiter. Den Stimmzettel bringt /stimme { $number }, eine Frage an die Koordination /kontakt.
votes-say-over = Abstimmung { $number } ist beendet, und ich behalte nicht, wer was gewählt hat. Falls das an die Koordination gehen soll, schreiben Sie bitte /kontakt davor.
votes-nothing-to-withdraw = Sie haben noch nicht abgestimmt, es ist also nichts zurückzuziehen.
votes-none-for-you = Zurzeit läuft keine Abstimmung, bei der Sie abstimmen können.
votes-number-of-vote = Bitte schreiben Sie die Nummer der Abstimmung, zum Beispiel 3. Die Nummern zeigt: /abstimmungen
votes-points-spent = Alle { $points } Punkte sind verteilt. Neu beginnen Sie mit „Stimme zurückziehen“.

## Vorbereiten
votes-only-coordinator = Abstimmungen bereitet die Koordination vor. Laufende zeigt: /abstimmungen
votes-usual-question = Welche Themen sollen in die nächsten Workshops?
votes-ask-question = Worüber soll abgestimmt werden? Schreiben Sie die Frage.
votes-question-empty = Bitte schreiben Sie die Frage in Worten, zum Beispiel: Welches Thema zuerst?
votes-ask-source = Was steht zur Wahl? Nehmen Sie Themen, oder schreiben Sie eigene Optionen.
votes-button-topics = Themen auswählen
votes-button-own = Eigene Optionen
votes-ask-topics = Welche Themen stehen zur Wahl? Drücken Sie, oder schreiben Sie die Nummern, zum Beispiel „3 7 12“.
votes-topic-line = Thema { $number }: { $question }
votes-topic-picked = Thema { $number } <b>(ausgewählt)</b>: { $question }
votes-button-topic = Thema { $number }
votes-button-topic-picked = Thema { $number } (ausgewählt)
votes-button-first-topics = Die ersten { $number }
votes-button-done = Weiter mit { $number }
votes-topics-few = Für eine Abstimmung braucht es mindestens zwei offene Themen. Schreiben Sie stattdessen eigene Optionen.
votes-topics-needed = Bitte schreiben Sie die Nummern der Themen, zum Beispiel „3 7 12“.
votes-topic-twice = Ein Thema steht zweimal da. Bitte nennen Sie jede Nummer nur einmal.
votes-topic-on-ballot = Thema { $number } ist schon in einer Abstimmung. Bitte lassen Sie es weg.
votes-topic-not-votable = Thema { $number } lässt sich in seinem Stand nicht zur Wahl stellen. Bitte lassen Sie es weg.
votes-ask-options = Welche Optionen gibt es? Bitte schreiben Sie jede in eine eigene Zeile.
votes-option-empty = In einer Zeile steht kein Wort. Bitte schreiben Sie jede Option in Worten.
votes-option-twice = „{ $option }“ steht zweimal da. Bitte schreiben Sie jede Option nur einmal.
votes-options-few = Es braucht mindestens zwei Optionen, jede in einer eigenen Zeile.
votes-options-many = Das sind { $number } Optionen, möglich sind { $most }. Fassen Sie Ähnliches zusammen, oder stimmen Sie in zwei Runden ab.
votes-ask-closes = Bis wann? Drücken Sie, oder schreiben Sie zum Beispiel „Freitag 18 Uhr“.
votes-button-days = { DATE($at, style: "full") }
votes-closes-past = Der Schluss, { DATE($at, style: "full") }, ist schon vorbei. Bitte nennen Sie einen späteren: „bis: Freitag 18 Uhr“.
votes-opens-past = Der Beginn, { DATE($at, style: "full") }, ist schon vorbei. Bitte nennen Sie einen späteren: „ab: Montag 9 Uhr“.
votes-closes-before = Der Schluss ({ DATE($closes, style: "full") }) muss nach dem Beginn ({ DATE($opens, style: "full") }) liegen.
votes-seats-many = Für { $seats } Plätze braucht es mehr als { $options } Optionen.
votes-secret-live = Bei einer geheimen Abstimmung kommt das Ergebnis am Schluss, denn Zwischenstände verraten in kleinen Runden, wer was wählt.
votes-setting-unknown = „{ $word }:“ kenne ich nicht. Meinten Sie „{ $near }:“?
votes-method-unknown = „{ $word }“ ist kein Verfahren. Möglich sind: einzeln, Zustimmung, Punkte, Rangfolge.
votes-method-nearest = „{ $word }“ ist kein Verfahren. Meinten Sie „{ $near }“?
votes-number-needed = Bitte schreiben Sie eine Zahl von 1 bis { $most }.
votes-who-unknown = „{ $word }“ kenne ich nicht. Möglich sind: alle, Raum, „Gruppe Kohorte 1“ oder eine Rolle.
votes-who-no-room = „Raum“ geht nur in einem Gruppenraum. Möglich sind: alle, „Gruppe Kohorte 1“ oder eine Rolle.
votes-nobody-entitled = Niemand könnte abstimmen. Bitte ändern Sie, wer stimmberechtigt ist: „wer: alle“.
votes-preview = So werden es alle sehen:
votes-preview-partners = Auch Praxispartnerschaften stimmen mit ab.
votes-preview-quorum = Die Mindestzahl { $quorum } ist mit { $entitled } Stimmberechtigten nicht zu erreichen.
votes-preview-type = Ändern geht auch mit einer Zeile, zum Beispiel „plätze: 2“ oder „bis: Freitag 18 Uhr“.
votes-preview-choose = Bitte drücken Sie eine Schaltfläche, oder schreiben Sie zum Beispiel „geheim: nein“.
votes-button-start = Jetzt starten
votes-button-schedule = So planen
votes-button-later = Später beginnen
votes-button-change = Etwas ändern
votes-ask-change = Was möchten Sie ändern?
votes-change-choose = Bitte wählen Sie eine der Schaltflächen, oder schreiben Sie zum Beispiel „plätze: 2“.
votes-field-question = Frage
votes-field-options = Optionen
votes-field-closes = Schluss
votes-field-opens = Beginn
votes-field-method = Verfahren
votes-field-seats = Plätze
votes-field-points = Punkte
votes-field-secret = Geheim oder offen
votes-field-live = Zwischenstand
votes-field-who = Wer abstimmt
votes-field-quorum = Mindestzahl
votes-field-none = Keine davon
votes-field-proportional = Gleiche Anteile
votes-field-partners = Praxispartner
votes-ask-opens = Wann soll die Abstimmung beginnen? Schreiben Sie zum Beispiel „Montag 9 Uhr“.
votes-ask-method = Wie wird gewählt?
votes-ask-seats = Wie viele sollen gewinnen? Bitte schreiben Sie eine Zahl.
votes-ask-points = Wie viele Punkte hat jede Person? Bitte schreiben Sie eine Zahl.
votes-ask-secret = Geheim oder offen?
votes-ask-live = Soll der Zwischenstand zu sehen sein, oder das Ergebnis erst am Schluss?
votes-ask-who = Wer stimmt ab? Drücken Sie, oder schreiben Sie zum Beispiel „Gruppe Kohorte 1“.
votes-ask-quorum = Wie viele müssen mindestens abstimmen? Bitte schreiben Sie eine Zahl.
votes-ask-none = Soll „Keine davon“ zur Wahl stehen?
votes-ask-proportional = Sollen die Plätze nach gleichen Anteilen vergeben werden, damit auch kleinere Gruppen zum Zug kommen?
votes-ask-partners = Stimmen auch Praxispartnerschaften mit ab?
votes-choice-single = Eine Option
votes-choice-approval = Zustimmung
votes-choice-points = Punkte
votes-choice-ranking = Rangfolge
votes-choice-secret = Geheim
votes-choice-open = Offen
votes-choice-live = Zwischenstand zeigen
votes-choice-end = Erst am Schluss
votes-choice-yes = Ja
votes-choice-no = Nein
votes-choice-all = Alle
votes-choice-participant = Nur Teilnehmende
votes-started = Abstimmung { $number } läuft bis { DATE($closes, style: "full") }.
votes-scheduled = Abstimmung { $number } beginnt { DATE($opens, style: "full") } und läuft bis { DATE($closes, style: "full") }.
votes-nobody-left =
    Abstimmung { $number } sollte jetzt beginnen, aber niemand ist stimmberechtigt: { $question }
    Ich habe sie abgesagt.

## Ansehen und beenden
votes-list =
    { $total ->
        [one] <b>Eine Abstimmung</b>
       *[other] <b>{ $total } Abstimmungen</b>
    }{ $pages ->
        [1] { "" }
       *[other] , Seite { $page } von { $pages }
    }
votes-line-open = Abstimmung { $number }: { $question } Läuft bis { DATE($closes, style: "full") }.
votes-line-scheduled = Abstimmung { $number }: { $question } Beginnt { DATE($opens, style: "full") }.
votes-line-closed = Abstimmung { $number }: { $question } Beendet { DATE($closed, style: "full") }.
votes-line-cancelled = Abstimmung { $number }: { $question } Abgesagt { DATE($closed, style: "full") }.
votes-none = Noch gab es keine Abstimmung.
votes-ask-number = Welche Abstimmung? Bitte schreiben Sie ihre Nummer.
votes-ask-close = Abstimmung { $number } jetzt beenden? Der Schluss wäre { DATE($closes, style: "full") }.
votes-button-close-yes = Ja, beenden
votes-closed = Abstimmung { $number } ist beendet.
votes-ask-cancel =
    Abstimmung { $number } wirklich absagen? { $question }
    Alle Stimmen werden gelöscht, es gibt kein Ergebnis.
votes-button-cancel-yes = Ja, absagen
votes-cancelled = Abstimmung { $number } ist abgesagt.
votes-called-off = Abstimmung { $number } ist abgesagt, es gibt kein Ergebnis: { $question }
votes-ask-extend = Abstimmung { $number } läuft bis { DATE($closes, style: "full") }. Bis wann soll sie laufen?
votes-extend-later = Verlängern geht nur nach hinten: Abstimmung { $number } läuft schon bis { DATE($closes, style: "full") }.
votes-extended = Abstimmung { $number } läuft jetzt bis { DATE($closes, style: "full") }: { $question }
