# Die Wörter der lokalen Seite selbst, ohne das, was der Themenbote schreibt.

page-title = Themenbote
page-assistant = Themenbote
page-noscript = Diese Seite braucht JavaScript. Bitte schalten Sie es für diese Adresse ein.
page-you = Sie

# Rahmen
page-chooser = Wer wird gezeigt?
page-chooser-one = Sie sind gerade
page-skip = Zu { $name } springen
page-people = Personen
page-help = So geht’s
page-dark = Dunkel
page-light = Hell
page-close = Schließen
page-cancel = Abbrechen
page-lost = Die Verbindung ist unterbrochen. Sie können weiterschreiben, alles wird nachgereicht.
page-back = Die Verbindung steht wieder.
page-role-officer = Integration vor Ort
page-role-partner = Zivilgesellschaft
page-role-coordination = Programm-Team
page-role-newcomer = kommt neu dazu

# Eine Person und ihre Chats
page-chats = Chats von { $name }
page-log = Verlauf von { $chat }, gesehen von { $name }
page-unread-one = { $count } neue Nachricht
page-unread-other = { $count } neue Nachrichten
page-news = { $name }, { $chat }: { $unread }.
page-more = Mehr
page-more-for = Mehr zu { $chat }
page-leave-room = Runde verlassen
page-leave-direct = Themenbote blockieren
page-join = Wieder beitreten
page-begin = Chat beginnen
page-begin-again = Chat wieder öffnen
page-gate-new-direct = Hier beginnt das Gespräch mit dem Themenboten. Er schreibt Ihnen erst, wenn Sie den Chat öffnen.
page-gate-left-direct = Sie haben den Themenboten blockiert. Er kann Ihnen nicht mehr schreiben.
page-gate-left-room = Sie haben die Runde verlassen. Was dort geschrieben wird, sehen Sie erst nach der Rückkehr.
page-empty-direct = Noch keine Nachrichten. Schreiben Sie zum Beispiel „themen“ oder „hilfe“.
page-empty-room = Noch keine Nachrichten in dieser Runde.

# Nachrichten
page-older = Ältere Nachrichten laden
page-older-done-one = { $count } ältere Nachricht geladen.
page-older-done-other = { $count } ältere Nachrichten geladen.
page-newest = Zu den neuen Nachrichten
page-reply = Antworten
page-reply-to = { $name } antworten
page-edit = Bearbeiten
page-quote = Antwort auf { $name }: { $text }
page-older-message = eine frühere Nachricht
page-edited = bearbeitet
page-sending = wird gesendet …
page-waiting = wird bearbeitet …
page-delayed = gespeichert, wird bearbeitet, sobald der Themenbote wieder erreichbar ist
page-taken = angekommen
page-buttons = Auswahl zu dieser Nachricht
page-picture = Bild „{ $name }“ in voller Größe öffnen
page-file = Datei „{ $name }“ herunterladen
page-event-opened-you = Sie haben den Chat geöffnet.
page-event-left-you = Sie haben den Chat verlassen.
page-event-left = { $name } hat die Runde verlassen.
page-event-joined-you = Sie sind wieder dabei.
page-event-joined = { $name } ist wieder dabei.

# Schreiben
page-write = Nachricht schreiben
page-compose = Nachricht an { $chat }
page-keys = Eingabetaste sendet, Umschalt und Eingabetaste beginnt eine neue Zeile.
page-attach = Bild oder Datei senden
page-uploading = „{ $name }“ wird hochgeladen.
page-error-upload = „{ $name }“ ließ sich nicht hochladen. Bitte versuchen Sie es noch einmal.
page-error-large = Diese Datei ist zu groß. Möglich sind { $most } MB.
page-send = Senden
page-save = Änderung speichern
page-replying = Antwort an { $name }
page-editing = Nachricht bearbeiten
page-cancel-reply = Antwort abbrechen
page-cancel-edit = Bearbeiten abbrechen

# Was nicht ging
page-error-malformed = Das konnte nicht gelesen werden. Bitte kürzen oder ändern Sie den Text.
page-error-long = Das sind { $count } Zeichen. In eine Nachricht passen höchstens { $most }.
page-error-unknown = Das gibt es hier nicht mehr. Bitte laden Sie die Seite neu.
page-error-absent = Sie sind nicht in diesem Chat. Bitte öffnen Sie ihn zuerst wieder.
page-error-foreign = Sie können nur eigene Nachrichten bearbeiten.
page-error-unstored = Die Seite kann gerade nichts speichern. Ihre Nachricht bleibt hier und wird weiter versucht.

# Einladung über einen Link
page-start-title = Wer öffnet diesen Link?
page-start-text = Der Link öffnet den Chat mit dem Themenboten. Wählen Sie die Person, die ihn benutzt.
page-start-go = Link öffnen

# Erste Schritte
page-help-title = Zum Ausprobieren
page-help-intro = Diese Seite ist ein kleiner Messenger auf Ihrem Rechner. Sie sind hier alle Personen zugleich.
page-help-1 = Wählen Sie oben, wessen Sicht Sie sehen möchten. Je nach Breite passen bis zu vier nebeneinander.
page-help-2 = Schreiben Sie als Musterstadt in der Runde: „/thema Wie erreichen wir neu Zugezogene?“
page-help-3 = Wechseln Sie zu einer anderen Person. Unterstützen Sie das Thema dort mit einem Knopf auf der Karte.
page-help-4 = Antworten Sie in der Runde auf eine Karte. Ihre Antwort wird zum Kommentar.
page-help-5 = Führen Sie als Koordination zwei ähnliche Themen zusammen.
page-help-6 = „hilfe“ zeigt jederzeit, was gerade möglich ist.
page-help-keys = Mit der Tastatur
page-help-key-enter = Eingabetaste
page-help-key-enter-does = senden; auf einer Nachricht: antworten
page-help-key-newline = Umschalt + Eingabetaste
page-help-key-newline-does = neue Zeile
page-help-key-up = Pfeil nach oben
page-help-key-up-does = aus dem leeren Textfeld zur letzten Nachricht, dann von Nachricht zu Nachricht
page-help-key-tab = Tabulator
page-help-key-tab-does = zu den Knöpfen der Nachricht
page-help-key-letters = R, E
page-help-key-letters-does = auf einer Nachricht: antworten, die eigene bearbeiten
page-help-key-escape = Escape
page-help-key-escape-does = Antwort oder Bearbeiten abbrechen, zurück zum Textfeld
