"""What really happened?"""
ABOUT = "case"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("performance", {}), ("mistakes", {}), ("why", {})]
