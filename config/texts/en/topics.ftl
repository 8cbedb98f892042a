# Topics: proposing, supporting, following.

## Commands
command-topics-propose = propose a topic
command-topics-list = look at topics or search them
command-topics-show = show a topic
command-topics-history = see what became of a topic
command-topics-merge = merge two topics
command-topics-move = set the state of a topic
command-topics-moderate = publish new topics

## States
topics-state-waiting = waiting for publication
topics-state-proposed = proposed
topics-state-on-ballot = on the ballot
topics-state-selected = selected
topics-state-scheduled = workshop planned
topics-state-held = workshop held
topics-state-not-selected = not selected this time
topics-state-withdrawn = withdrawn
topics-state-declined = not accepted
topics-state-merged = merged

## The card
topics-unnamed = somebody unnamed
topics-former = Former member
topics-card-head = <b>Topic { $number }:</b> { $question }
topics-card-background = <i>{ $background }</i>
topics-card-author = From { $name }. State: { $state }.
topics-card-unnamed = Proposed anonymously. State: { $state }.
topics-card-support =
    { $supporters ->
        [0] No support yet
        [one] One person supports it
       *[other] { $supporters } people support it
    }, { $comments ->
        [0] no comments yet.
        [one] one comment.
       *[other] { $comments } comments.
    }
topics-card-contributors = Can contribute: { LIST($names) }.
topics-card-merged = It is now part of topic { $into }.
topics-card-reply-hint = Reply to this message to comment.
topics-contributor-input = { $name } (input)
topics-contributor-example = { $name } (practical example)
topics-contributor-contact = { $name } (contact)
topics-contributors-more =
    { $more ->
        [one] one more person
       *[other] { $more } more
    }
topics-button-support = Support
topics-button-unsupport = Stop supporting
topics-button-contribute = I can contribute
topics-button-comment = Comment
topics-button-comments = Read comments
topics-button-edit = Edit
topics-button-withdraw = Withdraw
topics-button-restore = Propose again
topics-button-history = What became of it?
topics-button-approve = Publish
topics-button-decline = Do not accept
topics-button-merge = Merge
topics-button-move = Change state
topics-button-card = Topic { $number }

## Proposing
topics-ask-question =
    What is your question?
    Ideally it begins with “How”, for example: How do we reach parents who stay away from parents’ evenings?
topics-question-empty = Please write your question in words, for example: How do we find volunteers?
topics-ask-alike =
    { $count ->
        [one] There is a similar topic already. Would you like to support it?
       *[other] There are similar topics already. Would you like to support one of them?
    }
topics-alike-line = Topic { $number }: { $question }
topics-alike-choose = Please choose one of the buttons, or write its number.
topics-button-support-number = Support topic { $number }
topics-button-anyway = Propose it anyway
topics-supported-instead = Thank you, your support counts.
topics-ask-how =
    Your question: { $question }
    The programme is mostly about the “how”. Rewrite the question, or leave it as it is.
topics-button-keep = Leave it
topics-ask-background = How does this come up in your own work? One or two sentences are enough.
topics-ask-contribution = Can you contribute something yourself?
topics-way-input = Input
topics-way-example = Practical example
topics-way-contact = Contact
topics-way-nothing = No
topics-contribution-choose = Please choose: input, practical example, contact or no.
topics-ask-name =
    Should your name be shown with the topic?
    With “Anonymous”, nobody sees it in the chat. I only remember that the topic is yours, so that you can edit it.
topics-button-named = With name: { $name }
topics-button-anonymous = Anonymous
topics-name-choose = Please choose: with your name or anonymous.
topics-saved = Thank you, your topic is proposed.
topics-saved-waiting = Thank you. The coordinators read your topic before everybody can see it.
topics-offer-rooms = Would you like to show the topic in the group as well?
topics-button-show-room = Show in “{ $room }”
topics-shown-in-room = The topic is now shown in “{ $room }”.

## Taking part
topics-supported = Thank you, you now support topic { $number }.
topics-supported-already = You support topic { $number } already. You can take it back in the direct chat with: /topic { $number }
topics-unsupported = You no longer support topic { $number }.
topics-ask-way = What can you contribute to topic { $number }? It reads: { $question }
topics-asked-directly = I have written to you directly about it.
topics-open-direct-first = Please write to me in the direct chat first: /start
topics-contribution-noted = Thank you, your offer for topic { $number } is noted.
topics-contribution-gone = All right, no offer of yours is noted for topic { $number }.
topics-ask-comment = What would you like to say about topic { $number }? Everybody in the programme can read it.
topics-comment-by-reply = Simply reply to the card, and that is a comment.
topics-comment-empty = Please write your comment in words.
topics-commented = Noted as a comment on topic { $number }.
topics-no-comments = There are no comments on topic { $number } yet.
topics-comments-sent = I have sent you the comments directly.
topics-comments-head =
    { $total ->
        [one] <b>One comment on topic { $number }</b>
       *[other] <b>{ $total } comments on topic { $number }</b>, the oldest first
    }: { $question }
topics-comment-line = <b>{ $name }</b> on { DATE($at, style: "day") }: { $text }

## Looking
topics-list-all =
    { $total ->
        [one] <b>One topic</b>
       *[other] <b>{ $total } topics</b>, those with most support first
    }{ $pages ->
        [1] { "" }
       *[other] , page { $page } of { $pages }
    }
