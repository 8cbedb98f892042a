"""Announcements: written once, seen as they will look, sent to everybody concerned, and reported on."""
