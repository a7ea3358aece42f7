"""The last question once more; `dialogue/memory.py` puts the last asks in its place."""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("prediction", {}), ("why", {}), ("counterfactual", {})]
