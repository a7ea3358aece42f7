"""Takes back, or puts right, what was said before; `dialogue/memory.py` then asks the last question once more."""
ABOUT = "talk"
OPTIONS = ("drop", "put")


def suggestions(evidence, domain):
    return [("again", {}), ("why", {})]
