"""How often is the model right?"""
from dialogue.phrasing.figures.frequencies import frequencies_figure
from dialogue.phrasing.figures.rates import rates_figure

ABOUT = "model"
OPTIONS = ("metric",)


def facts(evidence, domain):
    """The measures by their names, and the one asked for."""
    metrics = {str(entry.metric): entry for entry in evidence.result.metrics}
    asked = evidence.result.get("asked")
    if evidence.result.get("one_label") or evidence.result.get("one_outcome"):
        # With one outcome only, recall is accuracy, precision is 1 and so on: measures that say nothing.
        metrics = {name: entry for name, entry in metrics.items() if name in ("accuracy", "brier")}
    return {"metrics": list(metrics.values()), "by_name": metrics, "asked": metrics.get(str(asked)) if asked else None}


def figures(evidence, domain, words):
    if domain.regression:
        return []
    found = [frequencies_figure(evidence, words),
             rates_figure([(words.outcome_text(part.outcome), part) for part in evidence.result.by_label], "right", words)]
    return [figure for figure in found if figure]


def suggestions(evidence, domain):
    return [("mistakes", {}), ("fairness", {}), ("data", {}), ("model", {})]
