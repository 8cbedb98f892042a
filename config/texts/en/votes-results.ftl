# Results of votes: message, ballot file, record.
command-votes-result = show the result of a vote

votes-result-head = <b>Result of vote { $number }:</b> { $question }
votes-result-quoted = “{ $option }”
votes-result-winners =
    { $number ->
        [one] Chosen: { LIST($winners) }.
       *[other] Chosen: { LIST($winners) }.
    }
votes-result-nothing = No option was chosen.
votes-result-nobody = Nothing is chosen.
votes-result-not-quorate =
    { $ballots ->
        [one] One person
       *[other] { $ballots } people
    } voted, { $quorum } were needed. So nothing was chosen.
votes-result-empty =
    { $empty ->
        [one] One seat stays empty.
       *[other] { $empty } seats stay empty.
    }
votes-result-tie = { LIST($tied) } were level. The lot drawn beforehand decided for { LIST($chosen) }.
votes-result-turnout =
    { $entitled ->
        [one] Of one person entitled to vote,
       *[other] Of { $entitled } people entitled to vote,
    } { $counted ->
        [0] nobody voted.
        [one] one voted.
       *[other] { $counted } voted.
    }
votes-result-turnout-room =
    { $counted ->
        [0] Nobody voted.
        [one] One person voted.
       *[other] { $counted } people voted.
    }
votes-result-abstentions =
    { $abstentions ->
        [one] One person abstained.
       *[other] { $abstentions } people abstained.
    }
votes-result-withheld = I show no figures, since there were fewer than { $threshold } votes, or they would tell how everybody voted.
votes-result-rule-single = Everybody had one vote; the option with the most votes is chosen.
votes-result-rule-single-seats = Everybody had one vote; the { $seats } options with the most votes are chosen.
votes-result-rule-approval = Everybody could approve of several options; the one with the most approvals is chosen.
votes-result-rule-approval-seats = Everybody could approve of several options; the { $seats } with the most approvals are chosen.
votes-result-rule-approval-proportional = The { $seats } seats are given in equal shares, so that smaller groups have their turn too.
votes-result-rule-points = Everybody could spread up to { $points } points; the option with the most points is chosen.
votes-result-rule-points-seats = Everybody could spread up to { $points } points; the { $seats } options with the most points are chosen.
votes-result-rule-ranking = Everybody put the options in order; the one that holds its own against each other one is chosen (Schulze).
votes-result-rule-ranking-seats = Everybody put the options in order; votes that an option did not need, or that did not help it, counted for the next one (STV).
votes-result-mark = chosen
votes-result-line = { $option }: { $figure }
votes-result-figure-single =
    { $figure ->
        [one] one vote
       *[other] { $figure } votes
    }
votes-result-figure-approval =
    { $figure ->
        [one] one approval
       *[other] { $figure } approvals
    }
votes-result-figure-points =
    { $figure ->
        [one] one point
       *[other] { $figure } points
    }
votes-result-figure-first = named first { $figure } times
votes-result-figure-duels =
    { $figure ->
        [one] one comparison won
       *[other] { $figure } comparisons won
    }
votes-result-alt = Bar chart. { $bars }.
votes-result-files = The files for checking and for your records come at the press of a button.
votes-result-open = Vote { $number } runs until { DATE($closes, style: "full") }. The result will be here afterwards.
votes-result-none = No vote has ended yet.
votes-button-file-ballots = Ballot file
votes-button-file-pdf = Record (PDF)
votes-button-file-text = Record (text)

## The files
votes-file-picture-name = vote-{ $number }.png
votes-file-ballots-name = ballots-{ $number }.json
votes-file-pdf-name = record-{ $number }.pdf
votes-file-text-name = record-{ $number }.md
votes-file-ballots = <b>Ballots of vote { $number }:</b> { $question }
votes-file-ballots-whole = Anybody can count them again, without database or network: <code>themenbote recount { $name }</code>
votes-file-ballots-withheld = The single ballots are not in it, since they would tell too much. So it cannot be counted again.
votes-file-receipt = Your receipt is listed under “receipts” if your vote was counted. No choice stands beside a receipt.
votes-file-checksum = Checksum (SHA-256): <code>{ $checksum }</code>
votes-file-record = <b>Record of vote { $number }:</b> { $question }

## The record
votes-record-title = Record of vote { $number }
votes-record-question = Question
votes-record-options = Options
votes-record-procedure = Procedure
votes-record-rule = Rule
votes-record-lots = Lots
votes-record-drawn = In a tie, what comes first here goes first: { LIST($places) }. Drawn before the first vote from the word { $seed }.
votes-record-secrecy = Secrecy
votes-record-secret = Secret. The key was destroyed at the close; nobody can link votes and people.
votes-record-open = Open. Everybody could see who chose what.
votes-record-electorate = Entitled to vote
votes-record-electorate-all = all members at the beginning
votes-record-electorate-group = group “{ $name }”
votes-record-electorate-room = whoever voted in the room “{ $name }”
votes-record-electorate-role = role { $name }
votes-record-entitled =
    { $who }; { $number ->
        [one] one person
       *[other] { $number } people
    }
votes-record-quorum = Quorum
votes-record-least =
    { $quorum ->
        [0] none
       *[other] { $quorum } votes
    }
votes-record-began = Began
votes-record-opened = { DATE($at, style: "full") }, by the coordinators
votes-record-ended = Ended
votes-record-closed-duty = { DATE($at, style: "full") }, at the appointed time
votes-record-closed-coordinator = { DATE($at, style: "full") }, by the coordinators
votes-record-result = Result
votes-record-option = Option
votes-record-figure = Result
votes-record-checking = Checking
votes-record-how = The ballot file { $name } holds the counted receipts and, apart from them, the ballots. “themenbote recount { $name }” counts them again.
votes-record-how-withheld = The file { $name } holds the counted receipts. It holds no single ballots, since they would tell too much.
votes-record-software = Counted with
votes-record-checksum = Checksum of the ballot file (SHA-256)

## After a restore
votes-anew =
    <b>Vote { $number } begins anew:</b> { $question }
    A backup was restored, and none holds secret votes. Please vote once more, until { DATE($closes, style: "full") }.
votes-restarting = Vote { $number } begins anew within seconds. Please try again then.
