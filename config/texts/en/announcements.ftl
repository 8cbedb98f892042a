# Announcements: writing, looking, sending, following, leaving.

## Commands
command-announcements-compose = write and send an announcement
command-announcements-list = see all announcements and their delivery
command-announcements-stop = get no announcements any more
command-announcements-choose = choose which announcements I get; STOP ends all

## How it arrives
announcements-head = <b>Announcement of the coordinators</b>
announcements-head-reminder = <b>Reminder: announcement of the coordinators</b>
announcements-body = { $text }
announcements-foot = <i>{ $category }. No more announcements? Write STOP.</i>
announcements-retracted = This announcement was taken back.
announcements-button-read = I have read it
announcements-read = Thank you, that is noted.
announcements-read-already = Thank you, that had been noted.
announcements-read-late = This announcement does not hold any more.
announcements-only-preview = This is only the preview. Nothing has been sent yet.
announcements-category-news = News
announcements-category-events = Events
announcements-category-taking-part = Votes and surveys

## Writing
announcements-ask-first-text = What would you like to say? Before it is sent you see how it looks and whom it reaches.
announcements-ask-text-de = What is the German text?
announcements-ask-text-en = What is the English text?
announcements-empty = There was no text. Please write what you would like to say.
announcements-unknown = There is no announcement { $number }. /announcements shows all of them.
announcements-no-draft = Announcement { $number } is no draft any more. /announcements shows how it stands.
announcements-draft-head =
    { $languages ->
        [one] <b>Draft of announcement { $number }</b>, above as it will arrive
       *[other] <b>Draft of announcement { $number }</b>, above as it will arrive, in German and in English
    }
announcements-draft-audience = To: { $audience }
announcements-draft-options = Kind: { $category }. With “I have read it”: { $confirm }. Also for later members: { $late }.
announcements-earliest = At the earliest: { DATE($at, style: "full") }, within the usual hours
announcements-earliest-now = At the earliest: now
announcements-people =
    { $people ->
        [0] nobody
        [one] one person
       *[other] { $people } people
    }
announcements-rooms =
    { $rooms ->
        [one] one room
       *[other] { $rooms } rooms
    }
announcements-both = { announcements-people } and { announcements-rooms }
announcements-reach = Reaches { $numbers }.
announcements-kinds = Of these { LIST($kinds) }.
announcements-kind = { $people } on { $messenger }
announcements-opening =
    { $people ->
        [one] I open a direct chat with one person for this; they have to accept the invitation.
       *[other] I open a direct chat with { $people } people for this; they have to accept the invitation.
    }
announcements-unreachable =
    { $people ->
        [one] One person has no direct chat open and will not get it.
       *[other] { $people } people have no direct chat open and will not get it.
    }
announcements-left =
    { $people ->
        [one] One person has left these.
       *[other] { $people } people have left these.
    }
announcements-untranslated-en =
    { $people ->
        [one] One person reads English and gets the German text.
       *[other] { $people } people read English and get the German text.
    }
announcements-untranslated-de =
    { $people ->
        [one] One person reads German and gets the English text.
       *[other] { $people } people read German and get the English text.
    }
announcements-too-long = This is { $over } characters too long for { $messenger }; with its head and foot, { $limit } fit. Please shorten the text.
announcements-file-too-large = The file is too large for { $messenger }; { $limit } MB are possible. Please send a smaller one.
announcements-button-file = Picture or file
announcements-button-without-file = Without picture and file
announcements-ask-file = Send the picture or file to this chat now. The text of the announcement will stand below it.
announcements-no-file = That was no picture and no file. Please send one of these, or cancel.
announcements-ask-alt = What does the picture show? One sentence for everybody who cannot see it.
announcements-alt-empty = Please describe the picture in words.
announcements-file-apart = You add a picture or file with the button “Picture or file”.
announcements-button-send = Send …
announcements-button-test = Test to myself
announcements-button-audience = Recipients
announcements-button-also = More
announcements-button-but = Except
announcements-button-text-de = German text
announcements-button-text-en = English text
announcements-button-category = Kind
announcements-button-confirm-on = With “I have read it”
announcements-button-confirm-off = Without “I have read it”
announcements-button-late-on = Also for later members
announcements-button-late-off = Only for present members
announcements-button-drop = Discard
announcements-ask-category = What is it about? Whoever has left a kind does not get it.
announcements-category-choose = Please choose one of the kinds, or write its number.
announcements-ask-instead = Whom is the announcement for? Choose, or write for example “group Cohort 1” or “topic 3”.
announcements-ask-also = Whom else is the announcement for? Choose, or write for example “room Round” or “topic 3”.
announcements-ask-but = Who does not get the announcement? Choose, or write for example “group Cohort 1”.
announcements-but-all = Then no member would be left. Please leave out only some of them, for example “group Cohort 1”.
announcements-dropped = The draft of announcement { $number } is discarded.
announcements-kept = All right, nothing was sent. The draft of announcement { $number } stays; /announcements shows it.

