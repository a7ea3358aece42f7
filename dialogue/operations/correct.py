"""Some of the values are wrong."""
ABOUT = "talk"
LEANED_ON = True
OPTIONS = ("features",)


def suggestions(evidence, domain):
    return [("show", {}), ("counterfactual", {}), ("human_review", {})]
