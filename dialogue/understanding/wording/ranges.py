"""Categories whose values are ranges of numbers."""

import re

from dialogue.understanding.wording.numbers import read_digits


def ranges(feature):
    """Code -> (low, high) of a category whose values are ranges of numbers: "100 to under 500 DM", "10 hours or more"."""
    found, labels = {}, [str(label).lower() for label in (feature.values or {}).values()]
    for small, large, factor in _UNITS_MIXED:
        if any(small in label for label in labels):
            labels = [re.sub(rf"(\d+) {large}s?\b", lambda match: str(int(match[1]) * factor), label) for label in labels]
    for code, label in zip(feature.values or {}, labels):
        span = _range(label)
        if span:
            found[code] = span
    return found if len(found) > 1 and len(found) >= len(feature.values) - 1 else {}


_UNITS_MIXED = (("minute", "hour", 60), ("month", "year", 12))  # "30 minutes to 1 hour"
_NUMBER = r"(\d+(?:[.,]\d+)*)"
_RANGES = (
    (rf"{_NUMBER}(?: \w+)? *(?:to|-|up to|until)(?: under| less than)? *{_NUMBER}", lambda a, b: (a, b)),
    (rf"(?:under|below|less than|up to|fewer than|<) *{_NUMBER}", lambda a: (float("-inf"), a)),
    (
        rf"{_NUMBER}(?: \w+)? (?:or more|and more|or over|and over|or above)|(?:over|more than|above|at least|>) *{_NUMBER}",
        lambda *found: (next(x for x in found if x is not None), float("inf")),
    ),
)


def _range(label):
    for pattern, read in _RANGES:
        match = re.search(pattern, label)
        if match:
            return read(*(None if part is None else read_digits(part) for part in match.groups()))
    return None
