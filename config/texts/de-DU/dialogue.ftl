# Geführte Dialoge mit „du“.
dialogue-stale = Diese Frage ist nicht mehr offen. Bitte nutz die neueste Nachricht.
