"""How far may each value move, by itself, before the model's answer changes?"""
from dialogue.phrasing.figures.ranges import ranges_figure

ABOUT = "case"
OPTIONS = ("features",)
PLAIN = 4


def facts(evidence, domain):
    """Features with which the answer can turn, and those that cannot turn it by themselves."""
    found = evidence.result.features
    return {"bound": [f for f in found if not f.any], "free": [f for f in found if f.any], "few": PLAIN,
            "numbers": {str(f.feature) for f in found if domain.features[str(f.feature)].type == "number"},
            "said": None if domain.regression else evidence.result.outcome}


def figures(evidence, domain, words):
    figure = ranges_figure([f for f in evidence.result.features if not f.any], words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    bound = [f for f in evidence.result.features if not f.any]
    found = [("threshold", {"feature": ("feature", bound[0].feature)})] if bound else []
    return found + [("counterfactual", {}), ("why", {})]
