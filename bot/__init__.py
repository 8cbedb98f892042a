"""The running process: channels, inbox, delivery, clock, web page and command line."""
