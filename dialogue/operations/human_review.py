"""Can a person look at it?"""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("why", {}), ("correct", {}), ("letter", {}), ("rights", {})]
