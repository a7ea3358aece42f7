"""Which cases are most like this one, and what came of them?"""
from dialogue.phrasing.figures.rates import rates_figure

ABOUT = "case"
OPTIONS = ()
SHOWN, DIFFERENCES = 3, 3


def facts(evidence, domain):
    return {"near": evidence.result.cases, "shown": SHOWN, "differences": DIFFERENCES}


def figures(evidence, domain, words):
    if domain.regression:
        return []
    figure = rates_figure([(words.outcome_text(part.outcome), part)
                          for part in evidence.result.labels], "similar", words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    return [("why", {}), ("influence", {}), ("counterfactual", {}), ("performance", {})]
