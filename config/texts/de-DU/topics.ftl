# Themen mit „du“.

topics-card-reply-hint = Antworte auf diese Nachricht, um zu kommentieren.

## Vorschlagen
topics-ask-question =
    Welche Frage bringst du mit?
    Am besten beginnt sie mit „Wie“, zum Beispiel: Wie erreichen wir Eltern, die nicht zum Elternabend kommen?
topics-question-empty = Bitte schreib deine Frage in Worten, zum Beispiel: Wie gewinnen wir Ehrenamtliche?
topics-ask-alike =
    { $count ->
        [one] Ein ähnliches Thema gibt es schon. Möchtest du es unterstützen?
       *[other] Ähnliche Themen gibt es schon. Möchtest du eines davon unterstützen?
    }
topics-alike-choose = Bitte wähl eine der Schaltflächen, oder schreib deren Nummer.
topics-supported-instead = Danke, deine Unterstützung zählt.
topics-ask-how =
    Deine Frage: { $question }
    Im Programm geht es vor allem um das „Wie“. Schreib die Frage neu, oder lass sie so.
topics-ask-background = Worum geht es in deiner Praxis? Ein, zwei Sätze genügen.
topics-ask-contribution = Kannst du selbst etwas beitragen?
topics-contribution-choose = Bitte wähl: Input, Praxisbeispiel, Kontakt oder Nein.
topics-ask-name =
    Soll dein Name beim Thema stehen?
    Bei „Anonym“ sieht ihn niemand im Chat. Ich merke mir nur, dass das Thema dir gehört, damit du es ändern kannst.
topics-name-choose = Bitte wähl: mit Namen oder anonym.
topics-saved = Danke, dein Thema ist vorgeschlagen.
topics-saved-waiting = Danke. Die Koordination liest dein Thema, bevor es für alle zu sehen ist.
topics-offer-rooms = Möchtest du das Thema auch in der Gruppe zeigen?

## Mitmachen
topics-supported = Danke, du unterstützt jetzt Thema { $number }.
topics-supported-already = Du unterstützt Thema { $number } schon. Zurücknehmen kannst du das im direkten Chat mit: /thema { $number }
topics-unsupported = Du unterstützt Thema { $number } nicht mehr.
topics-ask-way = Was kannst du zu Thema { $number } beitragen? Es lautet: { $question }
topics-asked-directly = Ich habe dir dazu direkt geschrieben.
topics-open-direct-first = Bitte schreib mir zuerst im direkten Chat: /start
topics-contribution-noted = Danke, dein Angebot zu Thema { $number } ist notiert.
topics-contribution-gone = Gut, zu Thema { $number } ist kein Angebot von dir notiert.
topics-ask-comment = Was möchtest du zu Thema { $number } sagen? Alle im Programm können es lesen.
topics-comment-by-reply = Antworte einfach auf die Karte, dann ist das ein Kommentar.
topics-comment-empty = Bitte schreib deinen Kommentar in Worten.
topics-comments-sent = Die Kommentare habe ich dir direkt geschickt.

## Ansehen
topics-list-mine =
    { $total ->
        [one] <b>Dein Thema</b>
       *[other] <b>Deine { $total } Themen</b>
    }{ $pages ->
        [1] { "" }
       *[other] , Seite { $page } von { $pages }
    }
topics-none = Noch gibt es keine Themen. Schlag das erste vor: /thema
topics-none-own = Du hast noch kein Thema vorgeschlagen. Das geht mit: /thema
topics-ask-number = Welches Thema? Bitte schreib seine Nummer.
topics-number-needed = Bitte schreib die Nummer des Themas, zum Beispiel 12. Die Nummern zeigt: /themen
topics-history-on = Sobald sich etwas ändert, hörst du von mir.

## Eigene Themen
topics-not-yours = Thema { $number } gehört jemand anderem. Du kannst es unterstützen oder kommentieren.
topics-too-late-to-change = Thema { $number } lässt sich in diesem Stand nicht mehr ändern. Schreib stattdessen einen Kommentar.
topics-ask-which = Was möchtest du an Thema { $number } ändern?
topics-which-choose = Bitte wähl: Frage oder Hintergrund.
topics-ask-withdraw = Möchtest du Thema { $number } wirklich zurückziehen? Es lautet: { $question }
topics-withdrawn = Thema { $number } ist zurückgezogen. Du kannst es jederzeit wieder vorschlagen: /thema { $number }

## Warum etwas nicht geht
topics-just-changed = Thema { $number } hat gerade jemand anderes geändert. Sieh bitte neu nach: /thema { $number }
topics-merge-same = Bitte nenn zwei verschiedene Themen.

## Koordination
topics-ask-reason = Warum wird Thema { $number } nicht aufgenommen? Wer es vorgeschlagen hat, liest deine Begründung.
topics-ask-source = Welches Thema soll in einem anderen aufgehen? Bitte schreib seine Nummer.
topics-ask-target =
    Thema { $number }: { $question }
    In welchem Thema soll es aufgehen? Bitte schreib dessen Nummer.

## Nachrichten an die, die das Thema vorgeschlagen haben
topics-notice-published = Dein Thema { $number } ist veröffentlicht: { $question }
topics-notice-proposed = Dein Thema { $number } steht wieder zur Auswahl: { $question }
topics-notice-on-ballot = Dein Thema { $number } ist in der Abstimmung: { $question }
topics-notice-selected = Dein Thema { $number } wurde ausgewählt: { $question }
topics-notice-unscheduled = Der Workshop zu deinem Thema { $number } ist nicht mehr geplant, ausgewählt bleibt es: { $question }
topics-notice-scheduled = Zu deinem Thema { $number } ist ein Workshop geplant: { $question }
topics-notice-held = Zu deinem Thema { $number } hat der Workshop stattgefunden: { $question }
topics-notice-not-selected = Dein Thema { $number } wurde diesmal nicht ausgewählt. Es bleibt im Rennen: { $question }
topics-notice-declined = Dein Thema { $number } wurde nicht aufgenommen: { $question }
topics-notice-declined-because =
    Dein Thema { $number } wurde nicht aufgenommen: { $question }
    Die Begründung: { $reason }
topics-notice-merged-away =
    Dein Thema { $number } ist in Thema { $into } aufgegangen: { $into_question }
    Alle, die deines unterstützt haben, zählen jetzt dort.
topics-notice-merged-here = In deinem Thema { $number } ist ein ähnliches aufgegangen: { $source_question }
