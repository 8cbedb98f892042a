"""Telegram behind the one port, with python-telegram-bot as transport."""
