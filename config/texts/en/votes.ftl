# Votes: prepared, cast, ended.

## Commands
command-votes-list = see the votes
command-votes-ballot = vote
command-votes-own = see how I voted
command-votes-vote = prepare or show a vote
command-votes-close = end a vote
command-votes-extend = give a vote more time

## The card
votes-card-head = <b>Vote { $number }:</b> { $question }
votes-card-head-new = <b>Vote:</b> { $question }
votes-option = { $place }. { $option }
votes-option-marked = { $line } <b>({ $mark })</b>
votes-label-marked = { $label } ({ $mark })
votes-none-option = None of these
votes-rule-single = Everybody chooses one option. The one with the most votes wins.
votes-rule-single-seats = Everybody chooses one option. The { $seats } with the most votes win.
votes-rule-approval = Choose everything you support. What most people support wins.
votes-rule-approval-seats = Choose everything you support. The { $seats } with the most support win.
votes-rule-approval-proportional = Choose everything you support. { $seats } seats are shared out so that smaller groups get their part too (equal shares).
votes-rule-points = Spread up to { $points } points. The option with the most points wins.
votes-rule-points-seats = Spread up to { $points } points. The { $seats } with the most points win.
votes-rule-ranking = Rank by preference. The option that holds its own against every other one wins (Schulze).
votes-rule-ranking-seats = Rank by preference. { $seats } seats are given; votes not needed go on to the next choice (STV).
votes-lots = Ties are decided in this order, the lots are drawn already: { LIST($places) }.
votes-quorum = It is valid if at least { $quorum } vote.
votes-secret = Secret: nobody learns who chooses what.
votes-open = Open: at the close everybody can see who chose what.
votes-open-live = Open: everybody can see who chooses what. The count so far stands here.
votes-electorate-all =
    { $started ->
        [no] Everybody who is a member when it begins may vote.
       *[yes] { $entitled ->
            [one] One person may vote.
           *[other] { $entitled } people may vote.
        } Whoever joins later votes next time.
    }
votes-electorate-group =
    { $started ->
        [no] Everybody who is in the group “{ $group }” when it begins may vote.
       *[yes] { $entitled ->
            [one] One person from the group “{ $group }” may vote.
           *[other] { $entitled } people from the group “{ $group }” may vote.
        } Whoever joins later votes next time.
    }
votes-electorate-role =
    { $started ->
        [no] Everybody who has this role when it begins may vote: { $role }.
       *[yes] { $entitled ->
            [one] One person with the role { $role } may vote.
           *[other] { $entitled } people with the role { $role } may vote.
        } Whoever joins later votes next time.
    }
votes-electorate-room = Members who vote in the room “{ $room }” before the close may vote.
votes-card-opens = Beginning: { DATE($opens, style: "full") }.
votes-card-closes = Close: { DATE($closes, style: "full") }.
votes-card-closed = Ended: { DATE($at, style: "full") }.
votes-card-cancelled = Called off: { DATE($at, style: "full") }.
votes-turnout-of = Voted: { $voted } of { $entitled }.
votes-turnout-room = Voted: { $voted }.
votes-live-single = So far, votes:
votes-live-approval = So far, support:
votes-live-points = So far, points:
votes-live-ranking = So far, first places:
votes-live-line = { $option }: { $number }
votes-room-hint-single = Press your option, or answer this message with its number.
votes-room-hint-approval = Press what you support, or answer with the numbers, for example “1 2”.
votes-room-hint-points = Each press gives a point. Or answer, for example, “1:3 2:1”.
votes-room-hint-ranking = Press in your order, or answer with the numbers, for example “2 1”.
votes-button-vote = Vote
votes-button-mine = How did I vote?
votes-button-who = Who chose what?
votes-button-close = End
votes-button-extend = Extend
votes-button-cancel = Call off
votes-button-copy = Use as template
votes-button-abstain = Abstain
votes-button-withdraw = Withdraw my vote
votes-button-show = Vote { $number }

