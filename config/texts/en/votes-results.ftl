# Results of votes.
votes-result-head = <b>Result, vote { $number }:</b> { $question }
votes-result-winners = Chosen: { LIST($winners) }.
votes-result-nothing = Nothing has been chosen.
votes-result-not-quorate = { $ballots } voted, { $quorum } were needed. So nothing has been chosen.
