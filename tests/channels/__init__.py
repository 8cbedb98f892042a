"""Each messenger behind the one port."""
