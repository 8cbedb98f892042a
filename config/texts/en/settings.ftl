# Settings: mistakes at the start, and the explanations in the file that “themenbote init” writes.

settings-file-unreadable = { $file }: This file is not there or cannot be read as UTF-8. “themenbote init” writes a new one.
settings-file-not-toml = { $file }, line { $line }, column { $column }: From here on the file is not TOML. Often a quotation mark, an equals sign or a bracket is missing.
settings-mistake = { $key } ({ $source }): { $wrong }

settings-wrong-address = This is not an address that begins with http:// or https:// and has no password in it. Right is, for example, { $example }.
settings-wrong-alike = The same value stands at { $other } already. Each account needs its own.
settings-wrong-api-base = The address must come without “/bot” and without a token. Right is, for example, { $example }.
settings-wrong-choice = “{ $value }” is not a choice. Possible are { LIST($allowed) }.
settings-wrong-database = This is not the address of a database. It begins with sqlite:/// or postgresql+psycopg://.
settings-wrong-empty = There is nothing here. Right is, for example, "{ $example }".
settings-wrong-hours-order = The beginning must be before the end. Right are, for example, hours.start = 8 and hours.end = 18.
settings-wrong-https = This address is not encrypted. Right is one with https://, for example { $example }.
settings-wrong-item = This entry is empty or not a section. In the file it begins with [[{ $list }]], and its values follow below.
settings-wrong-json = This is not JSON. Right is a list like [{"{"}"homeserver": "…", "user": "…", "password": "…"{"}"}].
settings-wrong-large = { $value } is too large. At most { NUMBER($bound, useGrouping: 0) } is possible.
settings-wrong-list = A list belongs here. In the file each entry begins with [[{ $key }]].
settings-wrong-matrix-user = This is not a complete Matrix name. Right is, for example, { $example }.
settings-wrong-misspelt = There is no such name. Probably { $nearest } is meant.
settings-wrong-missing = This value is missing. Right is, for example, "{ $example }".
settings-wrong-number = “{ $value }” is not a whole number. Right is, for example, { $example }.
settings-wrong-password-or-token = This value is missing. Each Matrix account needs password or token.
settings-wrong-secret-file = This file cannot be read. Right is the path of a readable file.
settings-wrong-secret-file-empty = This file is empty. The secret value must stand in it alone.
settings-wrong-section = This is a section, not a value. In the file it stands as [{ $key }], and its values follow below.
settings-wrong-small = { $value } is too small. At least { NUMBER($bound, useGrouping: 0) } is needed.
settings-wrong-switch = “{ $value }” is neither yes nor no. Right is true or false.
settings-wrong-text = A text in quotation marks belongs here, for example "{ $example }".
settings-wrong-timezone = “{ $value }” is not a time zone. Right is, for example, { $nearest }.
settings-wrong-twice = The same value also stands under { $other }. Only one of the two may be there.
settings-wrong-unknown = There is no such name. All names are in the file that “themenbote init” writes.
settings-wrong-webhook-needs = This value is missing. With telegram.mode = "webhook" it is needed.
settings-wrong-webhook-secret = Telegram takes 1 to 256 characters here: letters without accents, digits, underscore and hyphen.

settings-remarks =
    Settings of Themenbote. Remove the # before a name to make its value count.
    Environment variables come first, for example THEMENBOTE_WEB__PORT=8090.
    Secret values may stand in files, for example token_file = "/run/secrets/token" instead of token.

settings-about-data_dir = Folder for database and keys. Relative paths count from the folder of the start.
settings-about-database-url = Address of the database: SQLite (in the data folder by default) or postgresql+psycopg://name:password@host/database. Secret.
settings-about-database-migrate = Whether “themenbote run” itself brings an older database up to date.
settings-about-web-host = Address at which the local page and the webhook can be reached.
settings-about-web-port = The port for it. With 0 a free one is chosen.
settings-about-telegram-token = Token of the Telegram bot, from @BotFather. Secret.
settings-about-telegram-api_base = Address of the Bot API, without /bot and without the token.
settings-about-telegram-mode = How messages arrive: polling or webhook.
settings-about-telegram-webhook_url = Public address of the webhook, with https.
settings-about-telegram-webhook_secret = Secret word by which calls from Telegram are known.
settings-about-matrix-accounts-homeserver = Address of the Matrix server. For each account a new entry begins with [[matrix.accounts]].
settings-about-matrix-accounts-user = Complete name of the account.
settings-about-matrix-accounts-password = Password of the account. Secret. A token is enough instead of the password.
settings-about-matrix-accounts-token = Access token of the account. Secret.
settings-about-matrix-accounts-store = Folder for the encryption keys. By default it is in the data folder.
settings-about-matrix-accounts-device_name = Name of the device as others see it.
settings-about-programme-name = Name of the programme as it stands in messages.
settings-about-programme-timezone = Time zone of all times shown.
settings-about-programme-land = German Land whose public holidays count, for example BE, NW or SN.
settings-about-programme-language = Language for all who have chosen none: de or en.
settings-about-hours-start = Reminders may be sent from this full hour on, on working days and not on public holidays.
settings-about-hours-end = Reminders may be sent up to this full hour.
settings-about-hours-weekend = Whether reminders may be sent on Saturdays and Sundays too.
settings-about-membership-join = Who becomes a member: invite (by invitation), room (whoever is in a connected room) or open (everybody).
settings-about-privacy-threshold = From this number of answers on, anonymous results are shown. Never below 3.
settings-about-privacy-outbox_days = After this many days the contents of delivered messages are deleted.
settings-about-announcements-second_approval = Whether a second coordinator consents to each announcement before it goes out.
settings-about-topics-moderation = Whether a coordinator approves each topic before it appears.
settings-about-local-enabled = Whether there is the local page. By default only where no messenger is set up.
settings-about-local-demo = Whether the example programme is made. By default only without a messenger, a database of your own and a programme name.
settings-about-log-level = How much is logged: debug, info, warning or error.
settings-about-log-format = Form of the log: text or json.
