# Geführte Dialoge: die Wege zurück und hinaus.

dialogue-back = Zurück
dialogue-cancel = Abbrechen
dialogue-cancelled = Abgebrochen. Es wurde nichts gespeichert.
dialogue-stale = Diese Frage ist schon beantwortet, oder sie gilt jemand anderem.
