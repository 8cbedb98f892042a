"""Ballots: what may be chosen, how a typed choice is read, and how choices are counted."""
