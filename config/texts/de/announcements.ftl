# Ansagen: schreiben, ansehen, senden, verfolgen, abmelden.

## Befehle
command-announcements-compose = eine Ansage schreiben und senden
command-announcements-list = alle Ansagen ansehen, mit ihrer Zustellung
command-announcements-stop = keine Ansagen mehr bekommen
command-announcements-choose = auswählen, welche Ansagen ich bekomme; STOP beendet alle

## So kommt sie an
announcements-head = <b>Ansage der Koordination</b>
announcements-head-reminder = <b>Zur Erinnerung: Ansage der Koordination</b>
announcements-body = { $text }
announcements-foot = <i>{ $category }. Keine Ansagen mehr? Schreiben Sie STOP.</i>
announcements-retracted = Diese Ansage wurde zurückgezogen.
announcements-button-read = Gelesen
announcements-read = Danke, das ist notiert.
announcements-read-already = Danke, das war schon notiert.
announcements-read-late = Diese Ansage gilt nicht mehr.
announcements-only-preview = Das ist nur die Vorschau. Gesendet wurde noch nichts.
announcements-category-news = Neuigkeiten
announcements-category-events = Termine
announcements-category-taking-part = Abstimmungen und Umfragen

## Schreiben
announcements-ask-first-text = Was möchten Sie mitteilen? Vor dem Senden sehen Sie, wie es aussieht und wen es erreicht.
announcements-ask-text-de = Wie lautet der deutsche Text?
announcements-ask-text-en = Wie lautet der englische Text?
announcements-empty = Da stand kein Text. Bitte schreiben Sie, was Sie mitteilen möchten.
announcements-unknown = Eine Ansage { $number } gibt es nicht. Alle Ansagen zeigt /ansagen.
announcements-no-draft = Ansage { $number } ist kein Entwurf mehr. Wie sie steht, zeigt /ansagen.
announcements-draft-head =
    { $languages ->
        [one] <b>Entwurf von Ansage { $number }</b>, oben so, wie sie ankommt
       *[other] <b>Entwurf von Ansage { $number }</b>, oben so, wie sie ankommt, auf Deutsch und auf Englisch
    }
announcements-draft-audience = An: { $audience }
announcements-draft-options = Art: { $category }. Mit „Gelesen“: { $confirm }. Auch wer später beitritt: { $late }.
announcements-earliest = Frühestens: { DATE($at, style: "full") }, innerhalb der üblichen Zeiten
announcements-earliest-now = Frühestens: jetzt
announcements-people =
    { $people ->
        [0] niemanden
        [one] eine Person
       *[other] { $people } Personen
    }
announcements-rooms =
    { $rooms ->
        [one] einen Raum
       *[other] { $rooms } Räume
    }
announcements-both = { announcements-people } und { announcements-rooms }
announcements-reach = Erreicht { $numbers }.
announcements-kinds = Davon { LIST($kinds) }.
announcements-kind = { $people } über { $messenger }
announcements-opening =
    { $people ->
        [one] Mit einer Person eröffne ich dafür einen direkten Chat; sie muss die Einladung annehmen.
       *[other] Mit { $people } Personen eröffne ich dafür einen direkten Chat; sie müssen die Einladung annehmen.
    }
announcements-unreachable =
    { $people ->
        [one] Eine Person hat keinen direkten Chat offen und bekommt sie nicht.
       *[other] { $people } Personen haben keinen direkten Chat offen und bekommen sie nicht.
    }
announcements-left =
    { $people ->
        [one] Eine Person hat sich davon abgemeldet.
       *[other] { $people } Personen haben sich davon abgemeldet.
    }
announcements-untranslated-en =
    { $people ->
        [one] Eine Person liest Englisch und bekommt den deutschen Text.
       *[other] { $people } Personen lesen Englisch und bekommen den deutschen Text.
    }
announcements-untranslated-de =
    { $people ->
        [one] Eine Person liest Deutsch und bekommt den englischen Text.
       *[other] { $people } Personen lesen Deutsch und bekommen den englischen Text.
    }
