# The words of the local page itself, without what the assistant writes.

page-title = Themenbote
page-assistant = Themenbote
page-noscript = This page needs JavaScript. Please switch it on for this address.
page-you = You

# Frame
page-chooser = Who is shown?
page-chooser-one = You are now
page-skip = Skip to { $name }
page-people = People
page-help = How it works
page-dark = Dark
page-light = Light
page-close = Close
page-cancel = Cancel
page-lost = The connection is lost. You can go on writing, everything will be sent later.
page-back = The connection is back.
page-role-officer = Local integration
page-role-partner = Civil society
page-role-coordination = Programme team
page-role-newcomer = New here

# A person and the chats
page-chats = Chats of { $name }
page-log = History of { $chat }, as { $name } sees it
page-unread-one = { $count } new message
page-unread-other = { $count } new messages
page-news = { $name }, { $chat }: { $unread }.
page-more = More
page-more-for = More about { $chat }
page-leave-room = Leave the room
page-leave-direct = Block Themenbote
page-join = Join again
page-begin = Start the chat
page-begin-again = Open the chat again
page-gate-new-direct = The conversation with Themenbote begins here. It writes to you only after you open the chat.
page-gate-left-direct = You have blocked Themenbote. It can no longer write to you.
page-gate-left-room = You have left the room. You will see what is written there after you return.
page-empty-direct = No messages yet. Write “topics” or “help”, for example.
page-empty-room = No messages in this room yet.

# Messages
page-older = Load older messages
page-older-done-one = { $count } older message loaded.
page-older-done-other = { $count } older messages loaded.
page-newest = Go to the new messages
page-reply = Reply
page-reply-to = Reply to { $name }
page-edit = Edit
page-quote = Reply to { $name }: { $text }
page-older-message = an earlier message
page-edited = edited
page-sending = sending …
page-waiting = in progress …
page-delayed = saved, will be handled as soon as Themenbote can be reached again
page-taken = delivered
page-buttons = Choices for this message
page-picture = Open picture “{ $name }” in full size
page-file = Download file “{ $name }”
page-event-opened-you = You opened the chat.
page-event-left-you = You left the chat.
page-event-left = { $name } left the room.
page-event-joined-you = You are back.
page-event-joined = { $name } is back.

# Writing
page-write = Write a message
page-compose = Message to { $chat }
page-keys = Enter sends, Shift and Enter begins a new line.
page-attach = Send a picture or file
page-uploading = “{ $name }” is being uploaded.
page-error-upload = “{ $name }” could not be uploaded. Please try again.
page-error-large = This file is too large. { $most } MB are possible.
page-send = Send
page-save = Save the change
page-replying = Reply to { $name }
page-editing = Edit message
page-cancel-reply = Cancel the reply
page-cancel-edit = Cancel editing

# What did not work
page-error-malformed = This could not be read. Please shorten or change the text.
page-error-long = These are { $count } characters. A message holds at most { $most }.
page-error-unknown = This is no longer here. Please reload the page.
page-error-absent = You are not in this chat. Please open it again first.
page-error-foreign = You can edit your own messages only.
page-error-unstored = The page cannot save anything at the moment. Your message stays here and will be tried again.

# Invitation by link
page-start-title = Who opens this link?
page-start-text = The link opens the chat with Themenbote. Choose the person who uses it.
page-start-go = Open the link

# First steps
page-help-title = Try it out
page-help-intro = This page is a small messenger on your own computer. Here you are all the people at once.
page-help-1 = Choose above whose view you want to see. Up to four fit side by side, depending on the width.
page-help-2 = As Musterstadt, write in the room: “/topic How do we reach people who are new in town?”
page-help-3 = Go to another person. Support the topic there with a button on the card.
page-help-4 = Reply to a card in the room. Your reply becomes a comment.
page-help-5 = As the coordinator, merge two similar topics.
page-help-6 = “help” always shows what is possible right now.
page-help-keys = With the keyboard
page-help-key-enter = Enter
page-help-key-enter-does = send; on a message: reply
page-help-key-newline = Shift + Enter
page-help-key-newline-does = new line
page-help-key-up = Arrow up
page-help-key-up-does = from the empty text field to the last message, then from message to message
page-help-key-tab = Tab
page-help-key-tab-does = to the buttons of the message
page-help-key-letters = R, E
page-help-key-letters-does = on a message: reply, edit your own
page-help-key-escape = Escape
page-help-key-escape-does = cancel the reply or the edit, back to the text field
