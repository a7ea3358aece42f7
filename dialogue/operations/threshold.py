"""Which value would be needed, or is the most (the least) possible, with all else the same?"""
from dialogue.phrasing.figures.ranges import ranges_figure

ABOUT = "case"
OPTIONS = ("features", "direction", "target")
RANGES, HOLES = 8, 3


def facts(evidence, domain):
    """The features asked about and the outcome aimed at (None where a regression's value is asked for)."""
    found = evidence.result.get("features") or [evidence.result]
    numbers = {str(f.feature) for f in found if domain.features[str(f.feature)].type == "number"}
    return {"found": found, "numbers": numbers, "most": RANGES, "holes": HOLES, "goal": None if domain.regression else evidence.foil}


def figures(evidence, domain, words):
    figure = ranges_figure(evidence.result.get("features") or [evidence.result], words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    result, found = evidence.result, []
    if result.get("best") is not None and result.best != result.now:
        slots = {"feature": ("feature", result.feature), "value": ("value", result.best, result.feature)}
        found.append(("prediction.to", slots))
    return found + [("counterfactual", {}), ("role", {"feature": ("feature", result.feature)})]
