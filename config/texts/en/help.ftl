# Help.

command-help-show = show this overview, or more about a word

help-head = This is possible here:
help-head-guest = Themenbote collects topics for { $programme }. This is possible already:
help-foot = In the direct chat the word without “{ $sign }” is enough.
help-foot-room = In the direct chat with me even more is possible.
help-ask-part = What the commands do, for example: <code>/help { $part }</code>
help-ask-command = More about a command, for example: <code>/help { $command }</code>
help-button-part = Help: { $part }
help-button-all = Overview
help-line = { $command }: { $does }
help-line-part = <b>{ $part }</b>: { $commands }
help-words = The command is also called: { LIST($words) }
help-place-anywhere = It works in the direct chat and in the group room.
help-place-direct = It works in the direct chat with me only.
help-place-room = It works in the group room only.
help-nearest = There is no command “{ $word }”. Did you mean “{ $near }”?
help-unknown = There is no command “{ $word }”. /help shows all commands.
help-nothing = There are no commands for you here about that.
help-part-topics = Topics
help-part-announcements = Announcements
help-part-contact = Contact
help-part-votes = Votes
help-part-people = Members
help-part-rooms = Rooms
help-part-admin = Administration
help-part-help = Help
