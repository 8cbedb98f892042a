# Räume: verbinden, trennen, ansehen.

## Befehle
command-rooms-connect = diesen Raum mit dem Programm verbinden
command-rooms-disconnect = diesen Raum vom Programm trennen
command-rooms-list = verbundene Räume ansehen

rooms-not-connected = Dieser Raum ist nicht mit dem Programm verbunden. Die Koordination verbindet ihn mit /verbinden.
rooms-gone = Diesen Raum gibt es hier nicht mehr. Bitte wählen Sie einen anderen.
rooms-numbered = Raum { $number }
rooms-coordination = Koordination
rooms-connected = Dieser Raum ist jetzt mit { $programme } verbunden und heißt „{ $room }“.
rooms-connected-group = Er gehört zur Gruppe „{ $group }“.
rooms-connected-try = Hier können Sie mit /thema etwas vorschlagen, mit /themen alles ansehen und Themen kommentieren, indem Sie auf sie antworten.
rooms-connected-coordination = Dieser Raum heißt jetzt „{ $room }“ und dient der Koordination. Neue Themen zur Freigabe erscheinen hier.
rooms-join-invite = Wer noch nicht dabei ist, bekommt eine Einladung von der Koordination.
rooms-join-link = Wer noch nicht dabei ist, tritt hier bei: <a href="{ $link }">{ $link }</a>
rooms-join-code = Wer noch nicht dabei ist, schreibt mir im direkten Chat diesen Code: <code>{ $code }</code>
rooms-join-open = Wer noch nicht dabei ist, schreibt mir im direkten Chat /start.
rooms-ask-disconnect = Soll ich „{ $room }“ wirklich vom Programm trennen? Ich antworte hier dann nicht mehr, und der Link zum Beitreten gilt nicht mehr.
rooms-button-disconnect = Trennen
rooms-disconnected = Dieser Raum ist vom Programm getrennt. Themen und Kommentare bleiben erhalten.
rooms-none = Es ist noch kein Raum verbunden. Schreiben Sie /verbinden in den Gruppenraum, in dem ich Mitglied bin.
rooms-head =
    { $total ->
        [one] <b>Ein verbundener Raum</b>
       *[other] <b>{ $total } verbundene Räume</b>
    }{ $pages ->
        [one] { "" }
       *[other] , Seite { $page } von { $pages }
    }
rooms-line = { $room }: { $messenger }, { $purpose }, { $group }
rooms-purpose-programme = für das Programm
rooms-purpose-coordination = für die Koordination
