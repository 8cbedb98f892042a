# People: joining, what they say about themselves, invitations, groups.

## Commands
command-people-start = begin, also with an invitation code
command-people-privacy = read the privacy notice
command-people-me = see and change what is known about you
command-people-name = change your name
command-people-form = choose the form of address in German
command-people-messenger = choose the preferred messenger
command-people-quiet = see and change your quiet hours
command-people-language = choose the language
command-people-invite = invite to the programme
command-people-invitations = see and revoke open invitations
command-people-groups = see the groups
command-people-group = create, see or change a group
command-people-members = see the members, also of a group

## Joining
people-join-first = For that you have to join the programme. Write /start to me in the direct chat.
people-guest-invite =
    Welcome to { $programme }!
    To take part you need an invitation from the coordinators. Open their link, or write the code here.
people-guest-room =
    Welcome to { $programme }!
    To take part, open the link I posted in your group room. If you have an invitation code, write it here.
people-guest-open = At { $programme } you can take part without an invitation too: write /start. If you have another code, write it here.
people-invitation-unknown = There is no such invitation code. Please check it, or ask the coordinators for a new one.
people-invitation-spent = This invitation is used up, expired or revoked. Please ask the coordinators for a new one.
people-invitation-unclear = That is not an invitation code. It is made of letters and digits, for example “K7M2Q9XA”.
people-privacy = { $programme } stores your name, your account on this messenger and what you contribute here. The data serve this programme only and are not passed on. Your consent is voluntary, and the coordinators delete your data whenever you ask.
people-channel-telegram = Chats with Telegram bots are not end-to-end encrypted: Telegram could read along.
people-channel-matrix = Matrix encrypts end to end if encryption is switched on in this chat. Reactions always stay unencrypted.
people-channel-local = The local page uses no messenger: everything stays on the computer that runs Themenbote.
people-ask-consent = Do you agree?
people-agree = I agree
people-decline = I do not agree
people-declined = All right, I do not sign you up. If you change your mind, write /start.
people-declined-late = You are a member already. If your data shall be deleted, please ask the coordinators.
people-welcome = Welcome to { $programme }, { $name }!
people-welcome-name = I call you “{ $name }” here. Choose another name with /name.
people-nameless = New member
people-standing = Your role: { $role }.
people-standing-groups = Your role: { $role }. Your groups: { LIST($groups) }.
people-first-steps = To try out: with /topic you propose a question from your own work. With /topics you see what others care about.
people-try-propose = Propose a topic
people-try-list = See the topics
people-try-help = Help
people-greeting = Hello, { $name }! You are a member already. /help shows everything that is possible here.
people-subscribed-again = You get announcements again now.
people-nothing-new = This invitation brings nothing new and stays unused.
people-something-new = The invitation is accepted.

## About oneself
people-me = <b>{ $name }</b>
people-me-role = Role: { $role }
people-me-groups = Groups: { LIST($groups) }
people-me-no-groups = none
people-me-language = Language: { $language }
people-me-form = Form of address: { $form }
people-me-messenger = Preferred messenger: { $messenger }
people-me-quiet = Quiet hours: { $quiet }
people-change-name = Change name
people-change-language = Change language
people-change-form = Change form of address
people-change-messenger = Change messenger
people-change-quiet = Change quiet hours
people-ask-name = So far you are “{ $name }” here. What would you like to be called?
people-name-empty = A name needs letters or digits. Please write what you would like to be called.
people-name-short = A name needs at least two characters. Please write it out.
people-name-taken = Another member has this name. Add your town, for example: “{ $name }, Musterstadt”.
people-renamed = You are now “{ $name }” here.
people-ask-language = Which language shall I speak?
people-language-set = From now on I write to you in English.
people-language-room = From now on I write in English in this room.
people-language-unknown = I do not speak this language yet. Possible are “Deutsch” and “English”.
people-ask-form = How shall I address you in German?
people-form-sie = “Sie”
people-form-du = “Du”
people-form-leicht = Plain language
people-form-set = Fine, the form of address in German is now: { $form }.
people-form-unknown = I do not know this form of address. Possible are “Sie” and “Du”.
people-ask-messenger = Where shall I write to you?
people-messenger-set = From now on I write to you here: { $messenger }.
people-messenger-unknown = You do not use this messenger here. Possible are { LIST($messengers) }.
people-one-messenger = You use one messenger only, so there is nothing to choose.
people-quiet-hours = { $start } to { $end }
people-quiet-none = none
people-ask-quiet =
    Your quiet hours so far: { $quiet }.
    When shall I send you no reminders? Write, for example, “20:00 to 7:00”.
