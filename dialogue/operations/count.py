"""How many cases are there of a kind?"""
from dialogue.phrasing.trace import Record

ABOUT = "model"
OPTIONS = ()


def facts(evidence, domain):
    """Is the model's answer, or the true outcome, part of what was counted? Then it is not told once more."""
    named = names_in(evidence.scope.get("where"))
    return {"by_prediction": "prediction" in named, "by_label": "label" in named}


def names_in(where):
    """The keys of a COND and of the ones that it is made of."""
    if isinstance(where, (list, tuple)):
        return {name for part in where for name in names_in(part)}
    return {name for key in where for name in {key} | names_in(where[key])} if isinstance(where, Record) else set()


def suggestions(evidence, domain):
    return [("show", {}), ("statistic", {}), ("performance", {})]
