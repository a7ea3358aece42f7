"""What matters most to the model over all cases?"""
from dialogue.phrasing.figures.beeswarm import beeswarm_figure
from dialogue.phrasing.figures.importance import importance_figure

ABOUT = "model"
OPTIONS = ("features", "top", "method")
PLAIN, PRACTITIONER = 4, 10


def facts(evidence, domain):
    """The features by importance: those that matter beyond chance (their interval lies above 0), and those asked about.

    A place is a feature's rank; features are listed with it.
    """
    listed = list(enumerate(sorted(evidence.result.features, key=lambda f: -f.importance), start=1))
    asked = [str(name) for name in evidence.result.get("asked") or []]
    clear = [(place, f) for place, f in listed if f.get("low") is None or f.low > 0]
    return {"listed": listed, "clear": clear, "unclear": len(listed) - len(clear), "total": len(listed),
            "asked": [(place, f) for place, f in listed if str(f.feature) in asked]}


def figures(evidence, domain, words):
    found = [importance_figure(evidence, words), beeswarm_figure(evidence, words) if words.level == "expert" else None]
    return [figure for figure in found if figure]


def suggestions(evidence, domain):
    top = max(evidence.result.features, key=lambda f: f.importance, default=None)
    found = [("effect", {"feature": ("feature", top.feature)}),
              ("role", {"feature": ("feature", top.feature)})] if top else []
    return found + [("rules", {}), ("performance", {})]
