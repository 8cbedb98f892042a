"""The messengers, each behind the one port."""
