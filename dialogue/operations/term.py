"""What does a technical word mean? Answered from terms.yaml of the language."""
ABOUT = "talk"
OPTIONS = ("term",)


def suggestions(evidence, domain):
    return [("why", {}), ("help", {})]
