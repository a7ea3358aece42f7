"""What does a feature mean, and which values can it take?"""
ABOUT = "talk"
OPTIONS = ("features",)
