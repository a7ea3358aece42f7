"""What is this program, and what is it not?"""
ABOUT = "talk"
OPTIONS = ()
