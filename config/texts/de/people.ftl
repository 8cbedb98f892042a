# Menschen: beitreten, eigene Angaben, Einladungen, Gruppen.

## Befehle
command-people-start = beginnen, auch mit Einladungscode
command-people-privacy = Hinweise zum Datenschutz lesen
command-people-me = eigene Angaben sehen und ändern
command-people-name = den eigenen Namen ändern
command-people-form = die Anrede wählen
command-people-messenger = den bevorzugten Messenger wählen
command-people-quiet = die eigene Ruhezeit sehen und ändern
command-people-language = die Sprache wählen
command-people-invite = zum Programm einladen
command-people-invitations = offene Einladungen sehen und widerrufen
command-people-groups = Gruppen ansehen
command-people-group = eine Gruppe anlegen, ansehen oder ändern
command-people-members = Mitglieder ansehen, auch einer Gruppe

## Beitreten
people-join-first = Dafür müssen Sie dem Programm beitreten. Schreiben Sie mir dazu im direkten Chat /start.
people-guest-invite =
    Willkommen bei { $programme }!
    Zum Mitmachen brauchen Sie eine Einladung der Koordination. Öffnen Sie deren Link, oder schreiben Sie hier den Code.
people-guest-room =
    Willkommen bei { $programme }!
    Zum Mitmachen öffnen Sie den Link, den ich in Ihren Gruppenraum geschrieben habe. Haben Sie einen Einladungscode, schreiben Sie ihn hier.
people-guest-open = Bei { $programme } können Sie auch ohne Einladung mitmachen: Schreiben Sie /start. Haben Sie einen anderen Code, schreiben Sie ihn hier.
people-invitation-unknown = Diesen Einladungscode gibt es nicht. Bitte prüfen Sie ihn, oder bitten Sie die Koordination um einen neuen.
people-invitation-spent = Diese Einladung ist verbraucht, abgelaufen oder widerrufen. Bitte fragen Sie die Koordination nach einer neuen.
people-invitation-unclear = Das ist kein Einladungscode. Er besteht aus Buchstaben und Ziffern, zum Beispiel „K7M2Q9XA“.
people-privacy = { $programme } speichert Ihren Namen, Ihr Konto in diesem Messenger und das, was Sie hier beitragen. Die Angaben dienen nur diesem Programm und werden nicht weitergegeben. Ihre Einwilligung ist freiwillig, und die Koordination löscht Ihre Daten jederzeit auf Wunsch.
people-channel-telegram = Chats mit Telegram-Bots sind nicht Ende-zu-Ende-verschlüsselt: Telegram könnte mitlesen.
people-channel-matrix = Matrix verschlüsselt Ende zu Ende, wenn die Verschlüsselung in diesem Chat eingeschaltet ist. Reaktionen bleiben immer unverschlüsselt.
people-channel-local = Die lokale Seite nutzt keinen Messenger: Alles bleibt auf dem Rechner, auf dem Themenbote läuft.
people-ask-consent = Sind Sie damit einverstanden?
people-agree = Einverstanden
people-decline = Nicht einverstanden
people-declined = In Ordnung, ich nehme Sie nicht auf. Wenn Sie es sich anders überlegen, schreiben Sie /start.
people-declined-late = Sie sind schon Mitglied. Sollen Ihre Daten gelöscht werden, wenden Sie sich bitte an die Koordination.
people-welcome = Willkommen bei { $programme }, { $name }!
people-welcome-name = Ich nenne Sie hier „{ $name }“. Einen anderen Namen wählen Sie mit /name.
people-nameless = Neues Mitglied
people-standing = Ihre Rolle: { $role }.
people-standing-groups = Ihre Rolle: { $role }. Ihre Gruppen: { LIST($groups) }.
people-first-steps = Zum Ausprobieren: Mit /thema schlagen Sie eine Frage aus Ihrer Praxis vor. Mit /themen sehen Sie, was andere beschäftigt.
people-try-propose = Thema vorschlagen
people-try-list = Themen ansehen
people-try-help = Hilfe
people-greeting = Guten Tag, { $name }! Sie sind schon dabei. Alles, was hier geht, zeigt /hilfe.
people-subscribed-again = Sie bekommen jetzt wieder Ansagen.
people-nothing-new = Diese Einladung bringt nichts Neues und bleibt unverbraucht.
people-something-new = Die Einladung ist angenommen.

