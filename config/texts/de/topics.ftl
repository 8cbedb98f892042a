# Themen: vorschlagen, unterstützen, verfolgen.

## Befehle
command-topics-propose = ein Thema vorschlagen
command-topics-list = Themen ansehen oder suchen
command-topics-show = ein Thema zeigen
command-topics-history = sehen, was aus einem Thema wurde
command-topics-merge = zwei Themen zusammenführen
command-topics-move = den Stand eines Themas setzen
command-topics-moderate = neue Themen freigeben

## Stände
topics-state-waiting = wartet auf Freigabe
topics-state-proposed = vorgeschlagen
topics-state-on-ballot = in der Abstimmung
topics-state-selected = ausgewählt
topics-state-scheduled = Workshop geplant
topics-state-held = Workshop gehalten
topics-state-not-selected = diesmal nicht ausgewählt
topics-state-withdrawn = zurückgezogen
topics-state-declined = nicht aufgenommen
topics-state-merged = zusammengeführt

## Die Karte
topics-unnamed = eine ungenannte Person
topics-former = Ehemaliges Mitglied
topics-card-head = <b>Thema { $number }:</b> { $question }
topics-card-background = <i>{ $background }</i>
topics-card-author = Von { $name }. Stand: { $state }.
topics-card-unnamed = Anonym vorgeschlagen. Stand: { $state }.
topics-card-support =
    { $supporters ->
        [0] Noch keine Unterstützung
        [one] Eine Person unterstützt es
       *[other] { $supporters } Personen unterstützen es
    }, { $comments ->
        [0] noch kein Kommentar.
        [one] ein Kommentar.
       *[other] { $comments } Kommentare.
    }
topics-card-contributors = Beitragen können: { LIST($names) }.
topics-card-merged = Es ist in Thema { $into } aufgegangen.
topics-card-reply-hint = Antworten Sie auf diese Nachricht, um zu kommentieren.
topics-contributor-input = { $name } (Input)
topics-contributor-example = { $name } (Praxisbeispiel)
topics-contributor-contact = { $name } (Kontakt)
topics-contributors-more =
    { $more ->
        [one] eine weitere Person
       *[other] { $more } weitere
    }
topics-button-support = Unterstützen
topics-button-unsupport = Nicht mehr unterstützen
topics-button-contribute = Ich kann beitragen
topics-button-comment = Kommentieren
topics-button-comments = Kommentare lesen
topics-button-edit = Ändern
topics-button-withdraw = Zurückziehen
topics-button-restore = Wieder vorschlagen
topics-button-history = Was wurde daraus?
topics-button-approve = Freigeben
topics-button-decline = Nicht aufnehmen
topics-button-merge = Zusammenführen
topics-button-move = Stand ändern
topics-button-card = Thema { $number }

## Vorschlagen
topics-ask-question =
    Welche Frage bringen Sie mit?
    Am besten beginnt sie mit „Wie“, zum Beispiel: Wie erreichen wir Eltern, die nicht zum Elternabend kommen?
topics-question-empty = Bitte schreiben Sie Ihre Frage in Worten, zum Beispiel: Wie gewinnen wir Ehrenamtliche?
topics-ask-alike =
    { $count ->
        [one] Ein ähnliches Thema gibt es schon. Möchten Sie es unterstützen?
       *[other] Ähnliche Themen gibt es schon. Möchten Sie eines davon unterstützen?
    }
topics-alike-line = Thema { $number }: { $question }
topics-alike-choose = Bitte wählen Sie eine der Schaltflächen, oder schreiben Sie deren Nummer.
topics-button-support-number = Thema { $number } unterstützen
topics-button-anyway = Trotzdem vorschlagen
topics-supported-instead = Danke, Ihre Unterstützung zählt.
topics-ask-how =
    Ihre Frage: { $question }
    Im Programm geht es vor allem um das „Wie“. Schreiben Sie die Frage neu, oder lassen Sie sie so.
topics-button-keep = So lassen
topics-ask-background = Worum geht es in Ihrer Praxis? Ein, zwei Sätze genügen.
topics-ask-contribution = Können Sie selbst etwas beitragen?
topics-way-input = Input
topics-way-example = Praxisbeispiel
topics-way-contact = Kontakt
topics-way-nothing = Nein
topics-contribution-choose = Bitte wählen Sie: Input, Praxisbeispiel, Kontakt oder Nein.
topics-ask-name =
    Soll Ihr Name beim Thema stehen?
    Bei „Anonym“ sieht ihn niemand im Chat. Ich merke mir nur, dass das Thema Ihnen gehört, damit Sie es ändern können.