## Sending
announcements-nobody = The announcement reaches nobody: { $audience }. Please choose other recipients.
announcements-sure-now = Shall the announcement go to { $numbers } now?
announcements-sure-later = It is outside the usual hours. Shall the announcement go to { $numbers } on { DATE($at, style: "full") }, or is it urgent?
announcements-sure-never = Shall the announcement go to { $numbers } on { DATE($at, style: "full") }?
announcements-sure-weekly = Shall the announcement go every week, first on { DATE($at, style: "full") }, as of today to { $numbers }?
announcements-sure-fortnightly = Shall the announcement go every two weeks, first on { DATE($at, style: "full") }, as of today to { $numbers }?
announcements-sure-monthly = Shall the announcement go every month, first on { DATE($at, style: "full") }, as of today to { $numbers }?
announcements-number-changed = The number has just changed.
announcements-moved = Your time, { DATE($at, style: "full") }, is outside the usual hours.
announcements-button-now = Send now
announcements-button-later = Send then
announcements-button-urgent = Urgent: send at once
announcements-button-at = At a time
announcements-button-repeat = Regularly
announcements-button-not-yet = Not yet
announcements-button-plan = Schedule
announcements-button-plan-urgent = Urgent: at my time
announcements-button-unplan = Do not send
announcements-ask-repeat = How often shall the announcement go?
announcements-repeat-weekly = Every week
announcements-repeat-fortnightly = Every two weeks
announcements-repeat-monthly = Every month
announcements-repeat-choose = Please choose or write: every week, every two weeks or every month.
announcements-ask-time = When shall the announcement go? Write for example: tomorrow 9:00
announcements-ask-first-time = When shall the announcement go for the first time? Write for example: tomorrow 9:00
announcements-past = That time has passed. Please write a later one.
announcements-planned = Announcement { $number } goes on { DATE($at, style: "full") }.
announcements-planned-repeat = Announcement { $number } goes for the first time on { DATE($at, style: "full") }, then regularly.
announcements-unplanned = Announcement { $number } is not sent and is a draft again.
announcements-nobody-approves = Announcements need the consent of a second coordinator, and none can be reached. Please ask the administration.
announcements-requested = Announcement { $number } waits for the consent of a second coordinator.
announcements-request =
    <b>Announcement { $number } waits for consent</b>
    Written by { $name }. To: { $audience }. It reaches { $numbers }.
announcements-request-at = It shall go on { DATE($at, style: "full") }.
announcements-request-now = It shall go at once.
announcements-request-text-de =
    In German:
    { $text }
announcements-request-text-en = { $text }
announcements-button-approve = Consent
announcements-button-decline = Do not consent
announcements-own = A second coordinator has to consent.
announcements-decided = Announcement { $number } has been decided already.
announcements-approved = You consented to announcement { $number }.
announcements-approved-at = Announcement { $number } has the consent and goes on { DATE($at, style: "full") }.
announcements-declined = You did not consent to announcement { $number }.
announcements-declined-yours = { $name } did not consent to announcement { $number }. It is a draft again.

## Following
announcements-report-ahead = <b>Announcement { $number } goes out on { DATE($at, style: "full") }</b>, to { $numbers }
announcements-report-running = <b>Announcement { $number } is being delivered</b>, to { $numbers }
announcements-report-done = <b>Announcement { $number } is delivered</b>, to { $numbers }
announcements-report-stopped = <b>Announcement { $number } was stopped</b>, meant for { $numbers }
announcements-report-retracted = <b>Announcement { $number } was taken back</b>, it went to { $numbers }
announcements-report-sent = Delivered: { $sent } of { $total }
announcements-report-waiting = On the way: { $waiting }
announcements-report-read = Read: { $read }
announcements-report-edited = Changed: { $edited } of { $total }
announcements-report-unedited =
    { $people ->
        [one] One message could not be changed any more; the old text stands there.
       *[other] { $people } messages could not be changed any more; the old text stands there.
    }
