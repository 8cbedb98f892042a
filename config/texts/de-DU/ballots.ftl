# Stimmzettel mit „du“.
ballots-no-such-place = Eine Option { $place } gibt es nicht. Bitte nenn Nummern von 1 bis { $options }.
ballots-form-single = Bitte schreib eine Nummer oder die Worte einer Option, zum Beispiel: 2
ballots-form-approval = Bitte schreib die Nummern oder Worte der Optionen, zum Beispiel: 2, 5
ballots-form-points = Bitte schreib zu jeder Nummer die Punkte, zum Beispiel: 1:3 4:2
ballots-form-ranking = Bitte schreib die Nummern in deiner Reihenfolge, zum Beispiel: 3 1 2
ballots-only-one = Hier zählt eine einzige Option. Bitte schreib nur eine Nummer.
ballots-none-alone = „Keine davon“ steht für sich allein. Bitte wähl entweder das oder andere Optionen.
ballots-rank-twice = Option { $place } steht zweimal in deiner Reihenfolge. Bitte nenn jede nur einmal.
ballots-points-twice = Option { $place } kommt zweimal vor. Bitte nenn jede nur einmal, zum Beispiel: 1:3 4:2
ballots-over-budget =
    { $budget ->
        [one] Du hast einen Punkt und hast { $spent } verteilt. Bitte verteil nur einen.
       *[other] Du hast { $budget } Punkte und hast { $spent } verteilt. Bitte verteil höchstens { $budget }.
    }
ballots-unknown = „{ $word }“ steht nicht zur Wahl. Bitte schreib die Nummer der Option.
ballots-unknown-near = „{ $word }“ steht nicht zur Wahl. Meintest du „{ $near }“? Bitte schreib die Nummer.
ballots-ambiguous = „{ $word }“ kann { LIST($names) } heißen. Bitte schreib die Nummer.
