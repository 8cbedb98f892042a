# Ergebnisse von Abstimmungen.
votes-result-head = <b>Ergebnis, Abstimmung { $number }:</b> { $question }
votes-result-winners = Gewählt: { LIST($winners) }.
votes-result-nothing = Es ist nichts gewählt.
votes-result-not-quorate = Abgestimmt haben { $ballots }, nötig waren { $quorum }. Deshalb ist nichts gewählt.
