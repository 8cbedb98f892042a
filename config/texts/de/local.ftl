# Die lokale Seite: was beim Start falsch sein kann.

local-unwritable = Die lokale Seite kann ihre Datei { $file } nicht benutzen ({ $reason }). Zu prüfen sind die Rechte im Ordner und der freie Platz. Ist die Datei keine Datenbank, muss sie entfernt werden.
