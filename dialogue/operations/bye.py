"""Goodbye."""
ABOUT = "talk"
OPTIONS = ()
