"""Votes: made in a minute, cast with a tap or a word, secret where they are meant to be."""