## The ballot
votes-ballot-head = <b>Your ballot, vote { $number }:</b> { $question }
votes-ballot-over = Vote { $number } has ended: { $question }
votes-ballot-sent = I have sent you your ballot directly.
votes-ballot-closes = Close: { DATE($closes, style: "full") }.
votes-ballot-saved =
    Your vote is saved. Your receipt: <code>{ $code }</code>
    You can change it until { DATE($closes, style: "full") }.
votes-ballot-abstained =
    You abstain, that is saved. Your receipt: <code>{ $code }</code>
    You can change that until { DATE($closes, style: "full") }.
votes-how-single = Press an option, or write its number or its word.
votes-how-approval = Press what you support, or write all numbers or words, for example “1 2”.
votes-how-points = Each press gives a point. Or write all at once, for example “1:3 2:1”.
votes-how-ranking = Press in your order, or write it down, the best first, for example “2 1”.
votes-secrecy = Nobody in the group sees what you choose, nor do the coordinators; after the close not even the database tells.
votes-seen-telegram = Telegram itself sees what you press or write here.
votes-seen-matrix = This chat is encrypted, the Matrix server cannot read along.
votes-seen-local = What you press here stays on this computer.
votes-public = This vote is open: everybody can see who chooses what.
votes-cast = { $name }: { $chosen }
votes-nobody-voted = Nobody has voted yet.
votes-who-secret = Vote { $number } is secret: nobody learns who chooses what.
votes-who-later = In vote { $number } it can be seen at the close who chose what.
votes-mark-chosen = chosen
votes-mark-rank = place { $rank }
votes-mark-points =
    { $points ->
        [one] one point
       *[other] { $points } points
    }
votes-chosen = { LIST($options) }
votes-chosen-rank = { $rank }. { $option }
votes-chosen-points = { $option } ({ $points })
votes-abstention = abstention
votes-saved = Your vote is saved. Your receipt: { $code }
votes-saved-open = Saved: { $chosen }
votes-withdrawn = Your vote is withdrawn.
votes-own =
    <b>Vote { $number }:</b> { $question }
    You chose: { $chosen }
    Your receipt: <code>{ $code }</code>
votes-own-none =
    <b>Vote { $number }:</b> { $question }
    You have not voted yet.
votes-own-over = Vote { $number } has ended. I no longer tell how anybody voted; your receipt shows that your vote counts.
votes-told-directly = I have written that to you directly.
votes-reminder =
    <b>Vote { $number }:</b> { $question }
    Your vote is still missing.
votes-which = Several votes are running. Which one do you mean?
votes-line = Vote { $number }: { $question } (until { DATE($closes, style: "full") })

## Why a vote does not count
votes-fixed = Method, secrecy and all else are fixed for vote { $number }. Possible are: extend, end, call off, or use as template.
votes-unknown = There is no vote { $number }. All votes: /votes
votes-is-scheduled = Vote { $number } has not begun yet. It begins on { DATE($opens, style: "full") }.
votes-is-closed = Vote { $number } ended on { DATE($closed, style: "full") }. Votes are not counted any more.
votes-is-cancelled = Vote { $number } has been called off. All votes: /votes
votes-not-for-partners = In this vote the participants decide, partners do not.
votes-not-for-role = In this vote another role decides.
votes-not-in-group = In this vote the group “{ $group }” decides.
votes-not-in-room = In this vote the room “{ $room }” decides. Please vote there.
votes-joined-late = Who may vote was fixed when it began. Next time you can vote too.
votes-open-direct-first = Please write to me in our direct chat first: /start
votes-not-in-public = This vote is secret, so this does not count here. Please press “Vote”, then I write to you directly.
votes-unclear-single = That was not exactly one of the options; your vote is unchanged. Please write one number from the list.
votes-unclear-approval = That was not certain; your vote is unchanged. Please write numbers from the list, for example “1 2”.
votes-unclear-points = That was not certain; your vote is unchanged. Please spread at most { $points } points over numbers from the list, for example “1:3 2:1”.
votes-unclear-ranking = That was not certain; your vote is unchanged. Please write each number once, for example “2 1”.
votes-perhaps-meant = I do not know whether that is meant as your vote, so I do not pass it on. /ballot { $number } brings your ballot, /contact a question to the coordinators.
votes-say-over = Vote { $number } is over, and I do not keep who chose what. If this is meant for the coordinators, please write /contact before it.
votes-nothing-to-withdraw = You have not voted yet, so there is nothing to withdraw.
votes-none-for-you = No vote is running in which you can vote.
votes-number-of-vote = Please write the number of the vote, for example 3. You find the numbers with: /votes
votes-points-spent = All { $points } points are spread. Begin anew with “Withdraw my vote”.

