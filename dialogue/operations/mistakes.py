"""Where is the model wrong?"""
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.figures.rates import rates_figure

ABOUT = "model"
OPTIONS = ("style",)


def facts(evidence, domain):
    """Groups in which it is wrong clearly more often (further off) than overall."""
    if domain.regression:
        mean = evidence.result.error.value
        return {"worse": [g for g in evidence.result.groups if g.clear and g.error > mean], "sample": False}
    share = evidence.result.share
    known = [g for g in evidence.result.groups if g.share is not None and share is not None]
    clear = [g for g in known if g.clear and g.share > share]
    return {"worse": clear, "sample": evidence.result.get("style") == "sample"}


def figures(evidence, domain, words):
    if domain.regression:
        return []
    worse = facts(evidence, domain)["worse"]
    figure = rates_figure([(condition_words(g.where, words), g) for g in worse], "wrong", words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    return [("performance", {}), ("fairness", {}), ("rules", {})]
