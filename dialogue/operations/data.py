"""What data did the model learn from?"""
ABOUT = "model"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("model", {}), ("performance", {}), ("statistic", {})]
