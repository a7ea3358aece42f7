"""Did one value (or which of two) matter?"""
ABOUT = "case"
OPTIONS = ("features",)
