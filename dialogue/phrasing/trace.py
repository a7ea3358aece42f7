"""Values of the evidence that know their place, so that every word said about them can be traced back to it.

    e = traced(evidence.to_json(), "evidence.0")
    e.result.before.outcome      Code("0"), whose place is "evidence.0.result.before.outcome"

Numbers, codes and records can be compared and selected from, but not printed: only the formatters in `words.py`
turn one into text, and each of them leaves a `Said` behind.
"""
from dataclasses import dataclass
from typing import Any


class Unsaid(Exception):
    """A template tried to print a value without a formatter, or named one that the evidence lacks."""


@dataclass(frozen=True)
class Said:
    """One value put into words: the text, the places and values behind it, and the formatter that made it."""
    text: str
    places: tuple[str, ...]
    values: tuple[Any, ...]
    formatter: str


class Number(float):
    """A number with its place; a difference of two carries both places."""
    place: str

    def __new__(cls, value, place):
        number = super().__new__(cls, value)
        number.place = place
        return number

    def __sub__(self, other):
        return Number(float(self) - float(other), f"{self.place} - {getattr(other, 'place', repr(other))}")

    def __abs__(self):
        return Number(abs(float(self)), self.place)

    def __neg__(self):
        return Number(-float(self), self.place)


class Code(str):
    """A string of the evidence: a feature's name, an outcome's code, a method."""
    place: str

    def __new__(cls, value, place):
        code = super().__new__(cls, value)
        code.place = place
        return code


class Record:
    """A JSON object whose entries are reached as attributes; an entry that is not there is an AttributeError."""

    def __init__(self, entries, place):
        self._entries, self._place = entries, place

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._entries[name]
        except KeyError:
            raise AttributeError(f"{self._place}.{name}") from None

    def __getitem__(self, name):
        return self._entries[str(name)]

    def __contains__(self, name):
        return str(name) in self._entries

    def __iter__(self):
        return iter(self._entries)

    def __len__(self):
        return len(self._entries)

    def get(self, name, default=None):
        return self._entries.get(name, default)

    def keyed(self):
        """[(key, value)], the key as a Code at the value's place."""
        return [(Code(key, f"{self._place}.{key}"), value) for key, value in self._entries.items()]


def traced(value, place):
    """JSON -> the same with places: Record, list, Number, Code; booleans and None stay as they are."""
    if isinstance(value, dict):
        return Record({str(key): traced(item, f"{place}.{key}") for key, item in value.items()}, place)
    if isinstance(value, (list, tuple)):
        return [traced(item, f"{place}.{position}") for position, item in enumerate(value)]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return Number(value, place)
    return Code(str(value), place)


def place_of(value):
    """Where a value came from; None for what is not from the evidence."""
    return getattr(value, "place", None) or getattr(value, "_place", None)


def untraced(value):
    """The value as it stands in the evidence."""
    if isinstance(value, Number):
        return float(value)
    return str(value) if isinstance(value, Code) else value
