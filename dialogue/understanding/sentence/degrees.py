"""Degrees of ordered categories: "very high", "hardly ever", "a lot", whatever the values themselves are called.

A category has degrees where each of its values is one ("very little" to "very much", "rarely" to "often").
"""

import re

from dialogue.understanding.sentence.flags import Statement
from dialogue.understanding.wording.mistaken import VERY
from dialogue.understanding.wording.units import as_code

_LOW = set("little low small bad poor poorly rarely rare seldom short weak few light lightly infrequently badly".split())
_HIGH = set("much high large good well often frequent frequently long strong heavy heavily lot lots many great big regularly".split())
_MIDDLE = set("some medium average fair moderate moderately sometimes normal occasionally ok okay middling".split())
_LEAST = set("never none hardly barely terrible awful no".split())
_MOST = set("excellent perfect always superb constantly enormous".split())
_BETWEEN = {"is", "are", "was", "were", "be", "been", "a", "an", "of", "at", "the", "ever", "any", "amount", "level", "their", "=", "as"}


def degree(words):
    """-2 to 2 for words that say how much; None where they do not."""
    sides = (-2, _LEAST), (2, _MOST), (-1, _LOW), (1, _HIGH), (0, _MIDDLE)
    for place, word in enumerate(words):
        side = next((side for side, known in sides if word in known), None)
        if side is not None:
            return side * 2 if abs(side) == 1 and place and words[place - 1] in VERY else side
    return None


def levels(feature):
    """Degree -> code of an ordered category all of whose values are degrees; empty for any other feature."""
    if feature.type != "category" or not feature.ordered:
        return {}
    said = {degree(re.findall(r"[a-z]+", str(label).lower())): code for code, label in feature.values.items()}
    return said if None not in said and len(said) == len(feature.values) else {}


class Degrees:
    """What a Reader reads of degrees; has `row`, `letters`, `found`, `domain`."""

    def _degrees(self):
        for spot, letter in enumerate(self.letters):
            names = self._features(self.row[spot], ("category",)) if letter == "F" else ()
            said = levels(self.domain.features[names[0]]) if len(names) == 1 else {}
            place = self._degree_at(spot) if said else None
            if place is None:
                continue
            start, end, found = place
            code = said.get(found, said[min(said, key=lambda level: abs(level - found))])
            self.found.append(Statement("value", start, end, names, "=", (as_code(code),)))
            self.letters[start:end] = ["_" if letter not in "GC" else letter for letter in self.letters[start:end]]

    def _degree_at(self, spot):
        """(start, end, degree) of the words around a feature that say how much of it: "very high F", "F is very low"."""
        words = [item.text for item in self.row]
        start = spot
        while start and words[start - 1] in _BETWEEN and start > spot - 3:
            start -= 1
        begin = start - 2 if start > 1 and words[start - 2] in VERY else start - 1
        found = degree(words[max(0, begin) : start]) if start else None
        if found is not None and self.letters[start - 1] not in "xm_":
            return max(0, begin), spot + 1, found
        if start and words[start - 1] in ("never", "hardly", "barely", "nobody"):
            return start - 1, spot + 1, -2
        end = spot + 1
        while end < len(words) and words[end] in _BETWEEN and end < spot + 4:
            end += 1
        close = end + 2 if end + 1 < len(words) and words[end] in VERY else end + 1
        found = degree(words[end:close]) if end < len(words) else None
        if found is None or "_" in self.letters[end:close] or words[end] in ("no", "none"):
            return None
        return spot, close, found
