# Matrix: what the bot says of its own accord, what can be wrong, and the findings of "themenbote doctor".

## In conversation
matrix-unreadable = I could not decrypt this message. Please send it again.
matrix-verification = I cannot verify with emoji or numbers. My device is signed by my account, so you can write to me safely as it is.
matrix-declined = I accept invitations only from people who take part in the programme. Please ask the coordinators.
matrix-secret-reaction = This vote is secret, but everybody sees reactions. Your reaction does not count. Please send me the number in our direct chat.
matrix-secret-answer = This vote is secret, but everybody reads here. Your answer does not count. Please send me the number in our direct chat.

## Mistakes at the start and while running
matrix-refused-password = Matrix does not accept the name or the password of { $user }.
matrix-refused-token = Matrix does not accept the token of { $user }. A new token or the password is needed.
matrix-token-without-device = The token of { $user } belongs to no device. A token made by signing in, or the password, is needed.
matrix-keys-lost = The keys of { $user } are lost, and without them the device stays unreadable. A new token or the password is needed.
matrix-revoked = Matrix has signed out the device of { $user }. With a password the next start signs in anew, otherwise a new token is needed.
matrix-store-in-use = Another process already uses the Matrix store { $store }. It must be stopped first.
matrix-store-unwritable = The Matrix store { $store } cannot be written ({ $reason }).

## Findings
matrix-doctor-not-signed-in = { $user } is not signed in yet. "themenbote run" signs in.
matrix-doctor-signed-in = { $user } is signed in, its device is { $device }.
matrix-doctor-revoked = The Matrix server does not accept { $user } any more. With a password "themenbote run" signs in anew, otherwise a new token is needed.
matrix-doctor-refused = The Matrix server refused something to { $user } ({ $detail }). Its administrators can say why.
matrix-doctor-unreachable = { $homeserver } cannot be reached ({ $detail }). Check the network connection and homeserver.
matrix-doctor-trusted = The device is signed by its own account, nobody is warned of it.
matrix-doctor-untrusted = The device is not signed by its own account: people see a warning or cannot read at all. With the account's password "themenbote run" puts that right.
matrix-doctor-keys =
    { $count ->
        [0] No key for new devices is left on the Matrix server. "themenbote run" uploads more.
        [one] One key for new devices is on the Matrix server.
       *[other] { $count } keys for new devices are on the Matrix server.
    }
matrix-doctor-rates = The account is exempt from the Matrix server's limits.
matrix-doctor-rates-limited = The Matrix server limits how fast the bot writes. Its administrators can exempt { $user }: POST /_synapse/admin/v1/users/{ $user }/override_ratelimit with messages_per_second 0 and burst_count 0.
matrix-doctor-rates-unknown = Only its administrators see whether the Matrix server limits the pace. They can exempt { $user }: POST /_synapse/admin/v1/users/{ $user }/override_ratelimit with messages_per_second 0 and burst_count 0.
matrix-doctor-room = In "{ $room }" the bot may write and remove messages.
matrix-doctor-room-no-redact = In "{ $room }" the bot may not remove what others send. Reactions that reveal a secret choice stay visible there. As a moderator it could remove them.
matrix-doctor-room-mute = In "{ $room }" the bot may not write. The room's permissions must allow it.
matrix-doctor-open-file = Others on this machine can read the file { $file } of the Matrix store. Its permissions must be 0600.
matrix-doctor-versions = Versions: Matrix { $server }, matrix-nio { $nio }, vodozemac { $vodozemac }.
