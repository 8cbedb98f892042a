# Ergebnisse von Abstimmungen: Nachricht, Stimmzettel-Datei, Aktenvermerk.
command-votes-result = das Ergebnis einer Abstimmung zeigen

votes-result-head = <b>Ergebnis der Abstimmung { $number }:</b> { $question }
votes-result-quoted = „{ $option }“
votes-result-winners =
    { $number ->
        [one] Gewählt ist { LIST($winners) }.
       *[other] Gewählt sind { LIST($winners) }.
    }
votes-result-nothing = Es ist keine Option gewählt.
votes-result-nobody = Es ist nichts gewählt.
votes-result-not-quorate =
    { $ballots ->
        [one] Eine Person hat
       *[other] { $ballots } Personen haben
    } abgestimmt, nötig waren { $quorum }. Deshalb ist nichts gewählt.
votes-result-empty =
    { $empty ->
        [one] Ein Platz bleibt frei.
       *[other] { $empty } Plätze bleiben frei.
    }
votes-result-tie = { LIST($tied) } lagen gleichauf. Das vorher gezogene Los hat für { LIST($chosen) } entschieden.
votes-result-turnout =
    { $entitled ->
        [one] Von einer stimmberechtigten Person
       *[other] Von { $entitled } Stimmberechtigten
    } { $counted ->
        [0] hat niemand abgestimmt.
        [one] hat eine Person abgestimmt.
       *[other] haben { $counted } abgestimmt.
    }
votes-result-turnout-room =
    { $counted ->
        [0] Niemand hat abgestimmt.
        [one] Eine Person hat abgestimmt.
       *[other] { $counted } Personen haben abgestimmt.
    }
votes-result-abstentions =
    { $abstentions ->
        [one] Eine Person hat sich enthalten.
       *[other] { $abstentions } Personen haben sich enthalten.
    }
votes-result-withheld = Zahlen zeige ich nicht, denn es waren weniger als { $threshold } Stimmen, oder sie würden verraten, wie alle gestimmt haben.
votes-result-rule-single = Jede Person hatte eine Stimme; gewählt ist, was die meisten Stimmen hat.
votes-result-rule-single-seats = Jede Person hatte eine Stimme; gewählt sind die { $seats } Optionen mit den meisten Stimmen.
votes-result-rule-approval = Jede Person konnte mehreren Optionen zustimmen; gewählt ist, was die meisten Zustimmungen hat.
votes-result-rule-approval-seats = Jede Person konnte mehreren Optionen zustimmen; gewählt sind die { $seats } mit den meisten Zustimmungen.
votes-result-rule-approval-proportional = Die { $seats } Plätze sind nach gleichen Anteilen vergeben, damit auch kleinere Gruppen zum Zug kommen.
votes-result-rule-points = Jede Person konnte bis zu { $points } Punkte verteilen; gewählt ist, was die meisten Punkte hat.
votes-result-rule-points-seats = Jede Person konnte bis zu { $points } Punkte verteilen; gewählt sind die { $seats } Optionen mit den meisten Punkten.
votes-result-rule-ranking = Jede Person hat geordnet; gewählt ist, was sich im Vergleich mit jeder anderen Option behauptet (Schulze).
votes-result-rule-ranking-seats = Jede Person hat geordnet; Stimmen, die eine Option nicht brauchte oder die ihr nicht halfen, zählten für die nächste Wahl (STV).
votes-result-mark = gewählt
votes-result-line = { $option }: { $figure }
votes-result-figure-single =
    { $figure ->
        [one] eine Stimme
       *[other] { $figure } Stimmen
    }
votes-result-figure-approval =
    { $figure ->
        [one] eine Zustimmung
       *[other] { $figure } Zustimmungen
    }
votes-result-figure-points =
    { $figure ->
        [one] ein Punkt
       *[other] { $figure } Punkte
    }
votes-result-figure-first = { $figure }-mal zuerst genannt
votes-result-figure-duels =
    { $figure ->
        [one] ein Vergleich gewonnen
       *[other] { $figure } Vergleiche gewonnen
    }