people-quiet-off = No quiet hours
people-quiet-set = From now on I send you no reminders from { $start } to { $end }.
people-quiet-cleared = You have no quiet hours of your own now. Reminders come at the usual times.
people-quiet-unclear = I do not understand these quiet hours. Write, for example, “20:00 to 7:00” or “off”.

## Invitations
people-invite-ask-role =
    As what do you invite people?
    It also works in one message: <code>/invite participant group=Cohort 1 uses=10 days=30</code>
people-invite-ask-group = Into which group shall those invited come?
people-invite-no-group = Into no group
people-invite-ask-uses = How many people may join with the invitation? Write a number.
people-invite-uses =
    { $number ->
        [one] One person
       *[other] { $number } people
    }
people-invite-ask-days = How many days shall the invitation hold? Write a number.
people-invite-days = { $number } days
people-invite-uses-wrong = For the number of people I need a whole number from 1 to { $most }.
people-invite-days-wrong = For the time it holds I need a whole number from 1 to { $most } days.
people-invite-unclear = I do not understand “{ $words }”. Name exactly one role, and write groups like this: <code>group=Cohort 1</code>
people-invite-too-high = Only admins can invite to this role.
people-invited = The invitation is ready. Pass on the code, the link or the picture.
people-invited-code = The invitation is ready. Pass on the code and the address.
people-invited-terms =
    Code: <code>{ $code }</code>
    { $role }, { $group }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }, valid until { DATE($expires, style: "day") }.
people-invited-link = { $messenger }: <a href="{ $link }">{ $link }</a>
people-invited-address = { $messenger }: send the code in a direct chat to <a href="{ $link }">{ $link }</a>
people-invited-file = invitation
people-invited-picture = QR code that opens the first invitation link.
people-in-group = group “{ $group }”
people-groupless = no group
people-invitations-head =
    { $total ->
        [one] <b>One open invitation</b>
       *[other] <b>{ $total } open invitations</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
people-invitations-none = There are no open invitations. Create one with /invite.
people-invitations-line =
    <code>{ $code }</code>: { $role }, { $group }, left for { $uses ->
        [one] one person
       *[other] { $uses } people
    }, valid until { DATE($expires, style: "day") }
people-revoke = Revoke { $code }
people-revoked = The invitation { $code } is revoked.
people-revoked-already = This invitation is no longer valid anyway. /invitations shows the open ones.

## Groups and members
people-unknown = There is no member “{ $name }”. /members shows all names.
people-ambiguous = Several members are called “{ $name }”. One of them has to change the name with /name first.
people-no-group = There is no group “{ $name }”. /groups shows all groups.
people-groups-none = There is no group yet. Create the first one with /group and its name.
people-groups-head =
    { $total ->
        [one] <b>One group</b>
       *[other] <b>{ $total } groups</b>
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
people-groups-line =
    { $group }: { $members ->
        [0] nobody yet
        [one] one member
       *[other] { $members } members
    }
people-show-group = See { $group }
people-ask-group = Which group is it about? Write its name.
people-group-nameless = The name of a group needs letters or digits. Write “Cohort 1”, for example.
people-ask-create-group = There is no group “{ $group }” yet. Shall I create it?
people-create-group = Create
people-group-created = The group “{ $group }” is created. Add members like this: <code>/group { $group } + name</code>
people-group-empty = Nobody is in the group “{ $group }” yet. Add members like this: <code>/group { $group } + name</code>
people-group-added = { $name } now belongs to the group “{ $group }”.
people-group-removed = { $name } no longer belongs to the group “{ $group }”.
people-in-group-already = { $name } belongs to the group “{ $group }” already.
people-not-in-group = { $name } does not belong to the group “{ $group }”.
people-everybody = All members
people-members-head =
    <b>{ $group }</b>: { $total ->
        [one] one person
       *[other] { $total } people
    }{ $pages ->
        [one] { "" }
       *[other] , page { $page } of { $pages }
    }
people-members-line = { $name }: { $role }
