# Ansagen mit „du“.
announcements-foot = <i>{ $category }. Keine Ansagen mehr? Schreib STOP.</i>
announcements-ask-first-text = Was möchtest du mitteilen? Vor dem Senden siehst du, wie es aussieht und wen es erreicht.
announcements-empty = Da stand kein Text. Bitte schreib, was du mitteilen möchtest.
announcements-too-long = Das ist für { $messenger } um { $over } Zeichen zu lang; mit Kopf- und Fußzeile passen { $limit }. Bitte kürz den Text.
announcements-file-too-large = Die Datei ist für { $messenger } zu groß; möglich sind { $limit } MB. Bitte sende eine kleinere.
announcements-category-choose = Bitte wähl eine der Arten, oder schreib deren Nummer.
announcements-ask-instead = An wen geht die Ansage? Wähl, oder schreib zum Beispiel „Gruppe Kohorte 1“ oder „Thema 3“.
announcements-ask-also = An wen geht die Ansage außerdem? Wähl, oder schreib zum Beispiel „Raum Runde“ oder „Thema 3“.
announcements-ask-but = Wer bekommt die Ansage nicht? Wähl, oder schreib zum Beispiel „Gruppe Kohorte 1“.
announcements-but-all = Dann bliebe kein Mitglied übrig. Bitte nimm nur einen Teil aus, zum Beispiel „Gruppe Kohorte 1“.
announcements-kept = Gut, nichts wurde gesendet. Der Entwurf von Ansage { $number } bleibt, du findest ihn mit /ansagen.
announcements-nobody = Die Ansage erreicht niemanden: { $audience }. Bitte wähl andere Empfangende.
announcements-moved = Deine Zeit, { DATE($at, style: "full") }, liegt außerhalb der üblichen Zeiten.
announcements-repeat-choose = Bitte wähl oder schreib: jede Woche, alle zwei Wochen oder jeden Monat.
announcements-ask-time = Wann soll die Ansage gehen? Schreib zum Beispiel: morgen 9 Uhr
announcements-ask-first-time = Wann soll die Ansage zum ersten Mal gehen? Schreib zum Beispiel: morgen 9 Uhr
announcements-past = Diese Zeit ist schon vorbei. Bitte schreib eine spätere.
announcements-nobody-approves = Ansagen brauchen die Zustimmung einer zweiten Person der Koordination, und es ist niemand erreichbar. Bitte wende dich an die Administration.
announcements-request =
    <b>Ansage { $number } wartet auf Zustimmung</b>
    Geschrieben von { $name }. An: { $audience }. Erreicht: { $numbers }.
announcements-request-at = Vorgesehen für { DATE($at, style: "full") }.
announcements-request-now = Vorgesehen für gleich.
announcements-approved = Du hast Ansage { $number } zugestimmt.
announcements-declined = Du hast Ansage { $number } nicht zugestimmt.
announcements-none = Es gibt noch keine Ansage. Die erste schreibst du mit /ansage.
announcements-ask-edit-language = Welchen Text möchtest du ändern?
announcements-left-all = Du bekommst keine Ansagen und Erinnerungen mehr. Antworten auf das, was du hier tust, gibt es weiterhin. Mit START bekommst du sie wieder.
announcements-left-already = Du bekommst schon keine Ansagen. Mit START bekommst du sie wieder.
announcements-stop-guest = Du bekommst von mir keine Ansagen, denn du bist nicht im Programm.
announcements-choice-on = { $category }: bekommst du
announcements-choice-off = { $category }: bekommst du nicht
announcements-ask-file = Sende das Bild oder die Datei jetzt in diesen Chat. Der Text der Ansage steht dann darunter.
announcements-no-file = Das war kein Bild und keine Datei. Bitte sende eines davon, oder brich ab.
announcements-alt-empty = Bitte beschreib das Bild in Worten.
announcements-file-apart = Ein Bild oder eine Datei fügst du mit der Schaltfläche „Bild oder Datei“ hinzu.
