"""Statements that name a value or a yes/no feature, and what is said to be missing ("no dependents")."""
import re
from dataclasses import dataclass, replace

from dialogue.understanding.wording.columns import as_words
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


OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
STOPPING = {"stop", "stopped", "stops", "stopping", "quit", "quits", "quitting"}


_EVER = {"any", "some", "ever", "previous", "past", "prior", "already", "been", "earlier"}
_HAVING = {"have", "has", "had", "having", "with"}


_LACKING = {"no", "false", "none", "missing", "absent", "lacking"}


class Flags:
    """What a Reader reads of values and flags; has `row`, `letters`, `found`, `domain`."""

    def _value(self, match):
        item = self._item(match, "V")
        pairs = [(name, value) for name, value in item.value.options if name in self.domain.features]
        named = self._features(self._item(match, "F"), ("category", "yes_no")) if self._item(match, "F") else ()
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
            if letter == "R" and self._carries(spot):
                return True
            if letter not in "lbwhqf" or self.row[spot].text in ("why", "but", "how", "what"):
                return False
        return False

    def _carries(self, spot):
        """A negation of what stands before "or" and "nor" holds for what stands behind as well: "not foreign or unemployed"."""
        before = spot - 1
        while before > 0 and self.row[before].letter in "lb,":
            before -= 1
        return self.row[before].letter in "VLF" and (self.row[max(0, before - 1)].text == "neither" or self._negated(before))

    def _turned(self, statement):
        """ "but not those over 60", "except people with savings": the opposite of what is said of them."""
        before = "".join(item.letter for item in self.row[: statement.start])
        match = re.search(r"x[l]{0,2}(?:G[lbwrf]{0,3}|r[lb]{0,2})$", before)
        if not match or statement.form not in ("compare", "value", "flag"):
            return statement
        place = match.start()
        if self.row[place].text not in ("except", "excluding") and not (
            self.row[place].text == "not" and place and self.row[place - 1].text in ("but", "and", ",")
        ):
            return statement
        if statement.form == "flag":
            return replace(statement, value=tuple(not value for value in statement.value))
        return replace(statement, sign=OPPOSITE[statement.sign])

    def _flags(self):
        for spot, letter in enumerate(self.letters):
            if letter != "L":
                continue
            item = self.row[spot]
            if self._said_already(item, spot) or spot and self.row[spot - 1].letter == "N":
                continue
            negated = self._negated(spot)
            names = self._features(item, ("yes_no",))
            if len(names) > 1 and set(names) == set(self.words.categories.get(names[0], ())):
                names = self._none_of(names) if self._negated(spot) else ()
                if names:  # "without a degree"
                    self.found.append(Statement("flag", spot, spot + 1, names, "=", (True,)))
                    self.letters[spot] = "_"
                continue
            negated = negated or self._said_no(spot)
            value = negated if item.value.negative else not negated
            start = spot
            while negated and start > 0 and self.row[start].letter != "x":
                start -= 1
            end = spot + 1 + 2 * (self._said_no(spot) or self._said_yes(spot))
            self.found.append(Statement("flag", start if negated else spot, end, names, "=", tuple(value for _ in names)))
            self.letters[spot] = "_"

    def _none_of(self, names):
        """The column of a category that stands for none of its values."""
        return tuple(name for name in names if as_words(name).split()[-1] in ("none", "no", "nothing", "without"))[:1]

    def _had_it(self):
        """ "everyone without tech support had it": the opposite of what is said of them, supposed."""
        for before in [s for s in self.found if s.form == "flag" and s.value[0] is False]:
            words = [item.text for item in self.row[before.end : before.end + 2]]
            if words in (["had", "it"], ["got", "it"], ["had", "one"], ["got", "one"], ["had", "them"], ["got", "them"]):
                self.found.append(replace(before, start=before.end, end=before.end + 2, value=tuple(True for _ in before.options)))

    def _said_no(self, spot):
        """ "has dependents = no", "tech support: no"."""
        after = [item.text for item in self.row[spot + 1 : spot + 3]]
        return len(after) == 2 and after[0] in ("=", "is", "was", "are", ":", "equals") and after[1] in _LACKING

    def _said_yes(self, spot):
        """ "by school support = yes"."""
        after = [item.text for item in self.row[spot + 1 : spot + 3]]
        return len(after) == 2 and after[0] in ("=", ":", "equals") and after[1] in ("yes", "true")

    def _said_already(self, item, spot):
        """The same feature named once more right behind a statement about it ("worked less than 1 year at the job")."""
        names = {name for name, _ in item.value.options}
        before = [s for s in self.found if s.form == "flag" and s.options[0] in names and 0 <= spot - s.end <= 3]
        denied = any(self.row[s.start].letter == "L" and self.row[s.start].value.negative for s in before)
        return bool(before) and not (denied and not item.value.negative)  # "the unemployed had a job" says two things

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
                    self.letters[spot] = "_"

    def _present(self):
        """ "have priors", "with any complaints", "failed before": more than none of what is counted."""
        for spot, letter in enumerate(self.letters):
            if letter != "F" or re.match(r"[lwf]{0,2}[NOAme]", "".join(self.letters[spot + 1 : spot + 4])):
                continue
            names = self._features(self.row[spot], ("number",))
            if names and all(self._is_count(name) for name in names) and self._had(spot):
                self.found.append(Statement("compare", spot, spot + 1, names, ">", tuple(0 for _ in names)))
                self.letters[spot] = "_"

    def _had(self, spot):
        """Somebody, or how many, have it or did it."""
        left = "".join(item.letter for item in self.row[:spot])
        before = spot - 1
        while before > 0 and self.row[before].text in _EVER:
            before -= 1
        some = "G" in left or "how many" in " ".join(item.text for item in self.row[:spot])
        verb = self.row[spot].text.endswith("ed") and (self.row[before].letter in "Gr" or self.row[before].text in _HAVING)
        return some and spot > 0 and (verb or self.row[before].text in _HAVING or self.row[spot - 1].text == "any")

    def _is_count(self, name):
        feature = self.domain.features[name]
        words = str(feature.label).lower().split()
        counted = words[-1:] and words[-1].endswith("s") and not words[-1].endswith("ss") or {"num", "number", "count"} & set(words)
        return bool(counted) and feature.whole and feature.low == 0 and (feature.high or 0) <= 100

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
    said = [
        (code, [str(label).lower(), *(str(name).lower() for name in (feature.value_synonyms or {}).get(code, ()))])
        for code, label in (feature.values or {}).items()
    ]
    for which in (slice(0, 1), slice(1, None)):  # what a value is called goes before what else may be said for it
        for code, names in said:
            if any(re.match(r"(?:no|none|without|not|nothing|unknown or no|unknown, or no|unknown / no)\b", name) for name in names[which]):
                return code
    return None
