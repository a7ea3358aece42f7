"""What a counterfactual must respect: what was said earlier in the talk, put together with what is said now."""

from dataclasses import replace

LIMITS = ("without", "only", "at_most", "limits", "unlike")
_UP, _DOWN = (">", ">="), ("<", "<=")


def limited(ask, memory):
    """A counterfactual with the limits said before; options named by number become their changes. Other asks as they are."""
    if ask.kind != "counterfactual":
        return ask
    options = _with_shown(dict(ask.options), memory.options)
    return replace(ask, options=_together(memory.limits, options) if memory.limits else options)


def aimed(ask, memory):
    """A search that goes on keeps the outcome or value aimed at, where it names none."""
    last = memory.asks[0] if memory.asks else None
    if ask.kind != "counterfactual" or ask.get("target") or last is None or last.kind != ask.kind or not last.get("target"):
        return ask
    return replace(ask, options={**ask.options, "target": last.get("target")})


def others(ask, memory):
    """Options were just shown and more are asked for without saying how they shall differ: other ones than those shown."""
    shown_last = any(last.kind == "counterfactual" for last in memory.asks) and memory.options
    if ask.kind != "counterfactual" or ask.options or not shown_last:
        return ask
    return replace(ask, options={"unlike": [list(option) for option in memory.options]})


def _together(old, new):
    """Old and new limits; what is said now goes before what was said of the same feature earlier."""
    merged = dict(old)
    for name, value in new.items():
        if name == "only":
            merged[name] = list(value)
            merged["without"] = [item for item in merged.get("without", ()) if item not in value]
        elif name == "without":
            merged[name] = [*merged.get(name, ()), *(item for item in value if item not in merged.get(name, ()))]
            merged["only"] = [item for item in merged.get("only", ()) if item not in value]
        elif name == "limits":
            merged[name] = [limit for limit in merged.get(name, ()) if not any(_replaces(other, limit) for other in value)] + list(value)
            named = [limit["feature"] for limit in value if limit.get("feature")]
            merged["without"] = [item for item in merged.get("without", ()) if item not in named]
            if merged.get("only"):
                merged["only"] = list(dict.fromkeys([*merged["only"], *named]))
        elif name == "unlike":
            merged[name] = [*merged.get(name, ()), *(item for item in value if item not in merged.get(name, ()))]
        else:
            merged[name] = value
    return {name: value for name, value in merged.items() if value != []}


def _replaces(new, old):
    """Two bounds of a feature that look the same way: the newer one holds."""
    if new.get("feature") is None or new.get("feature") != old.get("feature"):
        return False
    signs = {new.get("is"), old.get("is")}
    return signs <= set(_UP) or signs <= set(_DOWN) or "=" in signs


def _with_shown(options, shown):
    """`like` and `unlike` with the changes of an option in the place of its number, counted from 1."""
    for name in ("like", "unlike"):
        given = options.get(name)
        numbers = given if isinstance(given, (list, tuple)) else [given]
        if given is not None and all(not isinstance(number, int) or 1 <= number <= len(shown) for number in numbers):
            options[name] = [list(shown[number - 1]) if isinstance(number, int) else number for number in numbers]
    return options