announcements-report-unretracted =
    { $people ->
        [one] One message could not be taken back; what was sent can still be seen there.
       *[other] { $people } messages could not be taken back; what was sent can still be seen there.
    }
announcements-unchanged = { $name }: it did not work there. What helps: tell them yourself.
announcements-reason-gone = Not delivered, since the chat is closed: { $people }
announcements-reason-declined = Not delivered because no direct chat came about: { $people }
announcements-reason-rejected = Not delivered, since the messenger refuses the message: { $people }
announcements-reason-uncertain = Perhaps delivered, the messenger's answer was lost: { $people }
announcements-reason-unreachable = Not delivered, since the messenger could not be reached for a day: { $people }
announcements-reason-misconfigured = Not delivered, since the credentials of the messenger are wrong: { $people }
announcements-reason-throttled = Not delivered, since the messenger did not take so many: { $people }
announcements-reason-cancelled = Stopped before they were sent: { $people }
announcements-reason-left = Not sent, since somebody has left in the meantime: { $people }
announcements-unserved-gone = { $name }: has closed the chat. What helps: allow me in the messenger again and write /start.
announcements-unserved-declined = { $name }: has not accepted the invitation to the direct chat. What helps: writing to me themselves.
announcements-unserved-rejected = { $name }: refused by the messenger. What helps: shorten the text or send it without the file.
announcements-unserved-uncertain = { $name }: may have got it. What helps: ask, so that nobody gets it twice.
announcements-unserved-unreachable = { $name }: the messenger could not be reached. What helps: send it again.
announcements-unserved-misconfigured = { $name }: the credentials are wrong. What helps: ask the administration.
announcements-unserved-throttled = { $name }: the messenger did not take so many. What helps: send it again.
announcements-somebody = A former member
announcements-missed = { $name }: has no direct chat with me open.
announcements-missed-more =
    { $people ->
        [one] And one more person without a direct chat.
       *[other] And { $people } more people without a direct chat.
    }
announcements-missed-help = What helps: pass on the link from /invite, it opens the chat with me.
announcements-button-stop = Stop
announcements-button-edit = Change the text
announcements-button-retract = Take back
announcements-button-chase = Remind
announcements-button-show = Announcement { $number }
announcements-none = There is no announcement yet. You write the first one with /announcement.
announcements-not-sent = Announcement { $number } is not sent, or has been taken back.
announcements-stopped =
    { $people ->
        [0] There was nothing left to stop of announcement { $number }.
        [one] Announcement { $number } is stopped. One message will not go out.
       *[other] Announcement { $number } is stopped. { $people } messages will not go out.
    }
announcements-ask-edit-language = Which text would you like to change?
announcements-ask-edit = What is the new text of announcement { $number }? It replaces the old one also where it stands already.
announcements-edited = The text of announcement { $number } is being changed everywhere.
announcements-ask-retract = Shall announcement { $number } be taken back? It went to { $numbers }; there it will only say that it was taken back.
announcements-retracting = Announcement { $number } is being taken back everywhere. The report says where that was not possible.
announcements-retracting-file = What somebody has saved on their own device already stays there.
announcements-all-read = Everybody who got it has read it.
announcements-ask-chase =
    { $people ->
        [one] Shall one person be reminded who has not confirmed reading announcement { $number }?
       *[other] Shall { $people } people be reminded who have not confirmed reading announcement { $number }?
    }
announcements-chased =
    { $people ->
        [0] They have been reminded today already.
        [one] One person is being reminded.
       *[other] { $people } people are being reminded.
    }
announcements-list-head =
    { $total ->
        [one] <b>One announcement</b>
       *[other] <b>{ $total } announcements</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
announcements-line = Announcement { $number } ({ $state }): { $text }
announcements-line-at = Announcement { $number } ({ $state }, { DATE($at, style: "full") }): { $text }
announcements-state-draft = draft
announcements-state-pending = waits for consent
announcements-state-scheduled = scheduled
announcements-state-sent = sent
announcements-state-cancelled = discarded
announcements-state-retracted = taken back

## Leaving
announcements-left-all = You get no announcements and reminders any more. Answers to what you do here still come. With START you get them again.
announcements-left-already = You get no announcements already. With START you get them again.
announcements-stop-guest = You get no announcements from me, for you are not in the programme.
announcements-choice-head = <b>These announcements exist:</b>
announcements-choice-on = { $category }: you get them
announcements-choice-off = { $category }: you do not get them
announcements-button-leave = Leave { $category }
announcements-button-rejoin = Get { $category }
