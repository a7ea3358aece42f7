"""Another language from now on."""
ABOUT = "talk"
OPTIONS = ("to",)
