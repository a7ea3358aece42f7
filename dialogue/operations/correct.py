"""Some of the values are wrong."""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("show", {}), ("counterfactual", {}), ("human_review", {})]
