"""What can be asked?"""
ABOUT = "talk"
OPTIONS = ()
