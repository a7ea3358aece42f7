"""Is there anything else?"""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("level.expert", {}), ("counterfactual", {}), ("keep", {}), ("performance", {})]
