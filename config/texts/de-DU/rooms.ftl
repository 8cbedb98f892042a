# Räume mit „du“. In einem Raum selbst gilt immer „Sie“.
rooms-gone = Diesen Raum gibt es hier nicht mehr. Bitte wähl einen anderen.
rooms-connected-try = Hier könnt ihr mit /thema etwas vorschlagen, mit /themen alles ansehen und Themen kommentieren, indem ihr auf sie antwortet.
rooms-none = Es ist noch kein Raum verbunden. Schreib /verbinden in den Gruppenraum, in dem ich Mitglied bin.
