"""Settings and texts."""
