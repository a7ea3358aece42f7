"""Which value would be needed, or is the most (the least) possible, with all else the same?"""

from dialogue.operations.counterfactual import ends
from dialogue.phrasing.figures.ranges import ranges_figure

ABOUT = "case"
OPTIONS = ("features", "direction", "target")
RANGES, HOLES, BRIEF = 8, 3, 4


def facts(evidence, domain):
    """The features asked about and the outcome aimed at (None where a regression's value is asked for)."""
    found = evidence.result.get("features") or [evidence.result]
    numbers = {str(f.feature) for f in found if domain.features[str(f.feature)].type == "number"}
    trend, aim = evidence.explainer == "trend", ends(evidence.result.get("aim"))
    return {
        "found": found,
        "numbers": numbers,
        "brief": [_moving(f) for f in found] if trend else [],
        "most": RANGES,
        "holes": HOLES,
        "trend": trend,
        "goal": None if domain.regression else evidence.foil,
        "aim_known": any(value is not None for value in aim.values()),
        **{f"aim_{end}": value for end, value in aim.items()},
    }


def _moving(entry):
    """Of many steps, the few that move the score most, in their order."""
    steps = [step for step in entry.steps if step.score is not None]
    if len(steps) <= BRIEF:
        return steps
    most = sorted(steps, key=lambda step: -abs(float(step.score) - float(entry.score)))[:BRIEF]
    return [step for step in steps if step in most]


def figures(evidence, domain, words):
    figure = ranges_figure(evidence.result.get("features") or [evidence.result], words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    result, found = evidence.result, []
    if evidence.explainer == "trend":
        turned = list(result.turned)[:1]
        slots = {"feature": ("feature", result.feature)}
        found += [("prediction.to", slots | {"value": ("value", run.to, result.feature)}) for run in turned]
    elif result.get("best") is not None and result.best != result.now:
        slots = {"feature": ("feature", result.feature), "value": ("value", result.best, result.feature)}
        found.append(("prediction.to", slots))
    return found + [("counterfactual", {}), ("role", {"feature": ("feature", result.feature)})]
