# The line to the coordinators.

## Commands
command-contact-ask = ask the coordinators something, with or without your name
command-contact-list = see open questions
command-contact-answer = answer a question

contact-ask-text = What would you like to write to the coordinators?
contact-ask-answer = Which question do you answer, and how? Write for example: 5 Yes, gladly.
contact-empty = There was no text. Please write what it is about.
contact-unnamed-direct = In the room everybody sees who asks. Without your name it only works in the direct chat with me, please write there.
contact-offer =
    I have no answer to that myself. Send it to the coordinators?
    “{ $text }”
contact-button-named = Send as { $name }
contact-button-unnamed = Send without my name
contact-button-no = Do not send
contact-not-sent = All right, nothing was sent. /help shows what is possible here.
contact-sent = This went to the coordinators as question { $number }. The answer comes here. You ask without your name like this: <code>/contact anonymous …</code>
contact-sent-unnamed = This went to the coordinators without your name, as question { $number }. Only I know where the answer goes; 90 days after it is closed I delete that too.
contact-sent-again = This went to the coordinators, for question { $number }.
contact-nobody = None of the coordinators can be reached at the moment. Please try again later.
contact-unknown = There is no question { $number }, or it has been deleted.
contact-unnamed = an unnamed member
contact-card =
    <b>Question { $number }</b> from { $name }
    { $text }
contact-card-hint = Reply to this message, and your answer goes back.
contact-card-answered = Answered. Reply to this message if something is missing.
contact-card-closed = Closed.
contact-card-gone = Question { $number } is with the coordinators.
contact-button-close = Close
contact-button-show = Question { $number }
contact-answer =
    <b>Answer of the coordinators</b>
    { $text }

    Reply to this message if you would like to know more.
contact-answered = Your answer to question { $number } is on its way.
contact-unreachable = This person cannot be reached at the moment. Please try again later.
contact-number-needed = Write the number of the question first, then your answer. For example: <code>/answer 5 Yes, gladly.</code>
contact-not-yours = This answer is for somebody else.
contact-closed = Question { $number } is closed.
contact-closed-already = Question { $number } is closed already.
contact-none = There are no open questions.
contact-list-head =
    { $total ->
        [one] <b>One open question</b>
       *[other] <b>{ $total } open questions</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
contact-line = Question { $number } from { $name }, { DATE($at, style: "full") }: { $text }
contact-line-answered = Question { $number } from { $name }, { DATE($at, style: "full") }, answered: { $text }
