"""Where is the model wrong? How many of the held-out cases, which ones, and in which groups more than elsewhere.

Of a model that estimates a number: how far off it is, on which cases furthest, and in which groups by more than elsewhere.
"""
import numpy as np

from explainers.explain import Finding
from explainers.rates import mean_of, share_of

PRODUCES = ("mistakes",)
ORDER = 10
SHOWN = 5
SMALLEST = 15


def misfit(ask, scene):
    return None


def explain(ask, scene):
    rows = scene.domain.cases if scene.one else scene.rows
    target = scene.domain.target.loc[rows.index].to_numpy()
    predicted = scene.model.predict(rows)
    if scene.domain.regression:
        return _amounts(ask, scene, rows, target.astype(float), predicted)
    outcomes = scene.workspace.decide(predicted)
    wrong = outcomes != target
    by_label = [{"outcome": code, **share_of(wrong[target == code].sum(), (target == code).sum())} for code in scene.model.classes]
    sure = predicted[np.arange(len(rows)), [scene.model.classes.index(code) for code in outcomes]]
    worst = np.flatnonzero(wrong)[np.argsort(-sure[wrong], kind="stable")][:SHOWN]
    cases = [{"case": rows.index[i], "label": target[i], "outcome": outcomes[i], "probability": sure[i],
              "values": scene.domain.values(rows.iloc[[i]])} for i in worst]
    return Finding({**_known(ask, scene, rows), **share_of(wrong.sum(), len(wrong)), "by_label": by_label, "cases": cases,
                    "groups": groups(scene.domain, rows, wrong)}, output="probability")


def _known(ask, scene, rows):
    return {"rows": len(rows), "which": "held-out" if scene.domain.split_known else "data", "style": ask.get("style")}


def _amounts(ask, scene, rows, target, predicted):
    """`error`: mean absolute error with its interval; `median`, `tenth`: half are off by less, one in ten by more than that."""
    known, signed = ~np.isnan(target), predicted - target
    rows, target, predicted, signed = rows[known], target[known], predicted[known], signed[known]
    off, furthest = np.abs(signed), np.argsort(-np.abs(signed), kind="stable")[:SHOWN]
    cases = [{"case": rows.index[i], "label": target[i], "outcome": predicted[i], "off": off[i],
              "values": scene.domain.values(rows.iloc[[i]])} for i in furthest]
    median, tenth = np.quantile(off, [0.5, 0.9]) if len(off) else (None, None)
    result = {**_known(ask, scene, rows), "error": mean_of(off) if len(off) else {"value": None, "low": None, "high": None},
              "median": median, "tenth": tenth, "high": share_of((signed > 0).sum(), len(off)),
              "low": share_of((signed < 0).sum(), len(off)), "cases": cases, "groups": further_off(scene.domain, rows, off)}
    return Finding(result, output=scene.domain.file.unit or "value")


def further_off(domain, rows, off):
    """Groups by one feature and their mean absolute error with its interval, the clearest and largest first.

    clear: is the mean error of all rows outside the group's own interval?
    """
    found = []
    for name, feature in domain.features.items():
        for condition, met in _parts(feature, rows[name]):
            if SMALLEST <= met.sum() < len(rows):
                mean = mean_of(off[met])
                found.append({"feature": name, "where": condition, "size": int(met.sum()), "error": mean["value"], "low": mean["low"],
                              "high": mean["high"], "clear": not mean["low"] <= off.mean() <= mean["high"]})
    return sorted(found, key=lambda entry: (not entry["clear"], -entry["error"]))[:8]


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
