"""Step by step, how did it come to this?"""
from dialogue.phrasing.figures.tree import tree_figure

ABOUT = "case"
OPTIONS = ()


def figures(evidence, domain, words):
    figure = tree_figure(evidence, words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    return [("why", {}), ("rules", {}), ("counterfactual", {})]
