# Help.

command-help-show = show this overview, or more about a command

help-head = This is possible here:
help-head-guest = Themenbote collects topics for { $programme }. This is possible already:
help-foot = In the direct chat the word without “{ $sign }” is enough. More about a command, for example: <code>{ $sign }help privacy</code>
help-foot-room = In the direct chat with me even more is possible. More about a command, for example: <code>{ $sign }help language</code>
help-line = { $command }: { $does }
help-words = The command is also called: { LIST($words) }
help-place-anywhere = It works in the direct chat and in the group room.
help-place-direct = It works in the direct chat with me only.
help-place-room = It works in the group room only.
help-nearest = There is no command “{ $word }”. Did you mean “{ $near }”?
help-unknown = There is no command “{ $word }”. /help shows all commands.
help-part-topics = <b>Topics</b>
help-part-announcements = <b>Announcements</b>
help-part-contact = <b>Asking the coordination</b>
help-part-votes = <b>Votes</b>
help-part-people = <b>Members</b>
help-part-rooms = <b>Rooms</b>
help-part-admin = <b>Administration</b>
help-part-help = <b>Help</b>
