# Einstellungen: Fehler beim Start, und die Erklärungen in der Datei, die „themenbote init“ schreibt.

settings-file-unreadable = { $file }: Diese Datei ist nicht da oder nicht als UTF-8 lesbar. „themenbote init“ schreibt eine neue.
settings-file-not-toml = { $file }, Zeile { $line }, Spalte { $column }: Ab hier ist die Datei kein TOML. Oft fehlt ein Anführungszeichen, ein Gleichheitszeichen oder eine Klammer.
settings-mistake = { $key } ({ $source }): { $wrong }

settings-wrong-address = Das ist keine Adresse, die mit http:// oder https:// beginnt und kein Passwort enthält. Richtig ist zum Beispiel { $example }.
settings-wrong-alike = Derselbe Wert steht schon bei { $other }. Jedes Konto braucht einen eigenen.
settings-wrong-api-base = Die Adresse muss ohne „/bot“ und ohne Token stehen. Richtig ist zum Beispiel { $example }.
settings-wrong-choice = „{ $value }“ steht nicht zur Wahl. Möglich sind { LIST($allowed) }.
settings-wrong-database = Das ist keine Adresse einer Datenbank. Richtig beginnt sie mit sqlite:/// oder postgresql+psycopg://.
settings-wrong-empty = Hier steht nichts. Richtig ist zum Beispiel "{ $example }".
settings-wrong-hours-order = Der Beginn muss vor dem Ende liegen. Richtig sind zum Beispiel hours.start = 8 und hours.end = 18.
settings-wrong-https = Diese Adresse ist nicht verschlüsselt. Richtig ist eine mit https://, zum Beispiel { $example }.
settings-wrong-item = Dieser Eintrag ist leer oder kein Abschnitt. In der Datei beginnt er mit [[{ $list }]], darunter folgen seine Werte.
settings-wrong-json = Das ist kein JSON. Richtig ist eine Liste wie [{"{"}"homeserver": "…", "user": "…", "password": "…"{"}"}].
settings-wrong-large = { $value } ist zu groß. Höchstens { NUMBER($bound, useGrouping: 0) } ist möglich.
settings-wrong-list = Hier gehört eine Liste hin. In der Datei beginnt jeder Eintrag mit [[{ $key }]].
settings-wrong-matrix-user = Das ist kein vollständiger Matrix-Name. Richtig ist zum Beispiel { $example }.
settings-wrong-misspelt = Diesen Namen gibt es nicht. Gemeint ist vermutlich { $nearest }.
settings-wrong-missing = Dieser Wert fehlt. Richtig ist zum Beispiel "{ $example }".
settings-wrong-number = „{ $value }“ ist keine ganze Zahl. Richtig ist zum Beispiel { $example }.
settings-wrong-password-or-token = Dieser Wert fehlt. Jedes Matrix-Konto braucht password oder token.
settings-wrong-secret-file = Diese Datei kann nicht gelesen werden. Richtig ist der Pfad einer lesbaren Datei.
settings-wrong-secret-file-empty = Diese Datei ist leer. Darin muss der geheime Wert allein stehen.
settings-wrong-section = Das ist ein Abschnitt, kein Wert. In der Datei steht er als [{ $key }], darunter folgen seine Werte.
settings-wrong-small = { $value } ist zu klein. Mindestens { NUMBER($bound, useGrouping: 0) } ist nötig.
settings-wrong-switch = „{ $value }“ ist weder ja noch nein. Richtig ist true oder false.
settings-wrong-text = Hier gehört ein Text in Anführungszeichen hin, zum Beispiel "{ $example }".
settings-wrong-timezone = „{ $value }“ ist keine Zeitzone. Richtig ist zum Beispiel { $nearest }.
settings-wrong-twice = Derselbe Wert steht auch unter { $other }. Nur eines von beiden darf da sein.
settings-wrong-unknown = Diesen Namen gibt es nicht. Alle Namen stehen in der Datei, die „themenbote init“ schreibt.
settings-wrong-webhook-needs = Dieser Wert fehlt. Mit telegram.mode = "webhook" ist er nötig.
settings-wrong-webhook-secret = Telegram erlaubt hier 1 bis 256 Zeichen: Buchstaben ohne Umlaute, Ziffern, Unterstrich und Bindestrich.