announcements-too-long = Das ist für { $messenger } um { $over } Zeichen zu lang; mit Kopf- und Fußzeile passen { $limit }. Bitte kürzen Sie den Text.
announcements-file-too-large = Die Datei ist für { $messenger } zu groß; möglich sind { $limit } MB. Bitte senden Sie eine kleinere.
announcements-button-file = Bild oder Datei
announcements-button-without-file = Ohne Bild und Datei
announcements-ask-file = Senden Sie das Bild oder die Datei jetzt in diesen Chat. Der Text der Ansage steht dann darunter.
announcements-no-file = Das war kein Bild und keine Datei. Bitte senden Sie eines davon, oder brechen Sie ab.
announcements-ask-alt = Was ist auf dem Bild zu sehen? Ein Satz für alle, die es nicht sehen können.
announcements-alt-empty = Bitte beschreiben Sie das Bild in Worten.
announcements-file-apart = Ein Bild oder eine Datei fügen Sie mit der Schaltfläche „Bild oder Datei“ hinzu.
announcements-button-send = Senden …
announcements-button-test = Test an mich
announcements-button-audience = Empfangende
announcements-button-also = Weitere
announcements-button-but = Ausnehmen
announcements-button-text-de = Deutscher Text
announcements-button-text-en = Englischer Text
announcements-button-category = Art
announcements-button-confirm-on = Mit „Gelesen“
announcements-button-confirm-off = Ohne „Gelesen“
announcements-button-late-on = Auch später Beigetretene
announcements-button-late-off = Nur jetzige Mitglieder
announcements-button-drop = Verwerfen
announcements-ask-category = Worum geht es? Wer sich von einer Art abgemeldet hat, bekommt sie nicht.
announcements-category-choose = Bitte wählen Sie eine der Arten, oder schreiben Sie deren Nummer.
announcements-ask-instead = An wen geht die Ansage? Wählen Sie, oder schreiben Sie zum Beispiel „Gruppe Kohorte 1“ oder „Thema 3“.
announcements-ask-also = An wen geht die Ansage außerdem? Wählen Sie, oder schreiben Sie zum Beispiel „Raum Runde“ oder „Thema 3“.
announcements-ask-but = Wer bekommt die Ansage nicht? Wählen Sie, oder schreiben Sie zum Beispiel „Gruppe Kohorte 1“.
announcements-but-all = Dann bliebe kein Mitglied übrig. Bitte nehmen Sie nur einen Teil aus, zum Beispiel „Gruppe Kohorte 1“.
announcements-dropped = Der Entwurf von Ansage { $number } ist verworfen.
announcements-kept = Gut, nichts wurde gesendet. Der Entwurf von Ansage { $number } bleibt, Sie finden ihn mit /ansagen.

## Senden
announcements-nobody = Die Ansage erreicht niemanden: { $audience }. Bitte wählen Sie andere Empfangende.
announcements-sure-now = Soll die Ansage jetzt an { $numbers } gehen?
announcements-sure-later = Jetzt ist außerhalb der üblichen Zeiten. Soll die Ansage am { DATE($at, style: "full") } an { $numbers } gehen, oder ist sie dringend?
announcements-sure-never = Soll die Ansage am { DATE($at, style: "full") } an { $numbers } gehen?
announcements-sure-weekly = Soll die Ansage jede Woche gehen, zuerst am { DATE($at, style: "full") }, nach heutigem Stand an { $numbers }?
announcements-sure-fortnightly = Soll die Ansage alle zwei Wochen gehen, zuerst am { DATE($at, style: "full") }, nach heutigem Stand an { $numbers }?
announcements-sure-monthly = Soll die Ansage jeden Monat gehen, zuerst am { DATE($at, style: "full") }, nach heutigem Stand an { $numbers }?
announcements-number-changed = Die Zahl hat sich eben geändert.
announcements-moved = Ihre Zeit, { DATE($at, style: "full") }, liegt außerhalb der üblichen Zeiten.
announcements-button-now = Jetzt senden
announcements-button-later = Dann senden
announcements-button-urgent = Dringend: sofort senden
announcements-button-at = Zu einer Zeit
announcements-button-repeat = Regelmäßig
announcements-button-not-yet = Noch nicht
announcements-button-plan = Einplanen
announcements-button-plan-urgent = Dringend: zu meiner Zeit
announcements-button-unplan = Nicht senden
announcements-ask-repeat = Wie oft soll die Ansage gehen?
announcements-repeat-weekly = Jede Woche
announcements-repeat-fortnightly = Alle zwei Wochen
announcements-repeat-monthly = Jeden Monat
announcements-repeat-choose = Bitte wählen oder schreiben Sie: jede Woche, alle zwei Wochen oder jeden Monat.
announcements-ask-time = Wann soll die Ansage gehen? Schreiben Sie zum Beispiel: morgen 9 Uhr
announcements-ask-first-time = Wann soll die Ansage zum ersten Mal gehen? Schreiben Sie zum Beispiel: morgen 9 Uhr
announcements-past = Diese Zeit ist schon vorbei. Bitte schreiben Sie eine spätere.
announcements-planned = Ansage { $number } geht am { DATE($at, style: "full") }.
announcements-planned-repeat = Ansage { $number } geht zum ersten Mal am { DATE($at, style: "full") }, dann regelmäßig.
announcements-unplanned = Ansage { $number } wird nicht gesendet und ist wieder ein Entwurf.
announcements-nobody-approves = Ansagen brauchen die Zustimmung einer zweiten Person der Koordination, und es ist niemand erreichbar. Bitte wenden Sie sich an die Administration.
announcements-requested = Ansage { $number } wartet auf die Zustimmung einer zweiten Person der Koordination.
announcements-request =
    <b>Ansage { $number } wartet auf Zustimmung</b>
    Geschrieben von { $name }. An: { $audience }. Sie erreicht { $numbers }.
