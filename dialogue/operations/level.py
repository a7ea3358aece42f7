"""A simpler or a fuller answer from now on."""
ABOUT = "talk"
OPTIONS = ("to",)


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {})]
