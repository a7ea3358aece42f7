"""Statements that name a value or a yes/no feature, and what is said to be missing ("no dependents")."""
import re
from dataclasses import dataclass

from dialogue.understanding.wording.units import as_code


@dataclass(frozen=True)
class Statement:
    """`form` is compare (sign, value), flag or value (sign "=" or "!="), by, times or to; start and end are items.

    options: feature names that fit equally well; the value may then differ by feature: (name, value) pairs.
    """

    form: str
    start: int
    end: int
    options: tuple
    sign: str = "="
    value: object = None
    unit: str | None = None
    inherits: bool = False

    @property
    def feature(self):
        return self.options[0]


STOPPING = {"stop", "stopped", "stops", "stopping", "quit", "quits", "quitting"}


class Flags:
    """What a Reader reads of values and flags; has `row`, `letters`, `found`, `domain`."""

    def _value(self, match):
        item = self._item(match, "V")
        pairs = [(name, value) for name, value in item.value.options if name in self.domain.features]
        named = self._features(self._item(match, "F"), ("category",)) if self._item(match, "F") else ()
        if self._item(match, "F") is not None:
            pairs = [pair for pair in pairs if pair[0] in named]
        if not pairs:
            return None
        negated = self._item(match, "x") is not None or (
            match.group("V") == match.group() and self._negated(match.start())
        )
        start = match.start()
        values = tuple(value if isinstance(value, bool) else as_code(value) for _, value in pairs)
        return [
            Statement("value", start, match.end(), tuple(name for name, _ in pairs), "!=" if negated else "=", values)
        ]

    def _negated(self, start):
        """A negation among the few words before, nothing but verbs and little words between."""
        for spot in range(start - 1, max(start - 6, -1), -1):
            letter = self.row[spot].letter
            if letter == "x":
                return True
            if (
                letter == "R"
                and any(s.end == spot for s in self.found)
                and self._carries(next(s.start for s in self.found if s.end == spot))
            ):
                return True
            if letter not in "lbwhqf" or self.row[spot].text in ("why", "but", "how", "what"):
                return False
        return False

    def _carries(self, start):
        """A statement that begins with a negation, or follows one, passes it on over "or" and "nor"."""
        return self.row[start].text == "neither" or self._negated(start)

    def _flags(self):
        for spot, letter in enumerate(self.letters):
            if letter != "L":
                continue
            item = self.row[spot]
            if self._said_already(item, spot) or spot and self.row[spot - 1].letter == "N":
                continue
            negated = self._negated(spot)
            names = self._features(item, ("yes_no",))
            negated = negated or self._said_no(spot)
            value = negated if item.value.negative else not negated
            start = spot
            while negated and start > 0 and self.row[start].letter != "x":
                start -= 1
            self.found.append(
                Statement("flag", start if negated else spot, spot + 1, names, "=", tuple(value for _ in names))
            )
            self.letters[spot] = "_"

    def _said_no(self, spot):
        """ "has dependents = no", "tech support: no"."""
        after = [item.text for item in self.row[spot + 1 : spot + 3]]
        return len(after) == 2 and after[0] in ("=", "is", ":", "equals") and after[1] in ("no", "false", "none")

    def _said_already(self, item, spot):
        """The same feature named once more right behind a statement about it ("worked less than 1 year at the job")."""
        names = {name for name, _ in item.value.options}
        return any(s.form == "flag" and s.options[0] in names and 0 <= spot - s.end <= 3 for s in self.found)

    def _zeros(self):
        """No dependents, without savings: zero of a number feature."""
        for spot, letter in enumerate(self.letters):
            if letter == "F" and spot and self._none_before(spot):
                names = self._features(self.row[spot], ("number",))
                stopped = self.row[spot - 1].text in STOPPING or spot > 1 and self.row[spot - 2].text in STOPPING
                nothing = [
                    (name, none_code(self.domain.features[name]) or stopped and self._least(name))
                    for name in self._features(self.row[spot], ("category",))
                ]
                nothing = [(name, code) for name, code in nothing if code not in (None, False)]
                if nothing and not names:
                    start = next(place for place in range(spot - 1, -1, -1) if self.row[place].letter == "x")
                    self.found.append(
                        Statement("value", start, spot + 1, (nothing[0][0],), "=", (as_code(nothing[0][1]),))
                    )
                if names:
                    start = spot - 1
                    while self.row[start].letter != "x":
                        start -= 1
                    self.found.append(Statement("compare", start, spot + 1, names, "=", tuple(0 for _ in names)))

    def _least(self, name):
        """The first value of an ordered category: to stop drinking is to drink least."""
        feature = self.domain.features[name]
        return next(iter(feature.values)) if feature.ordered else None

    def _none_before(self, spot):
        for place in range(spot - 1, max(spot - 4, -1), -1):
            word = self.row[place].text
            if self.row[place].letter == "x":
                return (word in ("no", "without", "never") or word in STOPPING) and spot - place < 3 or (
                    word in ("not", "never") and self.row[spot].text.endswith(("ant", "ed", "ing"))
                )
            if self.row[place].letter not in "lb":
                return False
        return False


def none_code(feature):
    """The value of a category that says "none": "no savings account", "none", "not employed"."""
    for code, label in (feature.values or {}).items():
        names = [str(label), *(feature.value_synonyms or {}).get(code, ())]
        if any(
            re.match(r"(?:no|none|without|not|nothing|unknown or no|unknown, or no|unknown / no)\b", name.lower())
            for name in names
        ):
            return code
    return None