announcements-request-at = Sie soll am { DATE($at, style: "full") } gehen.
announcements-request-now = Sie soll gleich gehen.
announcements-request-text-de = { $text }
announcements-request-text-en =
    Auf Englisch:
    { $text }
announcements-button-approve = Zustimmen
announcements-button-decline = Nicht zustimmen
announcements-own = Zustimmen muss eine zweite Person der Koordination.
announcements-decided = Über Ansage { $number } ist schon entschieden.
announcements-approved = Sie haben Ansage { $number } zugestimmt.
announcements-approved-at = Ansage { $number } hat die Zustimmung und geht am { DATE($at, style: "full") }.
announcements-declined = Sie haben Ansage { $number } nicht zugestimmt.
announcements-declined-yours = { $name } hat Ansage { $number } nicht zugestimmt. Die Ansage ist wieder ein Entwurf.

## Verfolgen
announcements-report-ahead = <b>Ansage { $number } geht am { DATE($at, style: "full") } hinaus</b>, an { $numbers }
announcements-report-running = <b>Ansage { $number } wird zugestellt</b>, an { $numbers }
announcements-report-done = <b>Ansage { $number } ist zugestellt</b>, an { $numbers }
announcements-report-stopped = <b>Ansage { $number } wurde angehalten</b>, gedacht für { $numbers }
announcements-report-retracted = <b>Ansage { $number } wurde zurückgezogen</b>, gegangen an { $numbers }
announcements-report-sent = Zugestellt: { $sent } von { $total }
announcements-report-waiting = Unterwegs: { $waiting }
announcements-report-read = Gelesen: { $read }
announcements-report-edited = Geändert: { $edited } von { $total }
announcements-report-unedited =
    { $people ->
        [one] Eine Nachricht ließ sich nicht mehr ändern; dort steht noch der alte Text.
       *[other] { $people } Nachrichten ließen sich nicht mehr ändern; dort steht noch der alte Text.
    }
announcements-report-unretracted =
    { $people ->
        [one] Eine Nachricht ließ sich nicht zurückholen; dort ist noch zu sehen, was gesendet wurde.
       *[other] { $people } Nachrichten ließen sich nicht zurückholen; dort ist noch zu sehen, was gesendet wurde.
    }
announcements-unchanged = { $name }: ist dort nicht gelungen. Hilft: selbst Bescheid geben.
announcements-reason-gone = Nicht zugestellt, weil der Chat geschlossen ist: { $people }
announcements-reason-declined = Nicht zugestellt, weil kein direkter Chat zustande kam: { $people }
announcements-reason-rejected = Nicht zugestellt, weil der Messenger die Nachricht ablehnt: { $people }
announcements-reason-uncertain = Vielleicht zugestellt, die Antwort des Messengers ging verloren: { $people }
announcements-reason-unreachable = Nicht zugestellt, weil der Messenger einen Tag lang nicht erreichbar war: { $people }
announcements-reason-misconfigured = Nicht zugestellt, weil die Zugangsdaten des Messengers nicht stimmen: { $people }
announcements-reason-throttled = Nicht zugestellt, weil der Messenger nicht so viel annahm: { $people }
announcements-reason-cancelled = Angehalten, bevor sie gesendet wurden: { $people }
announcements-reason-left = Nicht gesendet, weil sich jemand inzwischen abgemeldet hat: { $people }
announcements-unserved-gone = { $name }: hat den Chat geschlossen. Hilft: mich im Messenger wieder zulassen und /start schreiben.
announcements-unserved-declined = { $name }: hat die Einladung in den direkten Chat nicht angenommen. Hilft: mich selbst anschreiben.
announcements-unserved-rejected = { $name }: vom Messenger abgelehnt. Hilft: den Text kürzen oder ohne Datei senden.
announcements-unserved-uncertain = { $name }: vielleicht angekommen. Hilft: selbst nachfragen, damit niemand sie doppelt bekommt.
announcements-unserved-unreachable = { $name }: Messenger war nicht erreichbar. Hilft: noch einmal senden.
announcements-unserved-misconfigured = { $name }: Zugangsdaten stimmen nicht. Hilft: die Administration fragen.
announcements-unserved-throttled = { $name }: Messenger nahm nicht so viel an. Hilft: noch einmal senden.
announcements-somebody = Ein früheres Mitglied
announcements-missed = { $name }: hat keinen direkten Chat mit mir offen.
announcements-missed-more =
    { $people ->
        [one] Dazu eine weitere Person ohne direkten Chat.
       *[other] Dazu { $people } weitere Personen ohne direkten Chat.
    }
