# Ergebnisse mit „du“.
votes-file-receipt = Dein Beleg steht unter „receipts“, wenn deine Stimme gezählt wurde. Neben keinem Beleg steht eine Wahl.
votes-anew =
    <b>Abstimmung { $number } beginnt neu:</b> { $question }
    Eine Sicherung wurde eingespielt, und geheime Stimmen stehen in keiner. Bitte stimm noch einmal ab, bis { DATE($closes, style: "full") }.
votes-restarting = Abstimmung { $number } beginnt in wenigen Sekunden neu. Bitte versuch es dann noch einmal.
