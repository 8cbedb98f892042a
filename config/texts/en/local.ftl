# The local page: what can be wrong at the start.

local-unwritable = The local page cannot use its file { $file } ({ $reason }). Check the rights in the folder and the free space. If the file is no database, it has to be removed.
