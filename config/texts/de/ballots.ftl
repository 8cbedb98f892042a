# Stimmzettel: was beim Lesen einer Wahl gesagt wird.

## Was nicht zu verstehen ist
ballots-no-such-place = Eine Option { $place } gibt es nicht. Bitte nennen Sie Nummern von 1 bis { $options }.
ballots-form-single = Bitte schreiben Sie eine Nummer oder die Worte einer Option, zum Beispiel: 2
ballots-form-approval = Bitte schreiben Sie die Nummern oder Worte der Optionen, zum Beispiel: 2, 5
ballots-form-points = Bitte schreiben Sie zu jeder Nummer die Punkte, zum Beispiel: 1:3 4:2
ballots-form-ranking = Bitte schreiben Sie die Nummern in Ihrer Reihenfolge, zum Beispiel: 3 1 2
ballots-only-one = Hier zählt eine einzige Option. Bitte schreiben Sie nur eine Nummer.
ballots-none-alone = „Keine davon“ steht für sich allein. Bitte wählen Sie entweder das oder andere Optionen.
ballots-rank-twice = Option { $place } steht zweimal in Ihrer Reihenfolge. Bitte nennen Sie jede nur einmal.
ballots-points-twice = Option { $place } kommt zweimal vor. Bitte nennen Sie jede nur einmal, zum Beispiel: 1:3 4:2
ballots-over-budget =
    { $budget ->
        [one] Sie haben einen Punkt und haben { $spent } verteilt. Bitte verteilen Sie nur einen.
       *[other] Sie haben { $budget } Punkte und haben { $spent } verteilt. Bitte verteilen Sie höchstens { $budget }.
    }
ballots-unknown = „{ $word }“ steht nicht zur Wahl. Bitte schreiben Sie die Nummer der Option.
ballots-unknown-near = „{ $word }“ steht nicht zur Wahl. Meinten Sie „{ $near }“? Bitte schreiben Sie die Nummer.
ballots-ambiguous = „{ $word }“ kann { LIST($names) } heißen. Bitte schreiben Sie die Nummer.
