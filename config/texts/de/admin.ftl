# Administration: Rollen, Protokoll, Einstellungen, Löschen im Auftrag.

## Befehle
command-admin-role = die Rolle eines Mitglieds ändern
command-admin-remove = Daten eines Mitglieds im Auftrag löschen
command-admin-log = sehen, was Koordination und Administration getan haben
command-admin-settings = sehen, was eingestellt ist

admin-ask-whose-role = Wessen Rolle möchten Sie ändern? Schreiben Sie den Namen.
admin-ask-role = { $name } hat die Rolle { $role }. Welche Rolle soll es werden?
admin-role-set = { $name } hat jetzt die Rolle { $role }.
admin-role-same = { $name } hat schon die Rolle { $role }.
admin-role-yours = Ihre Rolle ist jetzt: { $role }. Was Sie damit tun können, zeigt /hilfe.
admin-last = Das ist die letzte Person mit der Rolle Administration. Geben Sie die Rolle zuerst jemand anderem.
admin-gone-already = Dieses Mitglied gibt es nicht mehr. Alle Namen zeigt /mitglieder.
admin-ask-whom = Wessen Daten sollen gelöscht werden? Schreiben Sie den Namen.
admin-ask-remove =
    Soll ich { $name } endgültig löschen? Name, Konten, Gruppen, Angaben und Unterstützungen gehen verloren.
    Es bleiben Themen und Kommentare ohne Namen sowie anonyme und geheime Beiträge.
admin-button-remove = Endgültig löschen
admin-removed = { $name } ist gelöscht. Themen und Kommentare stehen ohne Namen da, anonyme und geheime Beiträge bleiben.

admin-settings-head = <b>Das ist eingestellt:</b>
admin-settings-programme = Programm: { $programme }, Zeitzone: { $timezone }
admin-settings-language = Sprache ohne eigene Wahl: { $language }
admin-settings-join = Beitreten: { $join }
admin-join-invite = mit Einladung
admin-join-room = über den Link im Gruppenraum oder mit Einladung
admin-join-open = alle, die möchten
admin-settings-approval = Zustimmung einer zweiten Person zu Ansagen: { $on }
admin-settings-moderation = Freigabe neuer Themen durch die Koordination: { $on }
admin-settings-privacy = Anonyme Ergebnisse ab { $threshold } Antworten, Datenschutzhinweis in Fassung { $version }
admin-settings-change = Geändert wird das in der Datei themenbote.toml und gilt nach einem Neustart.

## Protokoll
admin-log-empty = Das Protokoll ist noch leer.
admin-log-head =
    { $total ->
        [one] <b>Ein Eintrag im Protokoll</b>
       *[other] <b>{ $total } Einträge im Protokoll</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
audit-line = { $at }: { $actor } { $did }
audit-nobody = Themenbote oder ein früheres Mitglied
audit-former = Mitglied Nr. { $number } (gelöscht)
audit-admin-remove = hat Mitglied Nr. { $one } gelöscht.
audit-admin-role = hat { $one } die Rolle { $two } gegeben.
audit-announcements-approve = hat Ansage { $one } zugestimmt.
audit-announcements-chase = hat an Ansage { $one } erinnert.
audit-announcements-decline = hat Ansage { $one } nicht zugestimmt.
audit-announcements-edit = hat den Text von Ansage { $one } geändert.
audit-announcements-retract = hat Ansage { $one } zurückgezogen.
audit-announcements-schedule = hat Ansage { $one } eingeplant.
audit-announcements-send = hat Ansage { $one } gesendet.
audit-announcements-stop = hat die Zustellung von Ansage { $one } angehalten.
audit-announcements-unplan = hat Ansage { $one } aus der Planung genommen.
audit-contact-close = hat Anfrage { $one } abgeschlossen.
audit-people-create-group = hat die Gruppe „{ $one }“ angelegt.
audit-people-invite = hat Einladung Nr. { $one } für die Rolle { $two } erstellt.
audit-people-join-group = hat { $two } in die Gruppe „{ $one }“ aufgenommen.
audit-people-leave-group = hat { $two } aus der Gruppe „{ $one }“ genommen.
audit-people-revoke = hat Einladung Nr. { $one } widerrufen.
audit-votes-create = hat Abstimmung { $one } angelegt.
audit-votes-close = hat Abstimmung { $one } beendet.
audit-votes-cancel = hat Abstimmung { $one } abgesagt.
audit-votes-extend = hat Abstimmung { $one } verlängert.
audit-rooms-connect = hat den Raum „{ $one }“ verbunden.
audit-rooms-disconnect = hat den Raum „{ $one }“ getrennt.
audit-rooms-language = hat im Raum „{ $one }“ die Sprache { $two } gewählt.
audit-topics-approve = hat Thema { $one } freigegeben.
audit-topics-decline = hat Thema { $one } nicht aufgenommen.
audit-topics-merge = hat Thema { $one } mit Thema { $two } zusammengeführt.
audit-topics-move = hat Thema { $one } auf „{ $two }“ gesetzt.
