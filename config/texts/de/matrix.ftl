# Matrix: was der Bot von sich aus sagt, was falsch sein kann, und die Befunde von „themenbote doctor“.

## Im Gespräch
matrix-unreadable = Diese Nachricht konnte ich nicht entschlüsseln. Bitte noch einmal senden.
matrix-verification = Eine Bestätigung mit Zeichen oder Zahlen ist mit mir nicht möglich. Mein Gerät ist von meinem Konto signiert, das genügt für sichere Nachrichten.
matrix-declined = Ich nehme nur Einladungen von Personen an, die am Programm teilnehmen. Auskunft gibt die Koordination.
matrix-secret-reaction = Diese Abstimmung ist geheim, Reaktionen sind aber für alle sichtbar. Diese Reaktion zählt deshalb nicht. Bitte die Zahl im direkten Gespräch an mich schreiben.
matrix-secret-answer = Diese Abstimmung ist geheim, hier lesen aber alle mit. Diese Antwort zählt deshalb nicht. Bitte die Zahl im direkten Gespräch an mich schreiben.

## Fehler beim Start und im Betrieb
matrix-refused-password = Matrix nimmt Namen oder Passwort von { $user } nicht an.
matrix-refused-token = Matrix nimmt das Token von { $user } nicht an. Nötig ist ein neues Token oder das Passwort.
matrix-token-without-device = Das Token von { $user } gehört zu keinem Gerät. Nötig ist ein Token, das beim Anmelden entstand, oder das Passwort.
matrix-keys-lost = Die Schlüssel von { $user } sind verloren, und ohne sie bleibt das Gerät unlesbar. Nötig ist ein neues Token oder das Passwort.
matrix-revoked = Matrix hat das Gerät von { $user } abgemeldet. Mit einem Passwort meldet der nächste Start es neu an, sonst ist ein neues Token nötig.
matrix-store-in-use = Den Matrix-Speicher { $store } benutzt schon ein anderer Prozess. Er muss zuerst beendet werden.
matrix-store-unwritable = In den Matrix-Speicher { $store } kann nicht geschrieben werden ({ $reason }).

## Befunde
matrix-doctor-not-signed-in = { $user } ist noch nicht angemeldet. „themenbote run“ meldet sich an.
matrix-doctor-signed-in = { $user } ist angemeldet, das Gerät heißt { $device }.
matrix-doctor-revoked = Der Matrix-Server nimmt die Anmeldung von { $user } nicht mehr an. Mit einem Passwort meldet „themenbote run“ sich neu an, sonst ist ein neues Token nötig.
matrix-doctor-refused = Der Matrix-Server hat { $user } etwas verweigert ({ $detail }). Seine Verwaltung kann sagen, warum.
matrix-doctor-unreachable = { $homeserver } ist nicht erreichbar ({ $detail }). Zu prüfen sind die Verbindung ins Netz und homeserver.
matrix-doctor-trusted = Das Gerät ist vom eigenen Konto signiert, niemand wird davor gewarnt.
matrix-doctor-untrusted = Das Gerät ist vom eigenen Konto nicht signiert: Andere sehen eine Warnung oder können gar nicht mitlesen. Mit dem Passwort des Kontos bringt „themenbote run“ es in Ordnung.
matrix-doctor-keys =
    { $count ->
        [0] Auf dem Matrix-Server liegt kein Schlüssel mehr für neue Geräte. „themenbote run“ legt welche nach.
        [one] Auf dem Matrix-Server liegt ein Schlüssel für neue Geräte.
       *[other] Auf dem Matrix-Server liegen { $count } Schlüssel für neue Geräte.
    }
matrix-doctor-rates = Das Konto ist von den Grenzen des Matrix-Servers ausgenommen.
matrix-doctor-rates-limited = Der Matrix-Server begrenzt, wie schnell der Bot schreibt. Die Verwaltung kann { $user } ausnehmen: POST /_synapse/admin/v1/users/{ $user }/override_ratelimit mit messages_per_second 0 und burst_count 0.
matrix-doctor-rates-unknown = Ob der Matrix-Server das Tempo begrenzt, sieht nur seine Verwaltung. Von dort lässt sich { $user } ausnehmen: POST /_synapse/admin/v1/users/{ $user }/override_ratelimit mit messages_per_second 0 und burst_count 0.
matrix-doctor-room = In „{ $room }“ darf der Bot schreiben und Nachrichten entfernen.
matrix-doctor-room-no-redact = In „{ $room }“ darf der Bot keine Nachrichten anderer entfernen. Reaktionen, die eine geheime Wahl verraten, bleiben dort sichtbar. Als Moderator könnte er sie entfernen.
matrix-doctor-room-mute = In „{ $room }“ darf der Bot nicht schreiben. In den Rechten des Raums muss es ihm erlaubt werden.
matrix-doctor-open-file = Die Datei { $file } im Matrix-Speicher können andere auf diesem Rechner lesen. Nötig sind die Rechte 0600.
matrix-doctor-versions = Versionen: Matrix { $server }, matrix-nio { $nio }, vodozemac { $vodozemac }.
