"""The Telegram channel, against the emulated Bot API."""
