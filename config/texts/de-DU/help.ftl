# Hilfe mit „du“.
help-nearest = Den Befehl „{ $word }“ gibt es nicht. Meintest du „{ $near }“?
help-nothing = Dazu gibt es hier für dich keine Befehle.
