"""What counted most towards the model's answer?"""
ABOUT = "case"
OPTIONS = ("foil", "method", "top")