## Preparing
votes-only-coordinator = Votes are prepared by the coordinators. Running ones: /votes
votes-usual-question = Which topics should the next workshops be about?
votes-ask-question = What is to be voted on? Write the question.
votes-question-empty = Please write the question in words, for example: Which topic first?
votes-ask-source = What can be chosen? Take topics, or write your own options.
votes-button-topics = Choose topics
votes-button-own = Own options
votes-ask-topics = Which topics can be chosen? Press, or write the numbers, for example “3 7 12”.
votes-topic-line = Topic { $number }: { $question }
votes-topic-picked = Topic { $number } <b>(picked)</b>: { $question }
votes-button-topic = Topic { $number }
votes-button-topic-picked = Topic { $number } (picked)
votes-button-first-topics = The first { $number }
votes-button-done = Go on with { $number }
votes-topics-few = A vote needs at least two open topics. Write your own options instead.
votes-topics-needed = Please write the numbers of the topics, for example “3 7 12”.
votes-topic-twice = A topic is named twice. Please name each number once.
votes-topic-on-ballot = Topic { $number } is in a vote already. Please leave it out.
votes-topic-not-votable = Topic { $number } cannot be voted on in its state. Please leave it out.
votes-ask-options = Which options are there? Please write each on a line of its own.
votes-option-empty = There is no word on one line. Please write each option in words.
votes-option-twice = “{ $option }” is there twice. Please write each option once.
votes-options-few = It takes at least two options, each on a line of its own.
votes-options-many = These are { $number } options, { $most } are possible. Join what is alike, or vote in two rounds.
votes-ask-closes = Until when? Press, or write for example “Friday 6 pm”.
votes-button-days = { DATE($at, style: "full") }
votes-closes-past = The close, { DATE($at, style: "full") }, is over already. Please name a later one: “until: Friday 6 pm”.
votes-opens-past = The beginning, { DATE($at, style: "full") }, is over already. Please name a later one: “from: Monday 9 am”.
votes-closes-before = The close ({ DATE($closes, style: "full") }) must come after the beginning ({ DATE($opens, style: "full") }).
votes-seats-many = { $seats } seats need more than { $options } options.
votes-secret-live = The result of a secret vote comes at the close, since counts in between tell in small groups who chooses what.
votes-setting-unknown = I do not know “{ $word }:”. Did you mean “{ $near }:”?
votes-method-unknown = “{ $word }” is no method. Possible are: single, approval, points, ranking.
votes-method-nearest = “{ $word }” is no method. Did you mean “{ $near }”?
votes-number-needed = Please write a number from 1 to { $most }.
votes-who-unknown = I do not know “{ $word }”. Possible are: all, room, “group Cohort 1” or a role.
votes-who-no-room = “Room” works in a group room only. Possible are: all, “group Cohort 1” or a role.
votes-nobody-entitled = Nobody could vote. Please change who may: “who: all”.
votes-preview = This is how everybody will see it:
votes-preview-partners = Partners vote too.
votes-preview-quorum = The quorum of { $quorum } cannot be reached with { $entitled } people entitled to vote.
votes-preview-type = A line changes things too, for example “seats: 2” or “until: Friday 6 pm”.
votes-preview-choose = Please press a button, or write for example “secret: no”.
votes-button-start = Start now
votes-button-schedule = Schedule it so
votes-button-later = Begin later
votes-button-change = Change something
votes-ask-change = What do you want to change?
votes-change-choose = Please choose one of the buttons, or write for example “seats: 2”.
votes-field-question = Question
votes-field-options = Options
votes-field-closes = Close
votes-field-opens = Beginning
votes-field-method = Method
votes-field-seats = Seats
votes-field-points = Points
votes-field-secret = Secret or open
votes-field-live = Count so far
votes-field-who = Who votes
votes-field-quorum = Quorum
votes-field-none = None of these
votes-field-proportional = Equal shares
votes-field-partners = Partners
votes-ask-opens = When is the vote to begin? Write for example “Monday 9 am”.
votes-ask-method = How is it decided?
votes-ask-seats = How many are to win? Please write a number.
votes-ask-points = How many points does each person have? Please write a number.
votes-ask-secret = Secret or open?
votes-ask-live = Is the count so far to be seen, or the result only at the close?
votes-ask-who = Who votes? Press, or write for example “group Cohort 1”.
votes-ask-quorum = How many have to vote at least? Please write a number.
votes-ask-none = Can “None of these” be chosen?
votes-ask-proportional = Are the seats to be given in equal shares, so that smaller groups get their part too?
votes-ask-partners = Do partners vote too?
votes-choice-single = One option
votes-choice-approval = Approval
votes-choice-points = Points
votes-choice-ranking = Ranking
votes-choice-secret = Secret
votes-choice-open = Open
votes-choice-live = Show the count so far
votes-choice-end = Only at the close
votes-choice-yes = Yes
votes-choice-no = No
votes-choice-all = Everybody
votes-choice-participant = Participants only
votes-started = Vote { $number } runs until { DATE($closes, style: "full") }.
votes-scheduled = Vote { $number } begins on { DATE($opens, style: "full") } and runs until { DATE($closes, style: "full") }.
votes-nobody-left =
    Vote { $number } was to begin now, but nobody may vote: { $question }
    I have called it off.

