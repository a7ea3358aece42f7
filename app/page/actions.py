"""What a button in the talk means: the question that it asks, with the Query that need not be read from text."""
from dataclasses import dataclass, replace

from app.page.options import LISTED, limit_text, limits_of
from dialogue.types import LEVELS, Memory
from explainers.types import Ask, Query, Subject


@dataclass(frozen=True)
class Wish:
    """A question about to be asked: its words, what it means where that is known, what it starts from."""
    text: str
    query: Query | None
    memory: Memory


def wish_of(action, visit):
    """The Wish for an action of the page, or None where it does not fit the conversation (any more)."""
    make = WISHES.get(action.get("do")) if isinstance(action, dict) else None
    return make(action, visit) if make else None


def _ask(action, visit):
    """A question as written, or a reading that the last answer offered."""
    text = str(action.get("text") or "").strip()
    if not text:
        return None
    said = visit.session.transcript[-1] if visit.session.transcript else {}
    choices = (said.get("query") or {}).get("choices") or ()
    picked = next((Query.from_json(choice["query"]) for choice in choices if choice["text"] == text), None)
    return Wish(text, picked, visit.memory)


def _again(action, visit):
    """The last answer once more at another level."""
    level, query = action.get("level"), _last_query(visit)
    if level not in LEVELS or query is None:
        return None
    text = visit.texts["again_text"].format(level=visit.texts["levels"][level])
    return Wish(text, query, replace(visit.memory, level=level))


def _without(action, visit):
    """Another search that leaves a feature as it is."""
    query, ask = _search(action, visit)
    feature = action.get("feature")
    known = {name for player in visit.domain.players for name in (player.name, *player.columns)}
    if ask is None or not isinstance(feature, str) or feature not in known:
        return None
    options = dict(ask.options)
    options["without"] = [name for name in options.get("without") or () if name != feature] + [feature]
    text = visit.texts["not_possible_for"].format(feature=visit.words.label_text(feature))
    return Wish(text, _with(query, ask, options), visit.memory)


def _unlike(action, visit):
    """Another search that avoids one of the options shown."""
    query, ask = _search(action, visit)
    number, shown = action.get("option"), visit.memory.options
    if ask is None or not isinstance(number, int) or not 0 <= number < len(shown):
        return None
    earlier = [option for option in ask.options.get("unlike") or () if isinstance(option, (list, tuple))]
    options = {**ask.options, "unlike": earlier + [list(shown[number])]}
    return Wish(visit.texts["not_this"].format(number=number + 1), _with(query, ask, options), visit.memory)


def _lift(action, visit):
    """Another search without one of the limits in force."""
    limit = (action.get("key"), action.get("value"))
    if limit not in limits_of(visit.memory.limits):
        return None
    key, value = limit
    limits = {name: entry for name, entry in visit.memory.limits.items() if name != key}
    if key in LISTED:
        left = [entry for entry in visit.memory.limits[key] if entry != value]
        limits |= {key: left} if left else {}
    query = Query(subject=Subject(case=visit.case), asks=(Ask("counterfactual"),))
    text = visit.texts["lifted"].format(limit=limit_text(visit, key, value))
    return Wish(text, query, replace(visit.memory, limits=limits or None))


WISHES = {"ask": _ask, "again": _again, "without": _without, "unlike": _unlike, "lift": _lift}


def _last_query(visit):
    stored = visit.session.transcript[-1].get("query") if visit.session.transcript else None
    query = Query.from_json(stored) if stored else None
    return query if query is not None and query.status == "understood" and query.asks else None


def _search(action, visit):
    """(the last Query, its counterfactual ask at `place`), or (None, None)."""
    query = _last_query(visit)
    asks = [ask for ask in query.asks if ask.kind == "counterfactual"] if query else []
    place = action.get("place", 0)
    return (query, asks[place]) if isinstance(place, int) and 0 <= place < len(asks) else (None, None)


def _with(query, ask, options):
    return replace(query, asks=(Ask(ask.kind, {key: value for key, value in options.items() if key != "like"}),), choices=())
