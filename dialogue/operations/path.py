"""Step by step, how did it come to this?"""
ABOUT = "case"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("why", {}), ("rules", {}), ("counterfactual", {})]
