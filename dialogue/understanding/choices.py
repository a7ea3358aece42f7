"""Several features that fit equally well: the readings to pick from, with a wording each."""

from dataclasses import replace

from dialogue.understanding.asks.scope import OUTSIDE, doubtful
from dialogue.understanding.wording.lexicon import load_questions
from explainers.types import Ask, Choice

MOST = 3
LOWEST = 0.25  # below this confidence the person picks; half of what lies below would be wrong
NEED_FEATURES = {"role", "define", "threshold", "effect"}
NAMING = ("features", "only", "without")  # options that are lists of features
OF_TALK = {"greet", "thanks", "bye", "level", "language", "again", "more", "revise"}  # nothing is lost by a mistake there


def unsure(query, found, structure, domain, language):
    """A `choose` Query of the likeliest kinds where the confidence is too low to answer; None elsewhere."""
    if query.confidence >= LOWEST and not doubtful(found[0], structure, language, domain):
        return None
    if len(found) != 1 or len(query.asks) != 1 or query.changes or query.asks[0].kind in OF_TALK:
        return None
    named = query.asks[0].get("features") or ()
    kinds = [query.asks[0].kind, *(kind for kind, _ in found[0].ranked if kind not in (query.asks[0].kind, *OUTSIDE))]
    offered = [(kind, text) for kind in kinds if (text := _wording(kind, named, domain, language))][:MOST]
    if len(offered) < 2:
        return None
    choices = tuple(Choice(text, replace(query, status="understood", asks=(_ask(kind, named, query.asks[0]),))) for kind, text in offered)
    return replace(query, status="choose", asks=(), choices=choices)


def _wording(kind, named, domain, language):
    """A question of the kind to click, about the feature that was named; None where there is none that fits."""
    if kind in NEED_FEATURES and len(named) == 1 and named[0] in domain.features:
        text = load_questions(language, slots=("feature",)).get(kind)
        return text and text.format(feature=domain.features[named[0]].label)
    return load_questions(language).get(kind)


def _ask(kind, named, first):
    if kind == first.kind:
        return first
    return Ask(kind, {"features": list(named)}) if kind in NEED_FEATURES else Ask(kind)


def readings(query, structure, domain):
    """A `choose` Query where a named feature could be one of several; None where nothing is open."""
    if query.status not in ("understood", "unsupported") or not query.asks:
        return None
    for names in _open(query, structure):
        names = [name for name in names if name in domain.features]
        if len(names) > 1:
            choices = tuple(
                Choice(
                    domain.features[name].label, replace(_with(query, names[0], name), status="understood", choices=())
                )
                for name in names[:MOST]
            )
            return replace(query, status="choose", asks=(), changes=(), choices=choices)
    return None


def either_of(query, domain):
    """A `choose` Query where one feature is supposed to be two things at once ("with 24 months, and with 12?"); else None."""
    names = [change.feature for change in query.changes]
    twice = next((name for name in dict.fromkeys(names) if names.count(name) > 1), None)
    if twice is None or query.status != "understood" or not {ask.kind for ask in query.asks} <= {"prediction", "likelihood", "why"}:
        return None
    others = tuple(change for change in query.changes if change.feature != twice)
    choices = tuple(
        Choice(_supposition(change, domain), replace(query, changes=(*others, change)))
        for change in query.changes if change.feature == twice
    )
    return replace(query, status="choose", asks=(), changes=(), choices=choices[:MOST])


def _supposition(change, domain):
    """ "duration of the loan: 24 months", to click."""
    feature = domain.features[change.feature]
    value = feature.values.get(str(change.value), change.value) if feature.type == "category" else change.value
    sign = {"by": "+" if isinstance(value, (int, float)) and value > 0 else "", "times": "× "}.get(change.how, "")
    unit = f" {feature.unit}" if feature.unit and change.how != "times" else ""
    return f"{feature.label}: {sign}{value}{unit}"


def _open(query, structure):
    """Tuples of features that fit equally well and are used in the Query."""
    used = {change.feature for change in query.changes}
    used |= {name for ask in query.asks for key in NAMING for name in ask.get(key, ()) or ()}
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
    named = lambda ask: {key: [new if name == old else name for name in ask.get(key)] for key in NAMING if ask.get(key)}
    asks = tuple(replace(ask, options={**ask.options, **named(ask)}) for ask in query.asks)
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
