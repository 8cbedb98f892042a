# Ballots: what is said when a choice is read.

## What cannot be understood
ballots-no-such-place = There is no option { $place }. Please give numbers from 1 to { $options }.
ballots-form-single = Please write one number, or the words of an option, for example: 2
ballots-form-approval = Please write the numbers or words of the options, for example: 2, 5
ballots-form-points = Please write the points for each number, for example: 1:3 4:2
ballots-form-ranking = Please write the numbers in your order, for example: 3 1 2
ballots-only-one = Only one option counts here. Please write a single number.
ballots-none-alone = “None of these” stands alone. Please choose either that or other options.
ballots-rank-twice = Option { $place } is in your order twice. Please give each only once.
ballots-points-twice = Option { $place } is there twice. Please give each only once, for example: 1:3 4:2
ballots-over-budget =
    { $budget ->
        [one] You have one point and spread { $spent }. Please spread only one.
       *[other] You have { $budget } points and spread { $spent }. Please spread { $budget } at most.
    }
ballots-unknown = “{ $word }” is not among the options. Please write the number of the option.
ballots-unknown-near = “{ $word }” is not among the options. Did you mean “{ $near }”? Please write the number.
ballots-ambiguous = “{ $word }” may mean { LIST($names) }. Please write the number.
