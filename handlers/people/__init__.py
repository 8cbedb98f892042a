"""People: how they join, what they say about themselves, their groups and invitations."""