announcements-missed-help = Hilft: den Link aus /einladen weitergeben, er öffnet den Chat mit mir.
announcements-button-stop = Anhalten
announcements-button-edit = Text ändern
announcements-button-retract = Zurückziehen
announcements-button-chase = Erinnern
announcements-button-show = Ansage { $number }
announcements-none = Es gibt noch keine Ansage. Die erste schreiben Sie mit /ansage.
announcements-not-sent = Ansage { $number } ist nicht gesendet oder schon zurückgezogen.
announcements-stopped =
    { $people ->
        [0] Bei Ansage { $number } gab es nichts mehr anzuhalten.
        [one] Ansage { $number } ist angehalten. Eine Nachricht geht nicht mehr hinaus.
       *[other] Ansage { $number } ist angehalten. { $people } Nachrichten gehen nicht mehr hinaus.
    }
announcements-ask-edit-language = Welchen Text möchten Sie ändern?
announcements-ask-edit = Wie lautet der neue Text von Ansage { $number }? Er ersetzt den alten auch dort, wo sie schon steht.
announcements-edited = Der Text von Ansage { $number } wird überall geändert.
announcements-ask-retract = Soll Ansage { $number } zurückgezogen werden? Gegangen ist sie an { $numbers }; dort steht dann nur noch, dass sie zurückgezogen wurde.
announcements-retracting = Ansage { $number } wird überall zurückgezogen. Im Bericht steht, wo das nicht ging.
announcements-retracting-file = Was jemand schon auf dem eigenen Gerät gespeichert hat, bleibt dort.
announcements-all-read = Alle, die sie bekommen haben, haben sie gelesen.
announcements-ask-chase =
    { $people ->
        [one] Soll eine Person erinnert werden, die Ansage { $number } noch nicht als gelesen bestätigt hat?
       *[other] Sollen { $people } Personen erinnert werden, die Ansage { $number } noch nicht als gelesen bestätigt haben?
    }
announcements-chased =
    { $people ->
        [0] Heute wurde schon erinnert.
        [one] Eine Person wird erinnert.
       *[other] { $people } Personen werden erinnert.
    }
announcements-list-head =
    { $total ->
        [one] <b>Eine Ansage</b>
       *[other] <b>{ $total } Ansagen</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
announcements-line = Ansage { $number } ({ $state }): { $text }
announcements-line-at = Ansage { $number } ({ $state }, { DATE($at, style: "full") }): { $text }
announcements-state-draft = Entwurf
announcements-state-pending = wartet auf Zustimmung
announcements-state-scheduled = geplant
announcements-state-sent = gesendet
announcements-state-cancelled = verworfen
announcements-state-retracted = zurückgezogen

## Abmelden
announcements-left-all = Sie bekommen keine Ansagen und Erinnerungen mehr. Antworten auf das, was Sie hier tun, gibt es weiterhin. Mit START bekommen Sie sie wieder.
announcements-left-already = Sie bekommen schon keine Ansagen. Mit START bekommen Sie sie wieder.
announcements-stop-guest = Sie bekommen von mir keine Ansagen, denn Sie sind nicht im Programm.
announcements-choice-head = <b>Diese Ansagen gibt es:</b>
announcements-choice-on = { $category }: bekommen Sie
announcements-choice-off = { $category }: bekommen Sie nicht
announcements-button-leave = { $category } abbestellen
announcements-button-rejoin = { $category } wieder bekommen
