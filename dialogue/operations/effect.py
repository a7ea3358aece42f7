"""How does the output move with one feature, over all cases?"""
from dialogue.phrasing.figures.effect import effect_figure

ABOUT = "model"
OPTIONS = ("features",)
POINTS = 7
MANY = 0.1      # cases that go against the average, from which on it is told


def facts(evidence, domain):
    """Each feature with the points of its curve (a few of them, evenly picked, for all but experts); those that work the
    other way for many."""
    found = []
    for entry in evidence.result.features:
        points = list(entry.points)
        step = max(1, round(len(points) / POINTS))
        found.append((entry, points[::step], points))
    against = [entry for entry, _, _ in found if entry.get("against") is not None and entry.against >= MANY]
    return {"found": found, "against": against}


def figures(evidence, domain, words):
    return [figure for entry in evidence.result.features if (figure := effect_figure(entry, evidence, words))]


def suggestions(evidence, domain):
    first = evidence.result.features[0].feature
    return [("role", {"feature": ("feature", first)}), ("importance", {}), ("interactions", {})]
