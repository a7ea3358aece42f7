"""Where does the line between the outcomes run, when two values vary together?"""
from dialogue.phrasing.figures.boundary import boundary_figure

ABOUT = "case"
OPTIONS = ("features",)
LINES = 4


def facts(evidence, domain):
    """A few of the lines, evenly picked, the one of the case among them."""
    result = evidence.result
    lines, here = result.lines, result.now[result.across.feature]
    step = max(1, len(lines) // LINES)
    few = [line for place, line in enumerate(lines) if place % step == 0 or line.value == here]
    return {"lines": lines, "few": few, "turns": sum(part.share > 0 for part in result.shares) > 1}


def figures(evidence, domain, words):
    return [boundary_figure(evidence.result, words)]


def suggestions(evidence, domain):
    names = evidence.result.features
    return [("threshold", {"feature": ("feature", names[0])}), ("counterfactual", {}), ("keep", {}), ("why", {})]
