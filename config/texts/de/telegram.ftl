# Telegram: was der Bot von sich sagt, was beim Start falsch sein kann, und die Befunde von „themenbote doctor“.

## Beschreibung
telegram-description =
    Themenbote begleitet ein Fortbildungsprogramm: Themen vorschlagen, unterstützen und verfolgen, in der Gruppe und hier im direkten Chat.

    Los geht es mit „Starten“. Nachrichten an Telegram-Bots sind nicht Ende-zu-Ende-verschlüsselt.
telegram-short-description = Themen für Workshops vorschlagen, unterstützen und verfolgen.

## Fehler beim Start
telegram-wrong-token = Telegram kennt dieses Token nicht. In telegram.token muss das Token stehen, das @BotFather für den Bot zeigt.
telegram-webhook-missing = Für den Webhook fehlt die Adresse. In telegram.webhook_url muss die öffentliche Adresse stehen. Gibt es keine, muss in telegram.mode polling stehen.
telegram-webhook-not-https = Telegram ruft nur verschlüsselte Adressen auf. In telegram.webhook_url muss eine Adresse stehen, die mit https:// beginnt.
telegram-webhook-secret = Das Geheimnis des Webhooks fehlt oder ist ungültig. In telegram.webhook_secret müssen 1 bis 256 Zeichen stehen: A bis Z, a bis z, 0 bis 9, _ und -.
telegram-webhook-refused = Telegram nimmt die Adresse des Webhooks nicht an. Nötig ist eine öffentlich erreichbare Adresse auf Port 443, 80, 88 oder 8443.

## Befunde
telegram-doctor-token = Das Token gilt. Der Bot heißt „{ $name }“ (@{ $username }).
telegram-doctor-unreachable = Telegram ist nicht erreichbar ({ $detail }). Zu prüfen sind die Verbindung ins Netz und telegram.api_base.
telegram-doctor-foreign = Was antwortet, ist nicht Telegram. In telegram.api_base muss die Adresse einer Bot-API stehen; ohne Angabe gilt die von Telegram selbst.
telegram-doctor-privacy-on = Der Privatsphäre-Modus ist an: In Gruppen sieht der Bot nur, was an ihn gerichtet ist.
telegram-doctor-privacy-off = Der Privatsphäre-Modus ist aus: Der Bot bekommt alles zu lesen, was in Gruppen geschrieben wird. Das ist nicht nötig. Bei @BotFather schaltet /setprivacy den Modus ein. In einer Gruppe gilt er erst, wenn der Bot neu aufgenommen ist.
telegram-doctor-groups-off = Der Bot kann keiner Gruppe beitreten. Bei @BotFather erlaubt es ihm /setjoingroups.
telegram-doctor-polling = Nachrichten werden abgeholt; kein Webhook steht dem im Weg.
telegram-doctor-webhook = Der Webhook ist bei Telegram eingetragen.
telegram-doctor-webhook-missing = Der Webhook ist bei Telegram nicht eingetragen. „themenbote run“ trägt ihn ein. Läuft es schon, dann benutzt ein anderes Programm dasselbe Token.
telegram-doctor-webhook-left = Bei Telegram ist noch ein Webhook eingetragen. „themenbote run“ entfernt ihn. Kommt er wieder, dann benutzt ein anderes Programm dasselbe Token.
telegram-doctor-webhook-error = Telegram erreicht den Webhook nicht ({ $error }). Zu prüfen ist, ob telegram.webhook_url von außen erreichbar ist und zu diesem Programm führt.
telegram-doctor-waiting =
    { $count ->
        [0] Bei Telegram wartet keine Nachricht.
        [one] Bei Telegram wartet eine Nachricht.
       *[other] Bei Telegram warten { $count } Nachrichten.
    }
telegram-doctor-pending =
    { $count ->
        [one] Bei Telegram wartet eine Nachricht.
       *[other] Bei Telegram warten { $count } Nachrichten.
    } „themenbote run“ arbeitet sie der Reihe nach ab. Läuft es nicht, muss es gestartet werden.
telegram-doctor-room = In „{ $room }“ darf der Bot schreiben.
telegram-doctor-room-gone = In „{ $room }“ ist der Bot nicht mehr. Er muss wieder in die Gruppe aufgenommen werden. Wird der Raum nicht mehr gebraucht, trennt ihn dort /trennen.
telegram-doctor-room-mute = In „{ $room }“ darf der Bot nicht schreiben. In den Rechten der Gruppe muss ihm erlaubt werden, Nachrichten zu senden.
telegram-doctor-room-no-files = In „{ $room }“ sind dem Bot Bilder oder Dateien verboten. In den Rechten der Gruppe lässt sich beides erlauben.
telegram-doctor-room-reads-all = In „{ $room }“ ist der Bot Administrator und bekommt alles zu lesen, was dort geschrieben wird. Das ist nicht nötig: Ein einfaches Mitglied zu sein genügt ihm.
telegram-doctor-clock = Die Uhr geht richtig.
telegram-doctor-clock-off =
    Die Uhr dieses Rechners geht { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } falsch. Ein Zeitdienst (NTP) stellt sie richtig.
