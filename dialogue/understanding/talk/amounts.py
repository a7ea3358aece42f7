"""A number without its feature: the one feature that a number of this size can be of."""

import re
from dataclasses import replace

from explainers.types import Change


def with_amount(changes, structure, kinds, domain):
    """A number without its feature in a what-if: the one feature that a number of this size can be of."""
    if not kinds & {"prediction", "likelihood", "again", "why", "counterfactual"}:
        return changes
    if any(change.feature == "" for change in changes):
        fill = lambda change: (
            of_size(abs(change.value), domain, change.how) if change.how == "by" and isinstance(change.value, (int, float)) else None
        )
        return [replace(change, feature=fill(change) or "") if change.feature == "" else change for change in changes]
    aged = re.search(r"\b(?:i|he|she) (?:was|were|am|is|turned?|had been) (?:only |just |already )?NUM(?: \?)?$", structure.text())
    if changes or not aged and not re.search(r"\b(?:if|suppose|only|with|take|asked?|borrow)\b", structure.text()):
        return changes
    if "TARGET" in structure.text():
        return changes
    used = {place for s, _ in structure.statements for place in range(s.start, s.end)}
    left = [item for place, item in enumerate(structure.row) if item.letter == "N" and place not in used and not item.value.ordinal]
    if len(left) == 1 and structure.case != str(left[0].value.value):
        name = age(domain) if aged else of_size(left[0].value.value, domain, "to")
        return [Change(name, "to", left[0].value.value)] if name else changes
    return changes


def age(domain):
    """The number feature that is an age."""
    named = (f.name for f in domain.features.values() if f.type == "number" and re.search(r"\bage\b", f.label.lower()))
    return next(named, None)


def of_size(value, domain, how):
    """The only changeable number feature in whose range (or width of range) the value lies, well inside."""
    fitting = [
        f.name
        for f in domain.features.values()
        if f.type == "number"
        and not f.immutable
        and f.low is not None
        and (f.low <= value <= f.high if how == "to" else 0 < value <= f.high - f.low)
    ]
    return fitting[0] if len(fitting) == 1 else None
