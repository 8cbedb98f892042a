# Die Befehlszeile.
cli-about = Themenbote: ein Chat-Assistent für ein themenoffenes Fortbildungsprogramm.
cli-help-settings = Datei mit den Einstellungen; sonst themenbote.toml im aktuellen Ordner
cli-help-run = startet alles, was eingerichtet ist; ohne Einstellungen die lokale Seite
cli-help-init = schreibt eine Datei mit allen Einstellungen, erklärt und auskommentiert
cli-help-doctor = prüft Einstellungen, Datenbank und Zugänge und sagt, was zu tun ist
cli-help-migrate = bringt die Datenbank auf den Stand dieses Programms
cli-help-invite = macht einen Einladungscode
cli-help-backup = schreibt alles in eine Sicherungsdatei, auch während Themenbote läuft
cli-help-restore = liest eine Sicherungsdatei in eine leere Datenbank ein
cli-help-recount = zählt eine Stimmzettel-Datei nach, ohne Datenbank, Einstellungen und Netz
cli-help-group = Gruppe, in die eingeladen wird
cli-help-uses = wie oft der Code gilt (1)
cli-help-days = wie viele Tage der Code gilt (14)
cli-serving = Themenbote läuft. Beenden mit Strg+C.
cli-serving-page = Themenbote läuft. Die Seite öffnen: { $address } – beenden mit Strg+C.
cli-running = Mit dem Ordner { $folder } läuft Themenbote schon. Beenden Sie den anderen Prozess, oder wählen Sie mit data_dir einen anderen Ordner.
cli-page-running = Mit der Datenbank { $address } läuft die lokale Seite schon. Beenden Sie den anderen Prozess, oder setzen Sie local.enabled auf false.
cli-folder = In den Ordner { $folder } kann nicht geschrieben werden ({ $reason }). Setzen Sie data_dir auf einen Ordner, der diesem Konto gehört.
cli-database = Die Datenbank { $address } ist nicht erreichbar: { $reason }. Prüfen Sie database.url und ob der Server läuft.
cli-schema-old = Die Datenbank hat einen älteren Stand. Machen Sie eine Sicherung, dann: themenbote migrate
cli-schema-newer = Die Datenbank gehört zu einer neueren Fassung. Starten Sie diese, oder spielen Sie eine ältere Sicherung ein.
cli-schema-foreign = In dieser Datenbank liegen fremde Tabellen. Wählen Sie mit database.url eine leere Datenbank.
cli-schema-empty = Die Datenbank ist noch leer. Anlegen mit: themenbote migrate
cli-migrated = Die Datenbank ist auf dem Stand dieses Programms.
cli-migrated-already = Es war nichts zu tun: Die Datenbank ist auf dem Stand dieses Programms.
cli-init-done = { $path } ist geschrieben. Alle Werte darin sind auskommentiert und haben sinnvolle Vorgaben.
cli-init-exists = { $path } gibt es schon. Wählen Sie einen anderen Namen: themenbote init andere.toml
cli-init-failed = { $path } kann nicht geschrieben werden ({ $reason }). Wählen Sie einen anderen Ordner.
cli-backup-done = Die Sicherung steht in { $path }. Nur dieses Konto kann sie lesen; bewahren Sie sie so sicher auf wie die Datenbank. Offene geheime Abstimmungen beginnen nach dem Einspielen von vorn.
cli-backup-exists = { $path } gibt es schon. Wählen Sie für die Sicherung einen anderen Namen.
cli-backup-failed = { $path } kann nicht geschrieben werden ({ $reason }). Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.
cli-restore-done = Die Sicherung { $path } ist eingespielt. Starten Sie jetzt: themenbote run
cli-restore-failed = { $path } kann nicht gelesen werden ({ $reason }). Prüfen Sie den Namen der Datei.
cli-restore-not-empty = In der Datenbank { $address } steht schon etwas. Eingespielt wird nur in eine leere; wählen Sie mit database.url oder data_dir eine andere.
cli-restore-empty = { $path } ist leer. Wählen Sie eine Datei, die „themenbote backup“ geschrieben hat.
cli-restore-foreign = { $path } ist keine Sicherung von Themenbote. Wählen Sie eine Datei, die „themenbote backup“ geschrieben hat.
cli-restore-newer = { $path } gehört zu einer neueren Fassung. Spielen Sie die Sicherung mit dieser ein.
cli-recount-failed = { $path } kann nicht gelesen werden ({ $reason }). Prüfen Sie den Namen der Datei.
cli-recount-file =
    Frage: { $question }
    { $counted ->
        [one] Ein Stimmzettel
       *[other] { $counted } Stimmzettel
    }, { $entitled } Stimmberechtigte.
cli-recount-checksum =
    Prüfsumme (SHA-256): { $checksum }
    Vergleichen Sie sie mit der im Aktenvermerk.
cli-recount-abstentions =
    { $abstentions ->
        [0] Niemand hat sich enthalten.
        [one] Eine Person hat sich enthalten.
       *[other] { $abstentions } Personen haben sich enthalten.
    }
cli-recount-figure-single = { $place }. { $option }: { $figure } Stimmen
cli-recount-figure-approval = { $place }. { $option }: { $figure } Zustimmungen
cli-recount-figure-shares = { $place }. { $option }: { $figure } Zustimmungen
cli-recount-figure-points = { $place }. { $option }: { $figure } Punkte
cli-recount-figure-ranking = { $place }. { $option }: { $figure } erste Plätze
cli-recount-tie = Gleichstand von { LIST($tied) }: Das vorher gezogene Los entschied für { LIST($chosen) }.
cli-recount-quorum = Es wurde nichts gewählt, denn nötig waren { $quorum } Stimmzettel.
cli-recount-winners =
    { $number ->
        [0] Gewählt ist keine Option.
       *[other] Gewählt: { LIST($winners) }.
    }
cli-recount-agrees = Die Nachzählung stimmt mit der Datei überein.

doctor-level-good = In Ordnung: { $text }
doctor-level-hint = Hinweis: { $text }
doctor-level-wrong = Fehler: { $text }
doctor-folder = Der Datenordner { $folder } ist beschreibbar, { $megabytes } MB sind frei.
doctor-database = Die Datenbank ist erreichbar und auf dem richtigen Stand.
doctor-database-empty = Die Datenbank ist erreichbar und noch leer; „themenbote run“ legt sie an.
doctor-database-away = Die Datenbank ist nicht erreichbar: { $reason }. Prüfen Sie database.url.
doctor-no-admin = Es gibt noch niemanden mit der Rolle Admin. Einladen mit: themenbote invite --role admin
doctor-local = Die lokale Seite ist eingeschaltet, auf { $host }:{ $port }.
