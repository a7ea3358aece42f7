"""A greeting."""
ABOUT = "talk"
OPTIONS = ()
