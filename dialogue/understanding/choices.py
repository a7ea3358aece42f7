"""Several features that fit equally well: the readings to pick from, with a wording each."""
from dataclasses import replace

from explainers.types import Choice

MOST = 3


def readings(query, structure, domain):
    """A `choose` Query where a named feature could be one of several; None where nothing is open."""
    if query.status not in ("understood", "unsupported") or not query.asks:
        return None
    for names in _open(query, structure):
        names = [name for name in names if name in domain.features]
        if len(names) > 1:
            choices = tuple(Choice(domain.features[name].label, replace(_with(query, names[0], name), status="understood", choices=()))
                            for name in names[:MOST])
            return replace(query, status="choose", choices=choices)
    return None


def _open(query, structure):
    """Tuples of features that fit equally well and are used in the Query."""
    used = {change.feature for change in query.changes} | {name for ask in query.asks for name in ask.get("features", ()) or ()}
    used |= set(_of(query.subject.where))
    return [tuple(dict.fromkeys(names)) for _, names in structure.unclear() if names[0] in used]


def _of(condition):
    if not condition:
        return
    if "feature" in condition:
        yield condition["feature"]
    for key in ("and", "or"):
        for part in condition.get(key, ()):
            yield from _of(part)
    yield from _of(condition.get("not"))


def _with(query, old, new):
    """The Query with one feature put in the place of another, wherever it stands."""
    changes = tuple(replace(change, feature=new) if change.feature == old else change for change in query.changes)
    asks = tuple(replace(ask, options={**ask.options, "features": [new if name == old else name for name in ask.get("features")]})
                 if ask.get("features") else ask for ask in query.asks)
    where = _replaced(query.subject.where, old, new)
    return replace(query, changes=changes, asks=asks, subject=replace(query.subject, where=where))


def _replaced(condition, old, new):
    if condition is None:
        return None
    if condition.get("feature") == old:
        return {**condition, "feature": new}
    for key in ("and", "or"):
        if key in condition:
            return {key: [_replaced(part, old, new) for part in condition[key]]}
    return {"not": _replaced(condition["not"], old, new)} if "not" in condition else condition
