# Geführte Dialoge mit „du“.
