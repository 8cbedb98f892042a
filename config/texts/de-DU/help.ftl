# Hilfe mit „du“.
help-nearest = Den Befehl „{ $word }“ gibt es nicht. Meintest du „{ $near }“?
