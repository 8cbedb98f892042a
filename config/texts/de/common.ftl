# Was die Texte selbst brauchen. DATE($at, style: "day" | "time" | "full") setzt diese Formen ein.
date-day = { $weekday }, { $day }. { $month } { $year }
date-time = { $hour }:{ $minute } Uhr
date-full = { date-day }, { date-time }
