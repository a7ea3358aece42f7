"""How many cases are there of a kind?"""
ABOUT = "model"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("show", {}), ("statistic", {}), ("performance", {})]
