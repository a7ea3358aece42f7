"""Taking back and putting right: "undo that", "start over", "no, I meant the amount", "the income may change again"."""

from dataclasses import replace

from explainers.types import Subject

REVISE = "revise"


def revision(query):
    """The ask of a Query that revises, or None."""
    return next((ask for ask in query.asks if ask.kind == REVISE), None)


def revised(memory, query):
    """The memory with what the Query takes back or puts in another's place; pure."""
    ask = revision(query)
    if ask is None:
        return memory
    drop, put = ask.get("drop"), ask.get("put")
    if query.subject.case is not None:
        return replace(memory.about(query.subject.case), asks=memory.asks)
    if put is not None:
        return _put(memory, str(put), query)
    if query.changes:
        names = {change.feature for change in query.changes}
        return replace(
            memory,
            changes=tuple(change for change in memory.changes if change.feature not in names) + tuple(query.changes),
        )
    if drop == "all":
        case = memory.own if memory.own is not None else memory.case
        return replace(memory, case=case, subject=Subject(), changes=(), asks=(), options=(), limits=None, before=(), features=())
    if drop == "changes":
        return replace(memory, changes=())
    if drop == "limits":
        return replace(memory, limits=None, asks=tuple(_unlimited(ask) for ask in memory.asks))
    if drop in (None, "last"):
        return _last(memory)
    return _without(memory, [drop] if isinstance(drop, str) else list(drop))


def _last(memory):
    """The last change, or where there is none the limits."""
    if memory.changes:
        return replace(memory, changes=memory.changes[:-1])
    asks = tuple(_unlimited(ask) for ask in memory.asks)
    return replace(memory, limits=None, asks=asks)


def _unlimited(ask):
    options = {
        key: value
        for key, value in ask.options.items()
        if key not in ("without", "only", "at_most", "limits", "like", "unlike")
    }
    return replace(ask, options=options) if ask.kind == "counterfactual" else ask


def _without(memory, names):
    """Changes and limits of some features taken back, or how many changes there may be (`at_most`)."""
    kept = tuple(change for change in memory.changes if change.feature not in names)
    return replace(
        memory,
        changes=kept,
        limits=_freed(memory.limits, names),
        asks=tuple(
            replace(ask, options=_freed(ask.options, names) or {}) if ask.kind == "counterfactual" else ask
            for ask in memory.asks
        ),
    )


def _freed(limits, names):
    if not limits:
        return limits
    kept = {}
    limits = {key: value for key, value in limits.items() if key not in names}
    held = [*limits.get("only", ()), *limits.get("without", ()), *(limit.get("feature") for limit in limits.get("limits", ()))]
    for key, value in limits.items():
        if key == "only" and not set(names) & set(held):  # "the amount may change after all", where others alone might
            value = [*value, *names]
        elif key in ("without", "only"):
            value = [name for name in value if name not in names]
        elif key == "limits":
            value = [limit for limit in value if limit.get("feature") not in names]
        if value not in ([], None):
            kept[key] = value
    return kept or None


def _put(memory, name, query):
    """Another feature in the place of the one changed or asked about last."""
    if memory.changes:
        last = memory.changes[-1]
        return replace(memory, changes=memory.changes[:-1] + (replace(last, feature=name),))
    asks = tuple(
        replace(ask, options={**ask.options, "features": [name]}) if ask.get("features") else ask for ask in memory.asks
    )
    return replace(memory, asks=asks)
