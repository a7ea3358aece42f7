"""Conditions: which rows are meant.

COND is {"feature": F, "is": "=|!=|<|<=|>|>=", "value": V}, {"prediction": outcome}, {"label": outcome},
{"and": [COND, ...]}, {"or": [COND, ...]} or {"not": COND}. A missing value meets no comparison but "!=".
"""
import operator

import numpy as np

from explainers.errors import InputProblem

COMPARE = {"=": operator.eq, "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
           ">": operator.gt, ">=": operator.ge}


def mask(condition, domain, frame, predicted=None, target=None):
    """Boolean array of the rows of `frame` that meet `condition`.

    predicted: function without arguments that gives the predicted outcome codes of `frame`; called when needed.
    target: true outcome codes in the order of `frame`; needed for {"label": ...}.
    """
    if not isinstance(condition, dict):
        raise InputProblem("bad_condition", condition=str(condition)[:200])
    keys = set(condition)
    deeper = lambda part: mask(part, domain, frame, predicted, target)
    if keys in ({"and"}, {"or"}):
        join = np.logical_and if keys == {"and"} else np.logical_or
        return join.reduce([deeper(part) for part in next(iter(condition.values()))])
    if keys == {"not"}:
        return ~deeper(condition["not"])
    if keys == {"prediction"} and predicted is not None:
        return np.asarray(predicted()) == _outcome(domain, condition["prediction"])
    if keys == {"label"} and target is not None:
        return np.asarray(target) == _outcome(domain, condition["label"])
    if keys == {"feature", "is", "value"} and condition["is"] in COMPARE:
        return _compare(condition, domain, frame)
    raise InputProblem("bad_condition", condition=str(condition)[:200])


def _outcome(domain, outcome):
    if str(outcome) not in domain.outcomes:
        raise InputProblem("unknown_outcome", value=str(outcome)[:60], known=", ".join(domain.outcomes.values()))
    return str(outcome)


def _compare(condition, domain, frame):
    feature = domain.feature(condition["feature"])
    column = frame[feature.name]
    compare = COMPARE[condition["is"]]
    if feature.type == "category" and condition["is"] not in ("=", "==", "!="):
        rank = {raw: position for position, raw in enumerate(feature.codes.values())}
        wanted = rank[feature.read(condition["value"])]
        met = compare(column.map(rank).to_numpy(dtype=float), wanted)
    elif feature.type == "number":
        met = compare(column.to_numpy(dtype=float), float(condition["value"]))
    else:
        met = compare(column.to_numpy(), feature.read(condition["value"]))
    return np.asarray(met, dtype=bool) & (column.notna().to_numpy() | (condition["is"] == "!="))
