"""What does a technical word mean?"""
ABOUT = "talk"
OPTIONS = ("term",)
