"""Thanks."""
ABOUT = "talk"
OPTIONS = ()
