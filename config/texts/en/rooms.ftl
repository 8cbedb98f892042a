# Rooms: connecting, disconnecting, listing.

## Commands
command-rooms-connect = connect this room to the programme
command-rooms-disconnect = disconnect this room from the programme
command-rooms-list = see the connected rooms

rooms-not-connected = This room is not connected to the programme. Coordinators connect it with /connect.
rooms-gone = This room is no longer here. Please choose another one.
rooms-numbered = Room { $number }
rooms-coordination = Coordination
rooms-connected = This room is now connected to { $programme } and is called “{ $room }”.
rooms-connected-group = It belongs to the group “{ $group }”.
rooms-connected-try = Here you can propose with /topic, see everything with /topics, and comment on topics by replying to them.
rooms-connected-coordination = This room is now called “{ $room }” and serves the coordinators. New topics to be approved appear here.
rooms-join-invite = Whoever is not a member yet gets an invitation from the coordinators.
rooms-join-link = Whoever is not a member yet joins here: <a href="{ $link }">{ $link }</a>
rooms-join-code = Whoever is not a member yet writes this code to me in the direct chat: <code>{ $code }</code>
rooms-join-open = Whoever is not a member yet writes /start to me in the direct chat.
rooms-ask-disconnect = Shall I really disconnect “{ $room }” from the programme? I will no longer answer here, and the link for joining will no longer work.
rooms-button-disconnect = Disconnect
rooms-disconnected = This room is disconnected from the programme. Topics and comments are kept.
rooms-none = No room is connected yet. Write /connect in the group room of which I am a member.
rooms-head =
    { $total ->
        [one] <b>One connected room</b>
       *[other] <b>{ $total } connected rooms</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
rooms-line = { $room }: { $messenger }, { $purpose }, { $group }
rooms-purpose-programme = for the programme
rooms-purpose-coordination = for the coordinators
