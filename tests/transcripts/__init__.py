"""Dialogues as people would read them, and what plays them on a channel. Begin with README.md."""
