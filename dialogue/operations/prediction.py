"""What does the model say? With changes: what would it say (a what-if)?"""
ABOUT = "case"
OPTIONS = ()
