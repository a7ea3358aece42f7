"""How does the model decide in general?"""
from dialogue.phrasing.figures.tree import tree_figure

ABOUT = "model"
OPTIONS = ()
PLAIN = 4


def facts(evidence, domain):
    return {"rules": sorted((rule for rule in evidence.result.rules if rule.rows > 0),
                            key=lambda rule: -rule.rows), "few": PLAIN}


def figures(evidence, domain, words):
    figure = tree_figure(evidence, words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    return [("importance", {}), ("interactions", {}), ("model", {})]
