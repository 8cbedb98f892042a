# Telegram: was der Bot von sich sagt, was beim Start falsch sein kann, und die Befunde von „themenbote doctor“.

## Beschreibung
telegram-description =
    Themenbote begleitet das Weiterbildungsprogramm: Themen vorschlagen, unterstützen und verfolgen, in der Gruppe und hier im direkten Gespräch.

    Los geht es mit „Starten“. Nachrichten an Telegram-Bots sind nicht Ende-zu-Ende-verschlüsselt.
telegram-short-description = Themen für Workshops vorschlagen, unterstützen und verfolgen.

## Fehler beim Start
telegram-wrong-token = Telegram kennt dieses Token nicht. Bei telegram.token gehört das Token hin, das @BotFather für den Bot zeigt.
telegram-webhook-missing = Für den Webhook fehlt die Adresse. Bei telegram.webhook_url gehört die öffentliche Adresse hin. Ohne eine solche gehört bei telegram.mode polling hin.
telegram-webhook-not-https = Telegram ruft nur verschlüsselte Adressen auf. Bei telegram.webhook_url gehört eine Adresse hin, die mit https:// beginnt.
telegram-webhook-secret = Das Geheimnis des Webhooks fehlt oder ist ungültig. Bei telegram.webhook_secret gehören 1 bis 256 Zeichen hin: A bis Z, a bis z, 0 bis 9, _ und -.
telegram-webhook-refused = Telegram nimmt die Adresse des Webhooks nicht an. Nötig ist eine öffentlich erreichbare Adresse auf Port 443, 80, 88 oder 8443.

## Befunde
telegram-doctor-token = Das Token gilt. Der Bot heißt „{ $name }“ (@{ $username }).
telegram-doctor-unreachable = Telegram ist nicht erreichbar ({ $detail }). Zu prüfen sind die Verbindung ins Netz und telegram.api_base.
telegram-doctor-privacy-on = Der Privatsphäre-Modus ist an: In Gruppen sieht der Bot nur, was an ihn gerichtet ist.
telegram-doctor-privacy-off = Der Privatsphäre-Modus ist aus: Der Bot bekommt alles zu lesen, was in Gruppen geschrieben wird. Das ist nicht nötig. Bei @BotFather lässt er sich mit /setprivacy einschalten.
telegram-doctor-groups-off = Der Bot kann keiner Gruppe beitreten. Bei @BotFather lässt es sich mit /setjoingroups erlauben.
telegram-doctor-polling = Nachrichten werden abgeholt, kein Webhook steht dem im Weg.
telegram-doctor-webhook = Der Webhook ist bei Telegram eingetragen.
telegram-doctor-webhook-missing = Der Webhook ist bei Telegram nicht eingetragen. „themenbote run“ trägt ihn ein. Läuft es schon, dann benutzt ein anderes Programm dasselbe Token.
telegram-doctor-webhook-left = Bei Telegram ist noch ein Webhook eingetragen. „themenbote run“ entfernt ihn. Kommt er wieder, dann benutzt ein anderes Programm dasselbe Token.
telegram-doctor-webhook-error = Telegram erreicht den Webhook nicht ({ $error }). Zu prüfen ist, ob telegram.webhook_url von außen erreichbar ist und zu diesem Programm führt.
telegram-doctor-pending =
    { $count ->
        [one] Bei Telegram wartet eine Nachricht.
       *[other] Bei Telegram warten { $count } Nachrichten.
    } Läuft „themenbote run“? Es arbeitet sie der Reihe nach ab.
telegram-doctor-room = In „{ $room }“ darf der Bot schreiben.
telegram-doctor-room-gone = In „{ $room }“ ist der Bot nicht mehr. Er muss wieder in die Gruppe aufgenommen oder der Raum getrennt werden.
telegram-doctor-room-mute = In „{ $room }“ darf der Bot nicht schreiben. In den Rechten der Gruppe muss ihm erlaubt werden, Nachrichten zu senden.
telegram-doctor-clock = Die Uhr geht richtig.
telegram-doctor-clock-off =
    Die Uhr dieses Rechners geht { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } falsch. Am besten stellt sie ein Zeitdienst (NTP).
