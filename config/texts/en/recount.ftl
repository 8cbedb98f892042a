# What is wrong with a ballot file.
recount-unreadable = This is no ballot file of this version.
recount-changed = The file was changed: its checksum does not fit its contents.
recount-withheld = There are no single ballots in the file. They were too few, or all alike; so nothing can be recounted.
recount-lots = The lots do not follow from the published word. The file was changed.
recount-numbers = The numbers do not fit together: { $counted } counted, { $choices } ballots in the file.
recount-differs = The recount gives something else than what the file says.
