"""Which features a comparison is about: the one named, else by the comparing word, the unit, or the one before."""

import re
from dataclasses import replace

from dialogue.understanding.sentence.flags import Statement
from dialogue.understanding.wording.ranges import ranges
from dialogue.understanding.wording.text import stem
from dialogue.understanding.wording.vocabulary import EMPTY, GENERIC, UNITS


LASTING = {"for", "over", "within", "through", "during", "since"}


class Subjects:
    """What a Reader needs to find the feature of a comparison; has `row`, `letters`, `found`, `domain`, `lexicon`."""

    def implied(self, word, unit=None):
        """Features that "older", "earning" or a bare unit mean in this domain."""
        wanted = self.lexicon.implied.get(word, ())
        for want in wanted:
            names = [
                f.name
                for f in self.domain.features.values()
                if f.type == "number" and want in (self._words_of(f) | {f.unit or ""})
            ]
            if names:
                return tuple(names[:1]) if want == "age" else tuple(names)
        return ()

    def _subjects(self, match, number, implied=None):
        """Features a comparison is about: the one named, else by the comparing word, the unit, or the one before."""
        item = self._item(match, "F")
        if item is not None:
            names = self._features(item, ("number", "category"))
            fitting = tuple(name for name in names if self._fits(name, number))
            return fitting or self._of_length(match.start(), match.end(), number) or self._by_unit(number), False
        word = self._item(match, "I")
        names = self._of_length(match.start(), match.end(), number) if not word and not implied else ()
        if len(names) == 1:
            return names, False
        names = self.implied(word.text if word else implied or "")
        if not names:
            names = self._by_unit(number)
            opener = self._item(match, "O")
            told = opener and opener.text in ("over", "within", "up to") and not self._after_group(match.start())
            lasting = self._lasting(number) if told or self._during(match.start()) and not self._aged(match.start()) else ()
            if lasting:
                names = lasting
            elif len(names) > 1 or number.unit == "year":
                ages = self.implied("old")
                names = ages if number.unit == "year" and ages and not word else names
        if names:
            return names, False
        before = [s for s in self.found if s.end <= match.start() and s.form == "compare"]
        if before and not implied and self._joined(max(s.end for s in before), match.start()):
            return max(before, key=lambda s: s.end).options, True
        ages = self.implied("old")
        if ages and number.unit is None and 0 < number.value < 120 and self._after_group(match.start()):
            return ages, False
        return (), False

    def _listed(self):
        """ "aged 15, 16 or 17": further values of the feature before."""
        for first in [s for s in self.found if s.form == "compare" and s.sign == "="]:
            match = re.match(r"(?:,N)*,?[KR]l?N(?![lwh]{0,2}[FLVA])", "".join(self.letters[first.end :]))
            for spot in range(first.end, first.end + match.end()) if match else ():
                if self.letters[spot] != "N":
                    continue
                number = self.row[spot].value
                values = tuple(self._number(number, name) for name in first.options)
                within = any(self._possible(value, name) for value, name in zip(values, first.options))
                if not number.ordinal and number.unit is None and within:
                    self.found.append(replace(first, start=spot, end=spot + 1, value=values, inherits=True))
                    self.letters[spot] = "_"

    def _possible(self, value, name):
        """Lies a number where values of the feature do, or as far beyond them as they reach?"""
        feature = self.domain.features[name]
        if feature.low is None or not isinstance(value, (int, float)):
            return True
        span = feature.high - feature.low
        return feature.low - span <= value <= feature.high + span

    def _it(self):
        """ "... were 120, and what if it were 160?": the feature spoken of before; "one less, or three more" likewise."""
        for place, letter in enumerate(self.letters):
            told = [s for s in self.found if s.end <= place and s.form in ("compare", "to", "by") and s.options[0]]
            if letter != "N" or not told or "it" not in [item.text for item in self.row[max(0, place - 3) : place]]:
                continue
            last, number = max(told, key=lambda s: s.end), self.row[place].value
            if self.row[place - 1].letter in "bls" and not number.ordinal and number.unit in (None, last.unit):
                values = tuple(self._number(number, name) for name in last.options)
                self.found.append(Statement("to", place, place + 1, last.options, "=", values, number.unit, True))
                self.letters[place] = "_"
        for place, nameless in enumerate(self.found):
            told = [s for s in self.found if s.end <= nameless.start and s.form in ("compare", "to", "by") and s.options[0]]
            if nameless.options == ("",) and nameless.form == "by" and told:
                last = max(told, key=lambda s: s.end)
                self.found[place] = replace(nameless, options=last.options, value=nameless.value * len(last.options))

    def _joined(self, start, end):
        return end - start <= 4 and any(letter in "KR," for letter in self.letters[start:end])

    def _of_length(self, start, end, number):
        """ "worked 8 years", "in my job for over seven years": categories of spans of time whose own words stand near."""
        after_amount = start > 1 and self.row[start - 1].text in LASTING and self.row[start - 2].letter == "N"
        if number.unit not in ("year", "month", "week", "day", "hour", "minute") or after_amount:
            return ()
        said = {stem(item.text) for item in self.row[max(0, start - 6) : end + 4]}
        said |= {other for word in said for other in self.words.near.get(word, ())}
        fits = lambda f: f.type == "category" and ranges(f) and any(
            self.lexicon.units.get(word) == number.unit for label in f.values.values() for word in str(label).lower().split()
        )
        return tuple(
            f.name for f in self.domain.features.values()
            if fits(f)
            and ({stem(word) for word in self._words_of(f) if word not in EMPTY | UNITS} - GENERIC) & said
        )

    def _during(self, start):
        """ "for 5 years", "over 18 months": how long something lasts."""
        before = [item.text for item in self.row[max(0, start - 6) : start + 1]]
        paid = before[-2:-1] == ["in"] and {"back", "off", "repay", "repaid", "return"} & set(before)
        return bool(paid) or any(text in LASTING for text in before[-3:])

    def _aged(self, start):
        """ "people over 30 years", "older than 5 years"."""
        before = self.row[max(0, start - 2) : start + 1]
        return any(item.text in self.lexicon.implied or item.letter == "G" for item in before) and before[-2:][0].text != "for"

    def _after_group(self, start):
        before = [item.letter for item in self.row[max(0, start - 4) : start]]
        return (
            "G" in before
            or before[-1:] == ["b"] and "G" in [item.letter for item in self.row[:start]]
            or before[-1:] in (["V"], ["L"])
            or "how many" in " ".join(item.text for item in self.row[max(0, start - 3) : start])
        )

    def _also(self, match):
        """ "the pressure fell by 10 and the cholesterol by 40": in the direction said before."""
        before = [s for s in self.found if s.end <= match.start() and s.form in ("by", "times", "to")]
        names = self._features(self._item(match, "F"), ("number",))
        if not before or not names:
            return None
        last, number = max(before, key=lambda s: s.end), self._item(match, "N").value
        joined = any(letter in "K," for letter in self.letters[last.end : match.start("F")])
        if not joined or (last.form == "to") != (match.group("w") == "t") or number.ordinal:
            return None
        if last.form == "to":
            return [Statement("to", match.start(), match.end(), names, "=", tuple(self._shown(number, name) for name in names))]
        down = last.value < 1 if last.form == "times" else last.value[0] < 0
        if number.unit == "percent":
            return [Statement("times", match.start(), match.end(), names, "=", round(1 + (-1 if down else 1) * number.value / 100, 6))]
        values = tuple((-1 if down else 1) * self._shown(number, name) for name in names)
        return [Statement("by", match.start(), match.end(), names, "=", values)]

    def _verb_before(self, start):
        """ "paid 10 less", "borrowed 500 more": the feature that the verb before the number means."""
        return next((names for item in self.row[max(0, start - 2) : start][::-1] if (names := self.implied(item.text))), ())
