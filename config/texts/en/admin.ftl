# Administration: roles, log, settings, deletion on behalf.

## Commands
command-admin-role = change the role of a member
command-admin-remove = delete the data of a member on their behalf
command-admin-log = see what coordinators and admins did
command-admin-settings = see what is set

admin-ask-whose-role = Whose role would you like to change? Write the name.
admin-ask-role = { $name } has the role { $role }. Which role shall it be?
admin-role-set = { $name } now has the role { $role }.
admin-role-same = { $name } has the role { $role } already.
admin-role-yours = Your role is now: { $role }. /help shows what you can do with it.
admin-last = This is the last person with the role Admin. Give the role to somebody else first.
admin-gone-already = This member is no longer here. /members shows all names.
admin-ask-whom = Whose data shall be deleted? Write the name.
admin-ask-remove =
    Shall I delete { $name } for good? Name, accounts, groups, details and support given will be lost.
    Topics and comments stay without a name, and so do anonymous and secret contributions.
admin-button-remove = Delete for good
admin-removed = { $name } is deleted. Topics and comments stand without a name, anonymous and secret contributions stay.

admin-settings-head = <b>This is set:</b>
admin-settings-programme = Programme: { $programme }, time zone: { $timezone }
admin-settings-language = Language unless chosen: { $language }
admin-settings-join = Joining: { $join }
admin-join-invite = by invitation
admin-join-room = by the link in the group room, or by invitation
admin-join-open = everybody who wants to
admin-settings-approval = A second coordinator consents to announcements: { $on }
admin-settings-moderation = New topics are approved by coordinators: { $on }
admin-settings-privacy = Anonymous results from { $threshold } answers, privacy notice version { $version }
admin-settings-change = This is changed in the file themenbote.toml and holds after a restart.

## Log
admin-log-empty = The log is still empty.
admin-log-head =
    { $total ->
        [one] <b>One entry in the log</b>
       *[other] <b>{ $total } entries in the log</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
audit-line = { $at }: { $actor } { $did }
audit-nobody = Themenbote or a former member
audit-former = member no. { $number } (deleted)
audit-admin-remove = deleted member no. { $one }.
audit-admin-role = gave { $one } the role { $two }.
audit-announcements-approve = consented to announcement { $one }.
audit-announcements-chase = reminded of announcement { $one }.
audit-announcements-decline = did not consent to announcement { $one }.
audit-announcements-edit = changed the text of announcement { $one }.
audit-announcements-retract = took back announcement { $one }.
audit-announcements-schedule = scheduled announcement { $one }.
audit-announcements-send = sent announcement { $one }.
audit-announcements-stop = stopped the delivery of announcement { $one }.
audit-announcements-unplan = took announcement { $one } off the schedule.
audit-contact-close = closed question { $one }.
audit-people-create-group = created the group “{ $one }”.
audit-people-invite = created invitation no. { $one } for the role { $two }.
audit-people-join-group = put { $two } into the group “{ $one }”.
audit-people-leave-group = took { $two } out of the group “{ $one }”.
audit-people-revoke = revoked invitation no. { $one }.
audit-votes-create = prepared vote { $one }.
audit-votes-close = ended vote { $one }.
audit-votes-cancel = called off vote { $one }.
audit-votes-extend = extended vote { $one }.
audit-rooms-connect = connected the room “{ $one }”.
audit-rooms-disconnect = disconnected the room “{ $one }”.
audit-rooms-language = chose the language { $two } in the room “{ $one }”.
audit-topics-approve = approved topic { $one }.
audit-topics-decline = declined topic { $one }.
audit-topics-merge = merged topic { $one } with topic { $two }.
audit-topics-move = set topic { $one } to “{ $two }”.
