# Telegram: what the bot says of itself, what can be wrong at the start, and the findings of "themenbote doctor".

## Description
telegram-description =
    Themenbote accompanies a training programme: propose, support and follow topics, in the group and here in a direct chat.

    Tap “Start”. Messages to Telegram bots are not end-to-end encrypted.
telegram-short-description = Propose, support and follow topics for workshops.

## Mistakes at the start
telegram-wrong-token = Telegram does not know this token. Set telegram.token to the token that @BotFather shows for your bot.
telegram-webhook-missing = The address of the webhook is missing. Set telegram.webhook_url to the public address, or set telegram.mode to polling.
telegram-webhook-not-https = Telegram calls encrypted addresses only. Set telegram.webhook_url to an address that begins with https://.
telegram-webhook-secret = The secret of the webhook is missing or invalid. Set telegram.webhook_secret to 1 to 256 characters: A to Z, a to z, 0 to 9, _ and -.
telegram-webhook-refused = Telegram does not accept the address of the webhook. It has to be public, on port 443, 80, 88 or 8443.

## Findings
telegram-doctor-token = The token is valid. The bot is called “{ $name }” (@{ $username }).
telegram-doctor-unreachable = Telegram cannot be reached ({ $detail }). Check the network connection and telegram.api_base.
telegram-doctor-foreign = What answers is not Telegram. Set telegram.api_base to the address of a Bot API, or leave it out to use Telegram's own.
telegram-doctor-privacy-on = Privacy mode is on: in groups the bot sees only what is meant for it.
telegram-doctor-privacy-off = Privacy mode is off: the bot is sent everything that is written in groups. That is not needed. Turn it on at @BotFather with /setprivacy. It takes effect in a group once the bot is added anew.
telegram-doctor-groups-off = The bot cannot join groups. Allow it at @BotFather with /setjoingroups.
telegram-doctor-polling = Messages are fetched; no webhook is in the way.
telegram-doctor-webhook = The webhook is set at Telegram.
telegram-doctor-webhook-missing = The webhook is not set at Telegram. “themenbote run” sets it. If that is running already, another program uses the same token.
telegram-doctor-webhook-left = A webhook is still set at Telegram. “themenbote run” removes it. If it comes back, another program uses the same token.
telegram-doctor-webhook-error = Telegram cannot reach the webhook ({ $error }). Check that telegram.webhook_url can be reached from outside and leads to this program.
telegram-doctor-waiting =
    { $count ->
        [0] No message is waiting at Telegram.
        [one] One message is waiting at Telegram.
       *[other] { $count } messages are waiting at Telegram.
    }
telegram-doctor-pending =
    { $count ->
        [one] One message is waiting at Telegram.
       *[other] { $count } messages are waiting at Telegram.
    } “themenbote run” works through them in order. If it is not running, start it.
telegram-doctor-room = The bot may write in “{ $room }”.
telegram-doctor-room-gone = The bot is no longer in “{ $room }”. Add it to the group again. If the room is not needed any more, /disconnect disconnects it there.
telegram-doctor-room-mute = The bot may not write in “{ $room }”. Allow it to send messages in the permissions of the group.
telegram-doctor-room-no-files = In “{ $room }” the bot may not send pictures or files. Allow both in the permissions of the group.
telegram-doctor-room-reads-all = In “{ $room }” the bot is an administrator and is sent everything that is written there. That is not needed: make it an ordinary member.
telegram-doctor-clock = The clock is right.
telegram-doctor-clock-off =
    The clock of this computer is off by { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }. Have a time service (NTP) set it.