## Eigene Angaben
people-me = <b>{ $name }</b>
people-me-role = Rolle: { $role }
people-me-groups = Gruppen: { LIST($groups) }
people-me-no-groups = keine
people-me-language = Sprache: { $language }
people-me-form = Anrede: { $form }
people-me-messenger = Bevorzugter Messenger: { $messenger }
people-me-quiet = Ruhezeit: { $quiet }
people-change-name = Namen ändern
people-change-language = Sprache ändern
people-change-form = Anrede ändern
people-change-messenger = Messenger ändern
people-change-quiet = Ruhezeit ändern
people-ask-name = Bisher heißen Sie hier „{ $name }“. Wie möchten Sie heißen?
people-name-empty = Ein Name braucht Buchstaben oder Ziffern. Bitte schreiben Sie, wie Sie heißen möchten.
people-name-short = Ein Name braucht mindestens zwei Zeichen. Bitte schreiben Sie ihn aus.
people-name-taken = So heißt schon ein anderes Mitglied. Ergänzen Sie zum Beispiel Ihren Ort: „{ $name }, Musterstadt“.
people-renamed = Sie heißen hier jetzt „{ $name }“.
people-ask-language = Welche Sprache soll ich sprechen?
people-language-set = Ich schreibe Ihnen ab jetzt auf Deutsch.
people-language-room = Ich schreibe in diesem Raum ab jetzt auf Deutsch.
people-language-unknown = Diese Sprache spreche ich noch nicht. Möglich sind „Deutsch“ und „English“.
people-ask-form = Wie soll ich Sie ansprechen?
people-form-sie = „Sie“
people-form-du = „Du“
people-form-leicht = Leichte Sprache
people-form-set = Gut, die Anrede ist jetzt: { $form }.
people-form-unknown = Diese Anrede kenne ich nicht. Möglich sind „Sie“ und „Du“.
people-ask-messenger = Wo soll ich Ihnen schreiben?
people-messenger-set = Ich schreibe Ihnen ab jetzt hier: { $messenger }.
people-messenger-unknown = Diesen Messenger nutzen Sie hier nicht. Möglich sind { LIST($messengers) }.
people-one-messenger = Sie nutzen nur einen Messenger, es gibt also nichts zu wählen.
people-quiet-hours = { $start } bis { $end } Uhr
people-quiet-none = keine
people-ask-quiet =
    Ihre Ruhezeit bisher: { $quiet }.
    Wann soll ich Ihnen keine Erinnerungen schicken? Schreiben Sie zum Beispiel „20 bis 7 Uhr“.
people-quiet-off = Keine Ruhezeit
people-quiet-set = Von { $start } bis { $end } Uhr schicke ich Ihnen ab jetzt keine Erinnerungen.
people-quiet-cleared = Sie haben jetzt keine eigene Ruhezeit. Erinnerungen kommen zu den üblichen Zeiten.
people-quiet-unclear = Diese Ruhezeit verstehe ich nicht. Schreiben Sie zum Beispiel „20 bis 7 Uhr“ oder „aus“.

## Einladungen
people-invite-ask-role =
    Wozu laden Sie ein?
    In einer Nachricht geht es auch: <code>/einladen teilnehmende gruppe=Kohorte 1 anzahl=10 tage=30</code>
people-invite-ask-group = In welche Gruppe sollen die Eingeladenen kommen?
people-invite-no-group = In keine Gruppe
people-invite-ask-uses = Wie viele Personen dürfen mit der Einladung beitreten? Schreiben Sie eine Zahl.
people-invite-uses =
    { $number ->
        [one] Eine Person
       *[other] { $number } Personen
    }
