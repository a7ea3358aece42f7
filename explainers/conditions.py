"""Conditions: which rows are meant.

COND is {"feature": F, "is": "=|!=|<|<=|>|>=", "value": V}, {"prediction": outcome}, {"label": outcome},
{"and": [COND, ...]}, {"or": [COND, ...]} or {"not": COND}. A missing value meets no comparison but "!=";
the value null asks for what is missing ("=") or not ("!=").
Categories compare in their written order.
"""
import operator

import numpy as np

from explainers.errors import InputProblem
from explainers.feature import text_of

COMPARE = {"=": operator.eq, "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
           ">": operator.gt, ">=": operator.ge}
SAME = ("=", "==", "!=")


def mask(condition, domain, frame, predicted=None, target=None):
    """Boolean array of the rows of `frame` that meet `condition`.

    predicted: function without arguments that gives the predicted outcome codes of `frame`; called when needed.
    target: true outcome codes in the order of `frame`; needed for {"label": ...}.
    Raises InputProblem for what is no condition, or speaks of features, values or outcomes that do not exist.
    """
    if not isinstance(condition, dict):
        raise InputProblem("bad_condition", condition=str(condition)[:200])
    keys = set(condition)
    deeper = lambda part: mask(part, domain, frame, predicted, target)
    if keys in ({"and"}, {"or"}):
        parts = next(iter(condition.values()))
        if not isinstance(parts, (list, tuple)) or not parts:
            raise InputProblem("bad_condition", condition=str(condition)[:200])
        join = np.logical_and if keys == {"and"} else np.logical_or
        return join.reduce([deeper(part) for part in parts])
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
    code = text_of(outcome)
    if code not in domain.outcomes:
        raise InputProblem("unknown_outcome", value=code[:60], known=", ".join(domain.outcomes.values()))
    return code


def _compare(condition, domain, frame):
    feature, sign, value = domain.feature(condition["feature"]), condition["is"], condition["value"]
    column = frame[feature.name]
    known = column.notna().to_numpy()
    if value is None:
        if sign not in SAME:
            raise InputProblem("bad_condition", condition=str(condition)[:200])
        return known if sign == "!=" else ~known
    if feature.type == "number":
        met = COMPARE[sign](column.to_numpy(dtype=float), _number(feature, value))
    elif sign in SAME:
        met = COMPARE[sign](column.to_numpy(dtype=object), feature.read(value))
    elif feature.type == "yes_no":
        raise InputProblem("bad_condition", condition=str(condition)[:200])
    else:
        rank = {raw: position for position, raw in enumerate(feature.codes.values())}
        met = COMPARE[sign](column.map(rank).to_numpy(dtype=float), rank[feature.read(value)])
    return np.asarray(met, dtype=bool) & (known | (sign == "!="))


def _number(feature, value):
    """Any number: a comparison may lie beyond the limits of the world."""
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise InputProblem("not_a_number", feature=feature.name, label=feature.label, value=str(value)[:60]) from error