votes-result-alt = Balkendiagramm. { $bars }.
votes-result-files = Die Dateien zum Prüfen und Ablegen gibt es hier auf Knopfdruck.
votes-result-open = Abstimmung { $number } läuft noch bis { DATE($closes, style: "full") }. Danach gibt es hier das Ergebnis.
votes-result-none = Noch ist keine Abstimmung beendet.
votes-button-file-ballots = Stimmzettel-Datei
votes-button-file-pdf = Aktenvermerk (PDF)
votes-button-file-text = Aktenvermerk (Text)

## Die Dateien
votes-file-picture-name = abstimmung-{ $number }.png
votes-file-ballots-name = stimmzettel-{ $number }.json
votes-file-pdf-name = aktenvermerk-{ $number }.pdf
votes-file-text-name = aktenvermerk-{ $number }.md
votes-file-ballots = <b>Stimmzettel der Abstimmung { $number }:</b> { $question }
votes-file-ballots-whole = Nachzählen kann damit jede Person, ohne Datenbank und Netz: <code>themenbote recount { $name }</code>
votes-file-ballots-withheld = Die einzelnen Stimmzettel fehlen darin, denn sie würden zu viel verraten. Deshalb lässt sich nichts nachzählen.
votes-file-receipt = Ihr Beleg steht unter „receipts“, wenn Ihre Stimme gezählt wurde. Neben keinem Beleg steht eine Wahl.
votes-file-checksum = Prüfsumme (SHA-256): <code>{ $checksum }</code>
votes-file-record = <b>Aktenvermerk zur Abstimmung { $number }:</b> { $question }

## Der Aktenvermerk
votes-record-title = Aktenvermerk zur Abstimmung { $number }
votes-record-question = Frage
votes-record-options = Optionen
votes-record-procedure = Ablauf
votes-record-rule = Verfahren
votes-record-lots = Lose
votes-record-drawn = Bei Gleichstand geht vor, was hier zuerst steht: { LIST($places) }. Gezogen vor der ersten Stimme aus dem Loswort { $seed }.
votes-record-secrecy = Geheimhaltung
votes-record-secret = Geheim. Der Schlüssel wurde beim Schluss vernichtet, niemand kann Stimmen und Personen zuordnen.
votes-record-open = Offen. Alle konnten sehen, wer was gewählt hat.
votes-record-electorate = Stimmberechtigt
votes-record-electorate-all = alle Mitglieder beim Beginn
votes-record-electorate-group = Gruppe „{ $name }“
votes-record-electorate-room = wer im Raum „{ $name }“ abstimmte
votes-record-electorate-role = Rolle { $name }
votes-record-entitled =
    { $who }; { $number ->
        [one] eine Person
       *[other] { $number } Personen
    }
votes-record-quorum = Mindestzahl
votes-record-least =
    { $quorum ->
        [0] keine
       *[other] { $quorum } Stimmen
    }
votes-record-began = Begonnen
votes-record-opened = { DATE($at, style: "full") }, durch die Koordination
votes-record-ended = Beendet
votes-record-closed-duty = { DATE($at, style: "full") }, zur festgesetzten Zeit
votes-record-closed-coordinator = { DATE($at, style: "full") }, durch die Koordination
votes-record-result = Ergebnis
votes-record-option = Option
votes-record-figure = Ergebnis
votes-record-checking = Prüfen
votes-record-how = Die Stimmzettel-Datei { $name } enthält die gezählten Belege und, getrennt davon, die Stimmzettel. „themenbote recount { $name }“ zählt sie nach.
votes-record-how-withheld = Die Datei { $name } enthält die gezählten Belege. Einzelne Stimmzettel enthält sie nicht, denn sie würden zu viel verraten.
votes-record-software = Gezählt mit
votes-record-checksum = Prüfsumme der Stimmzettel-Datei (SHA-256)

## Nach dem Einspielen einer Sicherung
votes-anew =
    <b>Abstimmung { $number } beginnt neu:</b> { $question }
    Eine Sicherung wurde eingespielt, und geheime Stimmen stehen in keiner. Bitte stimmen Sie noch einmal ab, bis { DATE($closes, style: "full") }.
votes-restarting = Abstimmung { $number } beginnt in wenigen Sekunden neu. Bitte versuchen Sie es dann noch einmal.