settings-remarks =
    Einstellungen von Themenbote. Ein # vor einem Namen entfernen, dann gilt der Wert.
    Umgebungsvariablen gehen vor, zum Beispiel THEMENBOTE_WEB__PORT=8090.
    Geheime Werte dürfen in Dateien stehen, zum Beispiel token_file = "/run/secrets/token" statt token.

settings-about-data_dir = Ordner für Datenbank und Schlüssel. Relative Pfade gelten ab dem Ordner, in dem der Start erfolgt.
settings-about-database-url = Adresse der Datenbank: SQLite (ohne Angabe im Datenordner) oder postgresql+psycopg://name:passwort@rechner/datenbank. Geheim.
settings-about-database-migrate = Ob „themenbote run“ eine ältere Datenbank selbst auf den neuen Stand bringt.
settings-about-web-host = Adresse, auf der die lokale Seite und der Webhook erreichbar sind.
settings-about-web-port = Port dazu. Mit 0 wird ein freier gewählt.
settings-about-telegram-token = Token des Telegram-Bots, von @BotFather. Geheim.
settings-about-telegram-api_base = Adresse der Bot-API, ohne /bot und ohne Token.
settings-about-telegram-mode = Wie Nachrichten ankommen: polling oder webhook.
settings-about-telegram-webhook_url = Öffentliche Adresse für den Webhook, mit https.
settings-about-telegram-webhook_secret = Geheimes Wort, an dem Aufrufe von Telegram zu erkennen sind.
settings-about-matrix-accounts-homeserver = Adresse des Matrix-Servers. Für jedes Konto beginnt ein neuer Eintrag mit [[matrix.accounts]].
settings-about-matrix-accounts-user = Vollständiger Name des Kontos.
settings-about-matrix-accounts-password = Passwort des Kontos. Geheim. Statt des Passworts genügt ein token.
settings-about-matrix-accounts-token = Zugangstoken des Kontos. Geheim.
settings-about-matrix-accounts-store = Ordner für die Schlüssel der Verschlüsselung. Ohne Angabe liegt er im Datenordner.
settings-about-matrix-accounts-device_name = Name des Geräts, wie er anderen angezeigt wird.
settings-about-programme-name = Name des Programms, wie er in Nachrichten steht.
settings-about-programme-timezone = Zeitzone aller angezeigten Zeiten.
settings-about-programme-land = Bundesland, dessen Feiertage gelten, zum Beispiel BE, NW oder SN.
settings-about-programme-language = Sprache für alle, die keine gewählt haben: de oder en.
settings-about-hours-start = Von dieser vollen Stunde an dürfen Erinnerungen verschickt werden, werktags und nicht an Feiertagen.
settings-about-hours-end = Bis zu dieser vollen Stunde dürfen Erinnerungen verschickt werden.
settings-about-hours-weekend = Ob Erinnerungen auch samstags und sonntags verschickt werden dürfen.
settings-about-membership-join = Wer Mitglied wird: invite (mit Einladung), room (wer in einem verbundenen Raum ist) oder open (alle).
settings-about-privacy-threshold = Ab so vielen Antworten werden anonyme Ergebnisse gezeigt. Nie unter 3.
settings-about-privacy-outbox_days = Nach so vielen Tagen wird der Inhalt zugestellter Nachrichten gelöscht.
settings-about-announcements-second_approval = Ob eine zweite Person der Koordination jeder Ansage zustimmt, bevor sie hinausgeht.
settings-about-topics-moderation = Ob die Koordination jedes Thema freigibt, bevor es erscheint.
settings-about-local-enabled = Ob es die lokale Seite gibt. Ohne Angabe nur, wenn kein Messenger eingerichtet ist.
settings-about-local-demo = Ob das Beispielprogramm angelegt wird. Ohne Angabe nur ohne Messenger, eigene Datenbank und Programmnamen.
settings-about-log-level = Wie viel im Protokoll steht: debug, info, warning oder error.
settings-about-log-format = Form des Protokolls: text oder json.
