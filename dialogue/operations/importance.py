"""What matters most to the model over all cases?"""
ABOUT = "model"
OPTIONS = ("features", "top")
