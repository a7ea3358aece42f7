"""Numbers said without their feature: "if i only take 3k", "10k for 5 years", "he is 35"."""

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
    aged = AGED.search(structure.text())
    if not aged and not (_TAKING if changes else _SUPPOSED).search(structure.text()):
        return changes
    if "TARGET" in structure.text():
        return changes
    used = {place for s, _ in structure.statements for place in range(s.start, s.end)}
    left = [item for place, item in enumerate(structure.row) if item.letter == "N" and place not in used and not item.value.ordinal]
    if len(left) == 1 and structure.case != str(left[0].value.value):
        told = {change.feature for change in changes}
        name = age(domain) if aged else of_size(left[0].value.value, domain, "to", told)
        return [Change(name, "to", left[0].value.value), *changes] if name and name not in told else changes
    return changes


AGED = re.compile(r"\b(?:i|he|she) (?:was|were|am|is|turned?|had been) (?:only |just |already )?NUM(?: \?)?$")
_SUPPOSED = re.compile(r"\b(?:if|suppose|only|with|take|asked?|borrow)\b")
_TAKING = re.compile(
    r"\b(?:take|give|get|lend|borrow|ask(?:s|ed)?|need|want|have)\b(?: \w+){0,3} NUM\b"
    r"|\bNUM (?:(?:for|over|and|in) )?(?:CHANGE|COND)\b|\b(?:CHANGE|COND) (?:and|with|for) NUM\b"
)


def of_number(structure, clause, domain):
    """[feature] that a bare number in a clause is of: "is 2,000 too much", "I am 71, is that it"; [] where none or several."""
    row = [item for place, item in enumerate(structure.row) if clause.start <= item.start < clause.end and item.letter == "N"]
    used = {item.start for s, _ in structure.statements for item in structure.row[s.start : s.end]}
    left = [item.value for item in row if item.start not in used and not item.value.ordinal]
    if len(left) != 1 or structure.case == str(left[0].value):
        return []
    aged = re.search(r"\b(?:i|he|she) (?:am|is|was) (?:only |just |already )?NUM\b", clause.text)
    name = age(domain) if aged else of_size(left[0].value, domain, "to")
    return [name] if name else []


def age(domain):
    """The number feature that is an age."""
    named = (f.name for f in domain.features.values() if f.type == "number" and re.search(r"\bage\b", f.label.lower()))
    return next(named, None)


def of_size(value, domain, how, besides=()):
    """The only changeable number feature, none of `besides`, in whose range (or width of range) the value lies, well inside."""
    fitting = [
        f.name
        for f in domain.features.values()
        if f.type == "number"
        and not f.immutable
        and f.name not in besides
        and f.low is not None
        and (f.low <= value <= f.high if how == "to" else 0 < value <= f.high - f.low)
    ]
    return fitting[0] if len(fitting) == 1 else None
