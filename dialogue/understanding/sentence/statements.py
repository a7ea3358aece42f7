"""What a question says of features: comparisons, values, flags and changes, each with the words that say it.

The patterns run over the letters of `items`, in this order; what one has used, the next does not see.
"""

import re
from dataclasses import replace

from dialogue.understanding.sentence.compared import Subjects
from dialogue.understanding.sentence.degrees import Degrees
from dialogue.understanding.sentence.flags import OPPOSITE, Flags, Statement
from dialogue.understanding.sentence.patterns import ALSO_BY, AROUND, COMPILED_CHANGES, COMPILED_COMPARISONS
from dialogue.understanding.wording.units import PAYING, Units, as_code
from dialogue.understanding.wording.ranges import ranges



class Reader(Units, Flags, Subjects, Degrees):
    """Finds the Statements of one row of items."""

    def __init__(self, row, domain, words, lexicon):
        self.row, self.domain, self.words, self.lexicon = row, domain, words, lexicon
        self.letters = list("".join(item.letter for item in row))
        self.found = []

    def statements(self):
        """All Statements, from left to right."""
        for form, pattern in COMPILED_CHANGES:
            self._each(pattern, lambda match, form=form: self._change(form, match))
        self._each(ALSO_BY, self._also)
        self._degrees()
        for form, pattern in COMPILED_COMPARISONS:
            self._each(
                pattern,
                getattr(self, {"between": "_between", "either": "_either", "compare": "_compare", "value": "_value"}[form], None)
                or self._compare,
            )
        self._each(AROUND, lambda match: self._change("by", match))
        self._flags()
        self._zeros()
        self._present()
        self._listed()
        self._it()
        self._had_it()
        return sorted(map(self._turned, self.found), key=lambda statement: statement.start)

    def _each(self, pattern, read):
        place = 0
        while True:
            match = pattern.search("".join(self.letters), place)
            if not match:
                return
            statements = self._shared(match, read(match))
            if statements:
                self.found += statements
                for spot in range(match.start(), match.end()):
                    if self.letters[spot] not in "GC":
                        self.letters[spot] = "_"
                place = match.end()
            else:
                place = match.start() + 1

    def _shared(self, match, statements):
        """ "the pressure and the cholesterol fell by ten percent" holds for both."""
        if not statements or statements[0].form not in ("by", "times") or self._item(match, "F") is None:
            return statements
        before = re.search(r"(F)l{0,2}Kl{0,2}$", "".join(self.letters[: match.start("F")]))
        names = self._features(self.row[before.start(1)], ("number",)) if before else ()
        if not names or match.start("F") != match.start():
            return statements
        first = replace(
            statements[0],
            start=before.start(1),
            end=before.start(1) + 1,
            options=names,
            value=statements[0].value if statements[0].form == "times" else statements[0].value[:1] * len(names),
        )
        self.letters[before.start(1)] = "_"
        return [first, *statements]

    # -- the parts of a match -------------------------------------------------------------------------------

    def _item(self, match, name):
        return self.row[match.start(name)] if name in match.re.groupindex and match.group(name) else None

    def _features(self, item, kinds=("number", "category")):
        """Feature names that an item may mean and that have one of the types."""
        if item is None or not hasattr(item.value, "options"):
            return ()
        names = [name for name, _ in item.value.options if name in self.domain.features]
        return tuple(name for name in names if self.domain.features[name].type in kinds)

    # -- changes --------------------------------------------------------------------------------------------

    def _change(self, form, match):
        feature, number = self._item(match, "F"), self._item(match, "N")
        names = self._features(feature, ("number",))
        if feature is None and "I" in match.re.groupindex:
            word = self._item(match, "I").text
            names = self.implied(word) or self._verb_before(match.start()) or self._by_unit(number.value)
            if not names and word in (
                "more",
                "less",
                "higher",
                "lower",
                "fewer",
                "older",
                "younger",
                "longer",
                "shorter",
            ):
                names = ("",)
        if not names:
            return None
        if form == "times":
            factor, way = self._item(match, "T").value, self._item(match, "d")
            if way is not None and way.letter == "u" and factor < 1:
                factor = 1 + factor
            return [Statement("times", match.start(), match.end(), names, "=", factor)]
        if form == "to":
            return [
                Statement(
                    "to", match.start(), match.end(), names, "=", tuple(self._shown(number.value, n) for n in names)
                )
            ]
        return self._by(match, names, number.value)

    def _shown(self, number, name):
        return self._number(number, name) if name else number.value

    def _by(self, match, names, number):
        word = next((self._item(match, key) for key in ("d", "c", "I") if self._item(match, key)), None)
        down = (
            word.letter in "de"
            or word.text in self.lexicon.parts["down"] | self.lexicon.parts["less"]
            and word.letter != "u"
        )
        if number.unit == "percent" and not any(self._unit(self.domain.features[n]) == "percent" for n in names if n):
            factor = round(1 + (-1 if down else 1) * number.value / 100, 6)
            return [
                Statement(
                    "times", match.start(), match.end(), names, "=", int(factor) if factor.is_integer() else factor
                )
            ]
        values = tuple((-1 if down else 1) * self._shown(number, name) for name in names)
        found = [Statement("by", match.start(), match.end(), names, "=", values)]
        return found

    # -- comparisons ----------------------------------------------------------------------------------------

    def _between(self, match):
        low, high = self._item(match, "N").value, self.row[match.start("M")].value
        if low.unit is None and high.unit is not None:
            low = replace(low, unit=high.unit)
        names, inherits = self._subjects(match, high)
        coded = self._between_codes(names, low.value, high.value)
        if coded:
            return [Statement("value", match.start(), match.end(), (coded[0],), "=", (as_code(coded[1]),))]
        names = tuple(name for name in names if self.domain.features[name].type == "number")
        if not names or float(low.value) > float(high.value):
            return None
        lows, highs = (tuple(self._number(n, name) for name in names) for n in (low, high))
        return [
            Statement("compare", match.start(), match.end(), names, ">=", lows, inherits=inherits),
            Statement("compare", match.start(), match.end(), names, "<=", highs, inherits=inherits),
        ]

    def _either(self, match):
        """ "1 or 2 priors": two values of one feature."""
        first, second = self._item(match, "N").value, self.row[match.start("M")].value
        names = self._features(self._item(match, "F"), ("number",))
        if not names or first.ordinal or second.ordinal:
            return None
        one, two = (tuple(self._number(number, name) for name in names) for number in (first, second))
        return [
            Statement("compare", match.start(), match.start() + 1, names, "=", one),
            Statement("compare", match.start("M"), match.end(), names, "=", two),
        ]

    def _bare(self, number, match):
        """A number with a unit that only one feature has: "2,500 marks", "for 5 years"."""
        if number.unit in (None, "percent") or number.ordinal or self._after_group(match.start()):
            return None
        ranged = self._of_length(match.start(), match.end(), number)
        if len(ranged) == 1:
            code = self._value_of(number, ranged[0], "=")
            return None if code is None else [Statement("value", match.start(), match.end(), ranged, "=", (code,))]
        lasting = self._lasting(number) if self._during(match.start()) else ()
        names = lasting or self._by_unit(number) or self._lasting(number)
        if len(names) != 1:
            return None
        return [
            Statement("compare", match.start(), match.end(), names, "=", (self._number(number, names[0]),), number.unit)
        ]

    def _compare(self, match):
        if "U" in match.re.groupindex:
            return self._bare(self._item(match, "U").value, match)
        number = self._item(match, "N").value
        operator = self._item(match, "O") or self._item(match, "A")
        sign, part = operator.value if operator else ("=", ())
        if self._item(match, "x") is not None:
            sign = OPPOSITE[sign]
        if number.ordinal:
            return None
        flag = self._threshold_flag(match, sign, number, operator)
        if flag:
            return flag
        implied = next((word for word in part if word in self.lexicon.implied), None)
        word = self._item(match, "I")
        if not operator and self._item(match, "F") is None and not self.implied(word.text):
            return None
        if word is not None and not operator and match.start("N") < match.start("I") and word.text in PAYING:
            return None
        names, inherits = self._subjects(match, number, implied)
        if not names:
            return None
        names = self._sharper(names, number)
        if operator and operator.text == "over" and "G" not in self.letters and names == self._lasting(number):
            sign = "="  # "4,000 over 2 years": as long as that
        kept = [(name, self._value_of(number, name, sign)) for name in names]
        kept = [(name, value) for name, value in kept if value is not None]
        if not kept:
            return None
        sign = self._coded_sign(kept[0][0], sign, number)
        if self._lessening(match, sign, number, kept):
            return [Statement("by", match.start(), match.end(), tuple(n for n, _ in kept), "=", tuple(v for _, v in kept))]
        if self._counted(match, number, kept):
            return None
        return [
            Statement(
                "compare",
                match.start(),
                match.end(),
                tuple(n for n, _ in kept),
                sign,
                tuple(v for _, v in kept),
                number.unit,
                inherits,
            )
        ]

    def _lessening(self, match, sign, number, kept):
        """ "amount -100", "duration -5 months": less by so much, where the feature itself cannot be negative."""
        item = self._item(match, "F")
        feature = self.domain.features[kept[0][0]]
        return (
            item is not None
            and item.text not in self.lexicon.implied
            and sign == "="
            and number.value < 0
            and feature.type == "number"
            and (feature.low or 0) >= 0
            and not any(spot.letter == "b" for spot in self.row[match.start() : match.end()])
        )

    def _counted(self, match, number, kept):
        """ "2 guarantors", "2 loans": so many of them, which is neither a code nor an amount of money."""
        item = self._item(match, "F")
        if item is None or match.start("N") > match.start("F") or number.unit is not None:
            return False
        feature = self.domain.features[kept[0][0]]
        if feature.type == "category":
            named = [str(name) for name in feature.values.values() if any(letter.isalpha() for letter in str(name))]
            return bool(named) and not ranges(feature) and self._item(match, "O") is None
        return feature.low is not None and feature.low > 20 and 0 < number.value < 10

    def _sharper(self, names, number):
        """Among features that fit equally well, those whose unit fits the number."""
        fitting = tuple(name for name in names if number.unit and self._unit(self.domain.features[name]) == number.unit)
        return fitting or names

    def _value_of(self, number, name, sign):
        feature = self.domain.features[name]
        if feature.type == "number":
            return self._number(number, name)
        code = self._code_in_range(feature, number, sign) or feature.code(number.value)
        return None if code is None else as_code(code)

    def _threshold_flag(self, match, sign, number, operator):
        """A yes/no feature whose name holds this comparison ("savings at least 500")."""
        item = self._item(match, "F")
        names = self._features(item, ("yes_no",)) if item else ()
        if names and sign in ("=", "!=") and float(number.value) in (0.0, 1.0) and number.unit is None:
            value = (number.value == 1) == (sign == "=")
            return [Statement("flag", match.start(), match.end(), names, "=", tuple(value for _ in names))]
        flags = [self.words.flags[name] for name in names if name in self.words.flags]
        for flag in flags:
            if float(number.value) != flag.number or not operator:
                continue
            same = sign[0] == flag.sign[0]
            return [Statement("flag", match.start(), match.end(), (flag.feature,), "=", (same,))]
        return None