topics-button-named = Mit Namen: { $name }
topics-button-anonymous = Anonym
topics-name-choose = Bitte wählen Sie: mit Namen oder anonym.
topics-saved = Danke, Ihr Thema ist vorgeschlagen.
topics-saved-waiting = Danke. Die Koordination liest Ihr Thema, bevor es für alle zu sehen ist.
topics-offer-rooms = Möchten Sie das Thema auch in der Gruppe zeigen?
topics-button-show-room = In „{ $room }“ zeigen
topics-shown-in-room = Das Thema steht jetzt in „{ $room }“.

## Mitmachen
topics-supported = Danke, Sie unterstützen jetzt Thema { $number }.
topics-supported-already = Sie unterstützen Thema { $number } schon. Zurücknehmen können Sie das im direkten Chat mit: /thema { $number }
topics-unsupported = Sie unterstützen Thema { $number } nicht mehr.
topics-ask-way = Was können Sie zu Thema { $number } beitragen? Es lautet: { $question }
topics-asked-directly = Ich habe Ihnen dazu direkt geschrieben.
topics-open-direct-first = Bitte schreiben Sie mir zuerst im direkten Chat: /start
topics-contribution-noted = Danke, Ihr Angebot zu Thema { $number } ist notiert.
topics-contribution-gone = Gut, zu Thema { $number } ist kein Angebot von Ihnen notiert.
topics-ask-comment = Was möchten Sie zu Thema { $number } sagen? Alle im Programm können es lesen.
topics-comment-by-reply = Antworten Sie einfach auf die Karte, dann ist das ein Kommentar.
topics-comment-empty = Bitte schreiben Sie Ihren Kommentar in Worten.
topics-commented = Notiert als Kommentar zu Thema { $number }.
topics-no-comments = Zu Thema { $number } gibt es noch keinen Kommentar.
topics-comments-sent = Die Kommentare habe ich Ihnen direkt geschickt.
topics-comments-head =
    { $total ->
        [one] <b>Ein Kommentar zu Thema { $number }</b>
       *[other] <b>{ $total } Kommentare zu Thema { $number }</b>, die ältesten zuerst
    }: { $question }
topics-comment-line = <b>{ $name }</b> am { DATE($at, style: "day") }: { $text }

## Ansehen
topics-list-all =
    { $total ->
        [one] <b>Ein Thema</b>
       *[other] <b>{ $total } Themen</b>, die mit der meisten Unterstützung zuerst
    }{ $pages ->
        [1] { "" }
       *[other] , Seite { $page } von { $pages }
    }
topics-list-mine =
    { $total ->
        [one] <b>Ihr Thema</b>
       *[other] <b>Ihre { $total } Themen</b>
    }{ $pages ->
        [1] { "" }
       *[other] , Seite { $page } von { $pages }
    }
topics-list-found =
    { $total ->
        [one] <b>Ein Thema</b> zu „{ $words }“
       *[other] <b>{ $total } Themen</b> zu „{ $words }“
    }{ $more ->
        [0] { "" }
       *[other] , die ersten { $shown }
    }
topics-line =
    { $place }. { $question }
    Thema { $number }: { $supporters ->
        [0] noch ohne Unterstützung
        [one] eine Person unterstützt es
       *[other] { $supporters } Personen unterstützen es
    }
topics-line-state = , { $state }
topics-none = Noch gibt es keine Themen. Schlagen Sie das erste vor: /thema
topics-none-own = Sie haben noch kein Thema vorgeschlagen. Das geht mit: /thema
topics-none-found = Zu „{ $words }“ gibt es kein Thema. Alle Themen zeigt: /themen
topics-ask-number = Welches Thema? Bitte schreiben Sie seine Nummer.
topics-number-needed = Bitte schreiben Sie die Nummer des Themas, zum Beispiel 12. Die Nummern zeigt: /themen
topics-unknown = Thema { $number } gibt es nicht. Alle Themen zeigt: /themen
topics-history-head = <b>Thema { $number }:</b> { $question }
topics-step = { DATE($at, style: "day") }: { $state }
topics-history-on = Sobald sich etwas ändert, hören Sie von mir.

## Eigene Themen
topics-not-yours = Thema { $number } gehört jemand anderem. Sie können es unterstützen oder kommentieren.
topics-too-late-to-change = Thema { $number } lässt sich in diesem Stand nicht mehr ändern. Schreiben Sie stattdessen einen Kommentar.
topics-edit-directly = Bitte im direkten Chat ändern, mit: /thema { $number }
topics-ask-which = Was möchten Sie an Thema { $number } ändern?
topics-which-choose = Bitte wählen Sie: Frage oder Hintergrund.
topics-button-question = Die Frage
topics-button-background = Den Hintergrund
topics-ask-new-question =
    Bisher: { $question }
    Wie soll die Frage lauten?
topics-ask-new-background =
    { $known ->
        [no] Bisher steht kein Hintergrund beim Thema.
       *[yes] Bisher: { $background }
    }
    Wie soll der Hintergrund lauten?
