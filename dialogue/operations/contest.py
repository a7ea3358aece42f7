"""I disagree: what can be done?"""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("correct", {}), ("human_review", {})]
