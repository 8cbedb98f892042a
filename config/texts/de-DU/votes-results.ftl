# Ergebnisse mit „du“.
votes-file-receipt = Dein Beleg steht unter „receipts“, wenn deine Stimme gezählt wurde. Neben keinem Beleg steht eine Wahl.
