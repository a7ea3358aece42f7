"""What is this program, and what is it not?"""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("help", {}), ("data", {}), ("model", {}), ("performance", {})]
