"""What would have to be different for another outcome?"""
ABOUT = "case"
OPTIONS = ("target", "only", "without", "at_most", "limits", "like", "unlike")
