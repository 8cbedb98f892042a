"""Other bots, as small as they can be, and what they are held against; each runs as a process of its own."""
