"""Settings, and every word a person reads."""
