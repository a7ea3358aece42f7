"""One feature moved over its whole allowed range, everything else equal: which values give which outcome.

Every multiple of the feature's step is asked, so that the ranges are exact also where the model is not monotone. Beyond
MOST multiples a coarse pass finds where the outcome changes and the steps there are asked one by one: `exact` is then
False, since a change and its return between two neighbouring points of the coarse pass may be missed.
"""
import numpy as np

from explainers.search.cost import is_missing, ranks
from explainers.search.space import one_row

MOST = 20000
COARSE = 4000


def scan(scene, feature, relations, met=None):
    """{"feature", "now", "ranges", "exact", "low", "high", "seen", "follows"} of one feature.

    met: for a regression, function from values to the outcome word of each; outcomes are the model's otherwise.
    ranges   numbers: [{"from", "to", "outcome"}] in rising order, ends in steps of the feature; categories: one for
             each value. `outcome` is None where a relation of the domain rules the value out.
    low, high   ends of what was asked: the limits of the domain where it sets them, else what training rows show
    seen        {"from", "to"} of the training rows: beyond it the model has learned nothing
    """
    ask = Asker(scene, feature, relations, met)
    now = feature.json(ask.before[feature.name][0])
    if feature.type != "number":
        raws = [raw for raw in feature.codes.values() if raw in set(scene.domain.train[feature.name].dropna()) or raw == ask.now]
        if feature.type == "category" and not feature.ordered:
            raws = sorted(raws, key=lambda raw: raw != ask.now)
        ranges = [{"from": feature.json(raw), "to": feature.json(raw), "outcome": outcome}
                  for raw, outcome in zip(raws, ask.outcomes(raws))]
        return {"feature": feature.name, "now": now, "ranges": ranges, "exact": True, "low": None, "high": None,
                "seen": None, "follows": ask.follows}
    first, last, seen = bounds(feature, scene.domain, ask.now)
    points, outcomes, exact = _walk(ask, first, last, feature.step or 1.0)
    return {"feature": feature.name, "now": now, "ranges": _runs(points, outcomes, feature), "exact": exact,
            "low": feature.json(points[0]), "high": feature.json(points[-1]),
            "seen": seen, "follows": ask.follows}


def bounds(feature, domain, now):
    """(first, last) multiple of the step to ask about, and {"from", "to"} of the training rows."""
    step = feature.step or 1.0
    seen = domain.train[feature.name].dropna().to_numpy(dtype=float)
    known = seen if is_missing(now) else np.append(seen, float(now))
    low = known.min() if feature.min is None else feature.min
    high = known.max() if feature.max is None else feature.max
    return (int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)),
            {"from": feature.json(seen.min()), "to": feature.json(seen.max())})


class Asker:
    """Asks the model for the case with one feature set to each of many values."""

    def __init__(self, scene, feature, relations, met=None):
        self.scene, self.feature, self.relations, self.met = scene, feature, relations, met
        self.before = one_row(scene.rows, scene.domain)
        self.now = self.before[feature.name][0]
        self.follows = [follow.feature for follow in relations.follows if feature.name in follow.features]

    def predicted(self, values):
        """(the model's output for each raw value, with what follows from it; bool: do the domain's relations allow it?)."""
        domain, workspace = self.scene.domain, self.scene.workspace
        frame = self.scene.rows.iloc[np.zeros(len(values), dtype=int)].reset_index(drop=True)
        frame[self.feature.name] = values if self.feature.type != "number" else np.asarray(values, dtype=float)
        frame = domain.typed(frame)
        columns, possible = self.relations.follow(one_row(frame, domain), self.before, domain)
        possible &= self.relations.hold(columns, self.before, domain)
        for name in self.follows:
            frame[name] = columns[name]
        return workspace.model.predict(domain.typed(frame)), possible

    def outcomes(self, values):
        """Outcome code of each raw value; None where a relation rules it out."""
        predicted, possible = self.predicted(values)
        found = self.met(predicted) if self.met is not None else self.scene.workspace.decide(predicted)
        return [outcome if fine else None for outcome, fine in zip(found, possible)]


def _walk(ask, first, last, step):
    """(values, outcomes, exact) over multiples `first` to `last` of the step, with the present value among them."""
    if last < first:
        last = first
    exact = last - first <= MOST
    multiples = np.arange(first, last + 1) if exact else np.unique(np.linspace(first, last, COARSE).round().astype(int))
    asked = dict(zip(multiples.tolist(), ask.outcomes(_values(multiples, step))))
    while not exact:
        order = sorted(asked)
        gaps = [(a + b) // 2 for a, b in zip(order, order[1:]) if b - a > 1 and asked[a] != asked[b]]
        if not gaps:
            break
        asked.update(zip(gaps, ask.outcomes(_values(np.array(gaps), step))))
    order = sorted(asked)
    values, outcomes = _values(np.array(order), step).tolist(), [asked[place] for place in order]
    if not is_missing(ask.now) and not np.isclose(values, float(ask.now), rtol=0, atol=1e-9).any():
        place = int(np.searchsorted(values, float(ask.now)))
        values.insert(place, float(ask.now))
        outcomes.insert(place, ask.outcomes([ask.now])[0])
    return values, outcomes, exact


def _values(multiples, step):
    return np.round(multiples * step, 10)


def _runs(values, outcomes, feature):
    runs = []
    for value, outcome in zip(values, outcomes):
        if runs and runs[-1]["outcome"] == outcome:
            runs[-1]["to"] = feature.json(value)
        else:
            runs.append({"from": feature.json(value), "to": feature.json(value), "outcome": outcome})
    return runs


def at(found, feature, outcome, direction):
    """The value of a scan that is asked for, or None: "max" the largest, "min" the smallest with the outcome, else the nearest.

    A number is looked for among what training rows show first. Categories count by their order where they have one;
    without an order it is the first one.
    """
    runs = [run for run in found["ranges"] if run["outcome"] == outcome]
    now = found["now"]
    if not runs:
        return None
    if feature.type == "number":
        return _number_at(runs, found["seen"], direction, now)
    values = [run["from"] for run in runs]
    if feature.type == "yes_no" or not feature.ordered:
        return next((value for value in values if value == now), values[0])
    rank = {feature.json(raw): place for raw, place in ranks(feature).items()}
    if direction in ("max", "min"):
        return (max if direction == "max" else min)(values, key=rank.get)
    return values[0] if now is None else min(values, key=lambda value: abs(rank[value] - rank[now]))


def _number_at(runs, seen, direction, now):
    """Ends of runs lie on the feature's steps; where a run reaches over the end of what was seen, that end counts."""
    inside = [(max(run["from"], seen["from"]), min(run["to"], seen["to"])) for run in runs
              if run["from"] <= seen["to"] and run["to"] >= seen["from"]]
    spans = inside or [(run["from"], run["to"]) for run in runs]
    if direction == "max":
        return max(high for _, high in spans)
    if direction == "min" or now is None:
        return min(low for low, _ in spans)
    return min((min(max(now, low), high) for low, high in spans), key=lambda end: abs(end - now))