topics-button-no-background = Ohne Hintergrund
topics-changed = Thema { $number } ist geändert.
topics-ask-withdraw = Möchten Sie Thema { $number } wirklich zurückziehen? Es lautet: { $question }
topics-withdrawn = Thema { $number } ist zurückgezogen. Sie können es jederzeit wieder vorschlagen: /thema { $number }
topics-restored = Thema { $number } ist wieder vorgeschlagen.
topics-restored-waiting = Thema { $number } ist wieder vorgeschlagen. Die Koordination liest es, bevor es für alle zu sehen ist.

## Warum etwas nicht geht
topics-closed = Thema { $number } ist abgeschlossen oder zurückgezogen, da geht das nicht mehr. Offene Themen zeigt: /themen
topics-merged-away = Thema { $number } ist bereits in Thema { $into } aufgegangen. Es geht dort weiter: /thema { $into }
topics-no-such-move = Der Stand von Thema { $number } lässt sich so nicht ändern. Den Weg bis hierher zeigt: /werdegang { $number }
topics-just-changed = Thema { $number } hat gerade jemand anderes geändert. Sehen Sie bitte neu nach: /thema { $number }
topics-decided-already = Über Thema { $number } ist schon entschieden.
topics-not-mergeable = Thema { $number } lässt sich in diesem Stand nicht zusammenführen.
topics-merge-same = Bitte nennen Sie zwei verschiedene Themen.
topics-state-choose = Thema { $number } ist im Stand „{ $state }“. Als Nächstes möglich: { LIST($states) }.

## Koordination
topics-moderate =
    Ein neues Thema wartet auf Freigabe.
    <b>Thema { $number }:</b> { $question }
    { $background }
topics-moderated =
    Dieses Thema wartet nicht mehr auf Freigabe.
    <b>Thema { $number }:</b> { $question }
    Stand: { $state }.
topics-none-waiting = Zurzeit wartet kein Thema auf Freigabe.
topics-more-waiting =
    { $more ->
        [one] Ein weiteres Thema wartet.
       *[other] { $more } weitere Themen warten.
    }
topics-approved = Thema { $number } ist freigegeben.
topics-declined = Thema { $number } ist nicht aufgenommen.
topics-ask-reason = Warum wird Thema { $number } nicht aufgenommen? Wer es vorgeschlagen hat, liest Ihre Begründung.
topics-ask-source = Welches Thema soll in einem anderen aufgehen? Bitte schreiben Sie seine Nummer.
topics-ask-target =
    Thema { $number }: { $question }
    In welchem Thema soll es aufgehen? Bitte schreiben Sie dessen Nummer.
topics-ask-merge =
    Thema { $source }: { $source_question }
    soll aufgehen in
    Thema { $target }: { $target_question }
    Unterstützung, Angebote und Kommentare ziehen um. Das lässt sich nicht zurücknehmen.
topics-button-merge-yes = Ja, zusammenführen
topics-merged = Thema { $source } ist jetzt Teil von Thema { $target }.
topics-ask-state =
    Thema { $number }: { $question }
    Jetzt: { $state }. Was ist der neue Stand?
topics-moved = Thema { $number } hat jetzt den Stand „{ $state }“.

## Nachrichten an die, die das Thema vorgeschlagen haben
topics-notice-published = Ihr Thema { $number } ist veröffentlicht: { $question }
topics-notice-proposed = Ihr Thema { $number } steht wieder zur Auswahl: { $question }
topics-notice-on-ballot = Ihr Thema { $number } ist in der Abstimmung: { $question }
topics-notice-selected = Ihr Thema { $number } wurde ausgewählt: { $question }
topics-notice-unscheduled = Der Workshop zu Ihrem Thema { $number } ist nicht mehr geplant, ausgewählt bleibt es: { $question }
topics-notice-scheduled = Zu Ihrem Thema { $number } ist ein Workshop geplant: { $question }
topics-notice-held = Zu Ihrem Thema { $number } hat der Workshop stattgefunden: { $question }
topics-notice-not-selected = Ihr Thema { $number } wurde diesmal nicht ausgewählt. Es bleibt im Rennen: { $question }
topics-notice-declined = Ihr Thema { $number } wurde nicht aufgenommen: { $question }
topics-notice-declined-because =
    Ihr Thema { $number } wurde nicht aufgenommen: { $question }
    Die Begründung: { $reason }
topics-notice-merged-away =
    Ihr Thema { $number } ist in Thema { $into } aufgegangen: { $into_question }
    Alle, die Ihres unterstützt haben, zählen jetzt dort.
topics-notice-merged-here = In Ihrem Thema { $number } ist ein ähnliches aufgegangen: { $source_question }
