"""What a value higher or lower than it is, or simply another one, would do: a what-if that names no amount."""

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.search.cost import is_missing, ranks
from explainers.search.scan import Asker, scan
from explainers.single_change import rounded
from explainers.threshold import fixed

PRODUCES = ("threshold",)
ORDER = 5
WAYS = ("higher", "lower", "other")
SHARES = (0.1, 0.3, 1.0)  # of the way from the present value to the last one in the data


def misfit(ask, scene):
    if not scene.one:
        return "needs_one_case"
    return None if ask.get("direction") in WAYS and ask.get("features") else "no_way_named"


def explain(ask, scene):
    """Each feature by itself: what the model says of the values on that side of the present one, all else the same.

    direction   "higher", "lower" or "other" (any: also where the feature has no order or its value is not known)
    ranges      as `search.scan.scan` finds them, from the present value on; `turned`: those with another outcome than now
    steps       [{"value", "outcome", "score"}]: a tenth, three tenths and all of the way to the last value in the data; of a
                category every value on that side. `score`: probability of the outcome told, or the estimate
    turns       is there anything in `turned`? None for a regression
    """
    relations = relations_of(scene.workspace)
    found = [_entry(scene, scene.domain.feature(name), ask.get("direction"), relations) for name in ask.features]
    output = scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    return Finding(
        {**found[0], "features": found}, output=output, caveats=caveats_of(scene), library=scene.model.library
    )


def _entry(scene, feature, direction, relations):
    now = scene.rows[feature.name].iloc[0]
    if is_missing(now) or feature.type != "number" and not feature.ordered:
        direction = "other"
    regression, seen = scene.domain.regression, scene.domain.train[feature.name].dropna()
    values = (
        _numbers(feature, direction, now, seen)
        if feature.type == "number"
        else _categories(feature, direction, now, set(seen))
    )
    scores, outcomes = _told(scene, feature, [now, *values], relations)
    steps = [
        {"value": feature.json(value), "outcome": outcome, "score": score}
        for value, outcome, score in zip(values, outcomes[1:], scores[1:])
    ]
    ranges = (
        []
        if regression or not values
        else _side(scan(scene, feature, relations)["ranges"], feature, direction, now, values)
    )
    turned = [run for run in ranges if run["outcome"] not in (None, outcomes[0])]
    return {
        "feature": feature.name,
        "direction": direction,
        "now": feature.json(now),
        "score": scores[0],
        "outcome": outcomes[0],
        "fixed": fixed(feature),
        "steps": steps,
        "ranges": ranges,
        "turned": turned,
        "turns": None if regression else bool(turned),
    }


def _numbers(feature, direction, now, seen):
    """Raw values a tenth, three tenths and all of the way to the last one in the data; both ways for "other"."""
    low, high = float(seen.min()), float(seen.max())
    if is_missing(now):
        now, ends = low, (high,)
    else:
        ends = {"lower": (low,), "higher": (high,), "other": (low, high)}[direction]
    step = feature.step or 1.0
    found = []
    for end in ends:
        if end > now and direction != "lower" or end < now and direction != "higher":
            exact = [now + share * (end - now) for share in SHARES[:-1]]
            found += [rounded(feature, round(value / step) * step) for value in exact] + [rounded(feature, end)]
    return sorted({value for value in found if value != now}, key=lambda value: (value > now, abs(value - now)))


def _categories(feature, direction, now, seen):
    rank = ranks(feature)
    wanted = {
        "higher": lambda raw: rank[raw] > rank[now],
        "lower": lambda raw: rank[raw] < rank[now],
        "other": lambda raw: raw != now,
    }
    found = [raw for raw in feature.codes.values() if raw in seen and wanted[direction](raw)]
    return found[::-1] if direction == "lower" else found


def _told(scene, feature, values, relations):
    """(score or estimate of each raw value, its outcome): None where a relation of the domain rules the value out."""
    predicted, possible = Asker(scene, feature, relations).predicted(values)
    if scene.domain.regression:
        return [float(one) if fine else None for one, fine in zip(predicted, possible)], [None] * len(values)
    score = predicted[:, scene.model.classes.index(scene.outcome)]
    outcomes = scene.workspace.decide(predicted)
    return (
        [float(one) if fine else None for one, fine in zip(score, possible)],
        [outcome if fine else None for outcome, fine in zip(outcomes, possible)],
    )


def _side(ranges, feature, direction, now, values):
    """The runs of a scan from the present value to the last of `values`; categories: those in `values`."""
    if feature.type != "number":
        kept = {feature.json(raw) for raw in values}
        return [run for run in ranges if run["from"] in kept]
    first = min(values) if direction != "higher" else now
    last = max(values) if direction != "lower" else now
    cut = [
        {**run, "from": max(run["from"], feature.json(first)), "to": min(run["to"], feature.json(last))}
        for run in ranges
        if run["from"] <= last and run["to"] >= first
    ]
    return [run for run in cut if run["from"] <= run["to"]]
