# What the texts themselves need. DATE($at, style: "day" | "time" | "full") fills these forms in; a day without a time is written as a day with "full" too.
date-day = { $weekday }, { $day } { $month } { $year }
date-time = { $hour }:{ $minute }
date-full = { date-day }, { date-time }

## Answers that occur everywhere
common-too-long = This is too long: { $length } characters, { $limit } are possible. Please shorten the text.
common-stale-button = This button is no longer valid. Please open the view again.
common-unknown-command = There is no such command. /help shows all commands.
common-direct-only = “{ $command }” works in the direct chat with me only. Please write it there.
common-room-only = “{ $command }” works in a group room only. Please write it there.
common-did-you-mean = Did you mean the command “{ $command }”?
common-yes = Yes
common-no = No
common-nothing-done = Fine, everything stays as it is.
common-yes-or-no = Please answer “Yes” or “No”.
common-empty = There was no text. Please write a few words.
common-not-understood = I did not understand that. /help shows what is possible here.
common-only-partner = Only members of the programme can do that. Please join first.
common-only-participant = Only participants, coordinators and admins can do that.
common-only-coordinator = Only coordinators can do that. Please ask them.
common-only-admin = Only admins can do that. Please ask them.
common-apology = Sorry, something went wrong here. Please try again. If that does not help, tell the coordinators the reference { $reference }.
common-skip = Skip
common-page-back = Back
common-page-on = More

## Roles, languages, messengers
common-role-guest = Guest
common-role-partner = Partner
common-role-participant = Participant
common-role-coordinator = Coordinator
common-role-admin = Admin
common-role-unknown = “{ $word }” is not a role. Possible are participant, partner, coordinator and admin.
common-language-de = Deutsch
common-language-en = English
common-messenger-telegram = Telegram
common-messenger-matrix = Matrix
common-messenger-local = Local page
