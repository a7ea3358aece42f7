"""Where is the model wrong? How many of the held-out cases, which ones, and in which groups more than elsewhere."""
import numpy as np

from explainers.explain import Finding
from explainers.rates import share_of

PRODUCES = ("mistakes",)
ORDER = 10
SHOWN = 5
SMALLEST = 15


def misfit(ask, scene):
    return "needs_outcomes" if scene.domain.regression else None


def explain(ask, scene):
    rows = scene.domain.cases if scene.one else scene.rows
    target = scene.domain.target.loc[rows.index].to_numpy()
    predicted = scene.model.predict(rows)
    outcomes = scene.workspace.decide(predicted)
    wrong = outcomes != target
    by_label = [{"outcome": code, **share_of(wrong[target == code].sum(), (target == code).sum())} for code in scene.model.classes]
    sure = predicted[np.arange(len(rows)), [scene.model.classes.index(code) for code in outcomes]]
    worst = np.flatnonzero(wrong)[np.argsort(-sure[wrong], kind="stable")][:SHOWN]
    cases = [{"case": rows.index[i], "label": target[i], "outcome": outcomes[i], "probability": sure[i],
              "values": scene.domain.values(rows.iloc[[i]])} for i in worst]
    return Finding({"rows": len(rows), "which": "held-out" if scene.domain.split_known else "data", **share_of(wrong.sum(), len(wrong)),
                    "style": ask.get("style"), "by_label": by_label, "cases": cases, "groups": groups(scene.domain, rows, wrong)},
                   output="probability")


def groups(domain, rows, wrong):
    """Groups by one feature (a category, a third of the numbers) and their share of mistakes, the clearest first.

    clear: is the share of all rows outside the group's own interval?
    """
    overall, found = wrong.mean(), []
    for name, feature in domain.features.items():
        for condition, met in _parts(feature, rows[name]):
            if SMALLEST <= met.sum() < len(rows):
                share = share_of(wrong[met].sum(), met.sum())
                found.append({"feature": name, "where": condition, **share, "clear": not share["low"] <= overall <= share["high"]})
    return sorted(found, key=lambda entry: (not entry["clear"], -entry["share"]))[:8]


def _parts(feature, column):
    """(COND, mask) of each value of a category, of the lowest, middle and highest third of a number."""
    if feature.type != "number":
        for raw in column.dropna().unique():
            yield {"feature": feature.name, "is": "=", "value": feature.json(raw)}, (column == raw).to_numpy()
        return
    low, high = (feature.json(column.quantile(share, interpolation="nearest")) for share in (1 / 3, 2 / 3))
    if low is None or low == high:
        return
    name, values = feature.name, column.to_numpy(dtype=float)
    yield {"feature": name, "is": "<=", "value": low}, values <= low
    yield ({"and": [{"feature": name, "is": ">", "value": low}, {"feature": name, "is": "<=", "value": high}]},
           (values > low) & (values <= high))
    yield {"feature": name, "is": ">", "value": high}, values > high
