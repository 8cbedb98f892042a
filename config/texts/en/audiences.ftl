# Whom something is for, to be put after "To:" and "except".

audiences-all = all members
audiences-group = group “{ $group }”
audiences-role = role { $role }
audiences-topic = whoever supports topic { $number } or can contribute
audiences-rooms = all rooms
audiences-room = room “{ $room }”
audiences-gone = something that is gone
audiences-nobody = nobody
audiences-parts = { LIST($parts) }
audiences-but = { LIST($parts) }, except: { LIST($but) }
audiences-no-room = There is no connected room “{ $room }”. /rooms shows all rooms.
audiences-unknown = “{ $words }” is no group, no role and no room. Write for example “everybody”, “group Cohort 1” or “topic 3”.
audiences-not-voted = whoever has not voted in vote { $number } yet
audiences-vote-needed = Please give the number of the vote, for example “vote 3”.
