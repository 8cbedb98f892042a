# What the texts themselves need. DATE($at, style: "day" | "time" | "full") fills these forms in.
date-day = { $weekday }, { $day } { $month } { $year }
date-time = { $hour }:{ $minute }
date-full = { date-day }, { date-time }
