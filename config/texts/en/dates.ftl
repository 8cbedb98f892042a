# Dates and times: what is wrong with them, and what to write instead.
dates-unclear = I do not understand “{ $words }” as a date or time. Write, for example, “Friday 18:00” or “3 December 18:30”.
dates-past = { DATE($at, style: "full") } is over. Please name a time that is still to come.
dates-ambiguous = Do you mean { DATE($one, style: "full") } or { DATE($other, style: "full") }? Please write out date and time, for example “3 December 18:30”.
dates-too-far = { DATE($at, style: "full") } is too far ahead. Please check the year.
dates-no-such-day = There is no { $day } in the calendar. Please check the date.
dates-no-such-time = “{ $time }” is not a time of day. Write, for example, “18:30” or “6 pm”.
dates-time-missing = The time of day is missing. Write, for example, “Friday 18:00” or “3 December 18:30”.
dates-other-weekday = Weekday and date do not fit together, as the date is { DATE($day, style: "day") }. Please write only one of them.
dates-dotted = Do you mean the day “{ $day }” or the time “{ $time }”? Please write it like this, the time with “Uhr” or a colon.
dates-midnight = Midnight can be the beginning or the end of a day. Write, for example, “Friday 0:00” or “Friday 24:00”.
dates-skipped = This time does not exist, since summer time begins. Possible is, for example, { DATE($after, style: "full") }.
dates-order = The end ({ DATE($at, style: "full") }) must be after the beginning. Please write both with date and time.

## What was understood
dates-shown = { DATE($at, style: "full") }
dates-doubled = { DATE($at, style: "full") } (the first time that day, as the clock is put back)
dates-span = { $start } to { $end }