people-invite-ask-days = Wie viele Tage soll die Einladung gelten? Schreiben Sie eine Zahl.
people-invite-days = { $number } Tage
people-invite-uses-wrong = Für die Zahl der Personen brauche ich eine ganze Zahl von 1 bis { $most }.
people-invite-days-wrong = Für die Gültigkeit brauche ich eine ganze Zahl von 1 bis { $most } Tagen.
people-invite-unclear = „{ $words }“ verstehe ich nicht. Nennen Sie genau eine Rolle, und schreiben Sie Gruppen so: <code>gruppe=Kohorte 1</code>
people-invite-too-high = Für diese Rolle kann nur die Administration einladen.
people-invited = Die Einladung ist fertig. Geben Sie Code, Link oder Bild weiter.
people-invited-code = Die Einladung ist fertig. Geben Sie Code und Adresse weiter.
people-invited-terms =
    Code: <code>{ $code }</code>
    { $role }, { $group }, für { $uses ->
        [one] eine Person
       *[other] { $uses } Personen
    }, gültig bis { DATE($expires, style: "day") }.
people-invited-link = { $messenger }: <a href="{ $link }">{ $link }</a>
people-invited-address = { $messenger }: den Code im direkten Chat an <a href="{ $link }">{ $link }</a> schreiben
people-invited-file = einladung
people-invited-picture = QR-Code, der den ersten Einladungslink öffnet.
people-in-group = Gruppe „{ $group }“
people-groupless = ohne Gruppe
people-invitations-head =
    { $total ->
        [one] <b>Eine offene Einladung</b>
       *[other] <b>{ $total } offene Einladungen</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
people-invitations-none = Es gibt keine offenen Einladungen. Eine neue erstellen Sie mit /einladen.
people-invitations-line =
    <code>{ $code }</code>: { $role }, { $group }, noch für { $uses ->
        [one] eine Person
       *[other] { $uses } Personen
    }, gültig bis { DATE($expires, style: "day") }
people-revoke = { $code } widerrufen
people-revoked = Die Einladung { $code } ist widerrufen.
people-revoked-already = Diese Einladung gilt schon nicht mehr. Die offenen zeigt /einladungen.

## Gruppen und Mitglieder
people-unknown = Ein Mitglied „{ $name }“ gibt es nicht. Alle Namen zeigt /mitglieder.
people-ambiguous = Mehrere Mitglieder heißen „{ $name }“. Eines davon muss seinen Namen zuerst mit /name ändern.
people-no-group = Eine Gruppe „{ $name }“ gibt es nicht. Alle Gruppen zeigt /gruppen.
people-groups-none = Es gibt noch keine Gruppe. Die erste legen Sie mit /gruppe und ihrem Namen an.
people-groups-head =
    { $total ->
        [one] <b>Eine Gruppe</b>
       *[other] <b>{ $total } Gruppen</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
people-groups-line =
    { $group }: { $members ->
        [0] noch niemand
        [one] ein Mitglied
       *[other] { $members } Mitglieder
    }
people-show-group = { $group } ansehen
people-ask-group = Um welche Gruppe geht es? Schreiben Sie ihren Namen.
people-group-nameless = Der Name einer Gruppe braucht Buchstaben oder Ziffern. Schreiben Sie zum Beispiel „Kohorte 1“.
people-ask-create-group = Die Gruppe „{ $group }“ gibt es noch nicht. Soll ich sie anlegen?
people-create-group = Anlegen
people-group-created = Die Gruppe „{ $group }“ ist angelegt. Mitglieder nehmen Sie so auf: <code>/gruppe { $group } + Name</code>
people-group-empty = In der Gruppe „{ $group }“ ist noch niemand. Mitglieder nehmen Sie so auf: <code>/gruppe { $group } + Name</code>
people-group-added = { $name } gehört jetzt zur Gruppe „{ $group }“.
people-group-removed = { $name } gehört nicht mehr zur Gruppe „{ $group }“.
people-in-group-already = { $name } gehört schon zur Gruppe „{ $group }“.
people-not-in-group = { $name } gehört nicht zur Gruppe „{ $group }“.
people-everybody = Alle Mitglieder
people-members-head =
    <b>{ $group }</b>: { $total ->
        [one] eine Person
       *[other] { $total } Personen
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
people-members-line = { $name }: { $role }
