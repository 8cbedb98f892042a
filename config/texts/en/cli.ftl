# The command line.
cli-about = Themenbote: a chat assistant for a topic-open training programme.
cli-help-settings = file with the settings; otherwise themenbote.toml in the current folder
cli-help-run = starts everything that is configured; without settings the local page
cli-help-init = writes a file with all settings, explained and commented out
cli-help-doctor = checks settings, database and access, and says what to do
cli-help-migrate = brings the database up to this program
cli-help-invite = makes an invitation code
cli-help-backup = writes everything into one backup file, also while Themenbote is running
cli-help-restore = reads a backup file into an empty database
cli-help-recount = counts a ballot file again, without database, settings or network
cli-help-group = group people are invited to
cli-help-uses = how often the code works (1)
cli-help-days = how many days the code works (14)
cli-serving = Themenbote is running. Stop it with Ctrl+C.
cli-serving-page = Themenbote is running. Open the page: { $address } – stop with Ctrl+C.
cli-running = Themenbote runs with the folder { $folder } already. Stop the other process, or choose another folder with data_dir.
cli-page-running = The local page runs with the database { $address } already. Stop the other process, or set local.enabled to false.
cli-folder = The folder { $folder } cannot be written ({ $reason }). Set data_dir to a folder this account owns.
cli-database = The database { $address } cannot be reached: { $reason }. Check database.url and whether the server runs.
cli-schema-old = The database is of an earlier version. Make a backup, then: themenbote migrate
cli-schema-newer = The database belongs to a newer version. Start that one, or restore an older backup.
cli-schema-foreign = There are somebody else’s tables in this database. Choose an empty database with database.url.
cli-schema-empty = The database is still empty. Set it up with: themenbote migrate
cli-migrated = The database is up to date with this program.
cli-migrated-already = There was nothing to do: the database is up to date with this program.
cli-init-done = { $path } is written. All values in it are commented out and have sensible defaults.
cli-init-exists = { $path } exists already. Choose another name: themenbote init other.toml
cli-init-failed = { $path } cannot be written ({ $reason }). Choose another folder.
cli-backup-done = The backup is in { $path }. Only this account can read it; keep it as safe as the database. Secret votes that are open begin anew after a restore.
cli-backup-exists = { $path } exists already. Choose another name for the backup.
cli-backup-failed = { $path } cannot be written ({ $reason }). Choose another folder, or make room.
cli-restore-done = The backup { $path } is restored. Now start: themenbote run
cli-restore-failed = { $path } cannot be read ({ $reason }). Check the name of the file.
cli-restore-not-empty = There is something in the database { $address } already. A backup goes into an empty one only; choose another with database.url or data_dir.
cli-restore-empty = { $path } is empty. Choose a file that “themenbote backup” has written.
cli-restore-foreign = { $path } is no backup of Themenbote. Choose a file that “themenbote backup” has written.
cli-restore-newer = { $path } belongs to a newer version. Restore the backup with that one.
cli-recount-failed = { $path } cannot be read ({ $reason }). Check the name of the file.
cli-recount-file =
    Question: { $question }
    { $counted ->
        [one] One ballot
       *[other] { $counted } ballots
    }, { $entitled } entitled to vote.
cli-recount-checksum =
    Checksum (SHA-256): { $checksum }
    Compare it with the one in the record.
cli-recount-abstentions =
    { $abstentions ->
        [0] Nobody abstained.
        [one] One person abstained.
       *[other] { $abstentions } people abstained.
    }
cli-recount-figure-single = { $place }. { $option }: { $figure } votes
cli-recount-figure-approval = { $place }. { $option }: { $figure } approvals
cli-recount-figure-shares = { $place }. { $option }: { $figure } approvals
cli-recount-figure-points = { $place }. { $option }: { $figure } points
cli-recount-figure-ranking = { $place }. { $option }: { $figure } first places
cli-recount-tie = A tie of { LIST($tied) }: the lot drawn beforehand decided for { LIST($chosen) }.
cli-recount-quorum = Nothing was chosen, since { $quorum } ballots were needed.
cli-recount-winners =
    { $number ->
        [0] No option was chosen.
       *[other] Chosen: { LIST($winners) }.
    }
cli-recount-agrees = The recount agrees with the file.

doctor-level-good = Good: { $text }
doctor-level-hint = Hint: { $text }
doctor-level-wrong = Wrong: { $text }
doctor-folder = The data folder { $folder } can be written, { $megabytes } MB are free.
doctor-database = The database can be reached and is up to date.
doctor-database-empty = The database can be reached and is still empty; “themenbote run” sets it up.
doctor-database-away = The database cannot be reached: { $reason }. Check database.url.
doctor-no-admin = Nobody has the role admin yet. Invite with: themenbote invite --role admin
doctor-local = The local page is on, at { $host }:{ $port }.
