# Was an einer Stimmzettel-Datei nicht stimmt.
recount-unreadable = Das ist keine Stimmzettel-Datei dieser Fassung.
recount-changed = Die Datei wurde verändert, denn die Prüfsumme passt nicht zum Inhalt.
recount-withheld = In der Datei stehen keine einzelnen Stimmzettel. Es waren zu wenige, oder alle waren gleich; darum lässt sich nichts nachzählen.
recount-lots = Die Lose folgen nicht aus dem veröffentlichten Loswort. Die Datei wurde verändert.
recount-numbers = Die Zahlen passen nicht zusammen: { $counted } gezählt, { $choices } Stimmzettel in der Datei.
recount-differs = Die Nachzählung ergibt etwas anderes, als in der Datei steht.
