# Geführte Dialoge: die Wege zurück und hinaus.

dialogue-back = Zurück
dialogue-cancel = Abbrechen
dialogue-cancelled = Abgebrochen. Es wurde nichts gespeichert.
dialogue-stale = Diese Frage ist nicht mehr offen. Bitte nutzen Sie die neueste Nachricht.
