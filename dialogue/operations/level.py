"""A simpler or a fuller answer from now on."""
ABOUT = "talk"
OPTIONS = ("to",)