## Seeing and ending
votes-list =
    { $total ->
        [one] <b>One vote</b>
       *[other] <b>{ $total } votes</b>
    }{ $pages ->
        [1] { "" }
       *[other] , page { $page } of { $pages }
    }
votes-line-open = Vote { $number }: { $question } Runs until { DATE($closes, style: "full") }.
votes-line-scheduled = Vote { $number }: { $question } Begins on { DATE($opens, style: "full") }.
votes-line-closed = Vote { $number }: { $question } Ended on { DATE($closed, style: "full") }.
votes-line-cancelled = Vote { $number }: { $question } Called off on { DATE($closed, style: "full") }.
votes-none = There has been no vote yet.
votes-ask-number = Which vote? Please write its number.
votes-ask-close = End vote { $number } now? It would run until { DATE($closes, style: "full") }.
votes-button-close-yes = Yes, end it
votes-closed = Vote { $number } has ended.
votes-ask-cancel =
    Really call off vote { $number }? { $question }
    All votes are deleted, there is no result.
votes-button-cancel-yes = Yes, call it off
votes-cancelled = Vote { $number } is called off.
votes-called-off = Vote { $number } is called off, there is no result: { $question }
votes-ask-extend = Vote { $number } runs until { DATE($closes, style: "full") }. Until when is it to run?
votes-extend-later = A vote can only be given more time: vote { $number } runs until { DATE($closes, style: "full") } already.
votes-extended = Vote { $number } now runs until { DATE($closes, style: "full") }: { $question }