topics-list-mine =
    { $total ->
        [one] <b>Your topic</b>
       *[other] <b>Your { $total } topics</b>
    }{ $pages ->
        [1] { "" }
       *[other] , page { $page } of { $pages }
    }
topics-list-found =
    { $total ->
        [one] <b>One topic</b> for “{ $words }”
       *[other] <b>{ $total } topics</b> for “{ $words }”
    }{ $more ->
        [0] { "" }
       *[other] , the first { $shown }
    }
topics-line =
    { $place }. { $question }
    Topic { $number }: { $supporters ->
        [0] no support yet
        [one] one person supports it
       *[other] { $supporters } people support it
    }
topics-line-state = , { $state }
topics-none = There are no topics yet. Propose the first one: /topic
topics-none-own = You have not proposed a topic yet. You can with: /topic
topics-none-found = There is no topic for “{ $words }”. To see all topics: /topics
topics-ask-number = Which topic? Please write its number.
topics-number-needed = Please write the number of the topic, for example 12. To see the numbers: /topics
topics-unknown = There is no topic { $number }. To see all topics: /topics
topics-history-head = <b>Topic { $number }:</b> { $question }
topics-step = { DATE($at, style: "day") }: { $state }
topics-history-on = As soon as something changes, you will hear from me.

## One's own topics
topics-not-yours = Topic { $number } belongs to somebody else. You can support it or comment on it.
topics-too-late-to-change = Topic { $number } can no longer be changed in this state. Write a comment instead.
topics-edit-directly = Please change it in the direct chat, with: /topic { $number }
topics-ask-which = What would you like to change about topic { $number }?
topics-which-choose = Please choose: question or background.
topics-button-question = The question
topics-button-background = The background
topics-ask-new-question =
    So far: { $question }
    What should the question be?
topics-ask-new-background =
    { $known ->
        [no] So far there is no background.
       *[yes] So far: { $background }
    }
    What should the background be?
topics-button-no-background = No background
topics-changed = Topic { $number } is changed.
topics-ask-withdraw = Do you really want to withdraw topic { $number }? It reads: { $question }
topics-withdrawn = Topic { $number } is withdrawn. You can propose it again at any time: /topic { $number }
topics-restored = Topic { $number } is proposed again.
topics-restored-waiting = Topic { $number } is proposed again. The coordinators read it before everybody can see it.

## Why something is not possible
topics-closed = Topic { $number } is finished or withdrawn, so this is no longer possible. To see open topics: /topics
topics-merged-away = Topic { $number } is part of topic { $into } already. It goes on there: /topic { $into }
topics-no-such-move = The state of topic { $number } cannot be changed like this. To see its way so far: /history { $number }
topics-just-changed = Somebody else has just changed topic { $number }. Please look again: /topic { $number }
topics-decided-already = Topic { $number } is decided already.
topics-not-mergeable = Topic { $number } cannot be merged in this state.
topics-merge-same = Please name two different topics.
topics-state-choose = Topic { $number } is in the state “{ $state }”. Possible next: { LIST($states) }.

## Coordination
topics-moderate =
    A new topic is waiting for publication.
    <b>Topic { $number }:</b> { $question }
    { $background }
topics-moderated =
    This topic is no longer waiting for publication.
    <b>Topic { $number }:</b> { $question }
    State: { $state }.
topics-none-waiting = No topic is waiting for publication at present.
topics-more-waiting =
    { $more ->
        [one] One more topic is waiting.
       *[other] { $more } more topics are waiting.
    }
topics-approved = Topic { $number } is published.
topics-declined = Topic { $number } is not accepted.
topics-ask-reason = Why is topic { $number } not accepted? Whoever proposed it reads your reason.
topics-ask-source = Which topic should become part of another one? Please write its number.
topics-ask-target =
    Topic { $number }: { $question }
    Which topic should it become part of? Please write that one’s number.
topics-ask-merge =
    Topic { $source }: { $source_question }
    is to become part of
    topic { $target }: { $target_question }
    Support, offers and comments move along. This cannot be undone.
topics-button-merge-yes = Yes, merge
topics-merged = Topic { $source } is now part of topic { $target }.
topics-ask-state =
    Topic { $number }: { $question }
    Now: { $state }. What is the new state?
topics-moved = Topic { $number } is now in the state “{ $state }”.

## Messages to those who proposed the topic
topics-notice-published = Your topic { $number } is published: { $question }
topics-notice-proposed = Your topic { $number } can be chosen again: { $question }
topics-notice-on-ballot = Your topic { $number } is on the ballot: { $question }
topics-notice-selected = Your topic { $number } was selected: { $question }
topics-notice-unscheduled = The workshop on your topic { $number } is no longer planned, but it stays selected: { $question }
topics-notice-scheduled = A workshop is planned on your topic { $number }: { $question }
topics-notice-held = The workshop on your topic { $number } has taken place: { $question }
topics-notice-not-selected = Your topic { $number } was not selected this time. It stays in the race: { $question }
topics-notice-declined = Your topic { $number } was not accepted: { $question }
topics-notice-declined-because =
    Your topic { $number } was not accepted: { $question }
    The reason: { $reason }
topics-notice-merged-away =
    Your topic { $number } is now part of topic { $into }: { $into_question }
    Everybody who supported yours counts there now.
topics-notice-merged-here = A similar topic has become part of your topic { $number }: { $source_question }
