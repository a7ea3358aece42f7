"""Numbers in the units and codes of a domain's features: years as months, "over 1,000" as the category that begins there."""

from dialogue.understanding.wording.ranges import ranges

_LASTING = {
    "duration",
    "term",
    "tenure",
    "time",
    "stay",
    "period",
    "length",
    "age",
    "experience",
    "history",
    "employment",
    "job",
    "home",
}


PAYING = {"pay", "pays", "paid", "paying", "earn", "earns", "earned", "borrow", "borrows", "borrowed", "weigh", "weighs", "weighed"}


class Units:
    """What a Reader needs to know of units; has `domain` and `lexicon`."""

    def _words_of(self, feature):
        return set(" ".join([feature.label, feature.name.replace("_", " ").lower(), *feature.synonyms]).lower().split())

    def _by_unit(self, number):
        """Number features whose unit is that of the number, or convertible where only one feature has such a unit."""
        if number.unit in (None, "percent"):
            return ()
        exact = [f.name for f in self.domain.features.values() if f.type == "number" and self._unit(f) == number.unit]
        return tuple(exact)

    def _unit(self, feature):
        """Canonical unit of a feature: from its unit, else from its name ("months in jail")."""
        for text in [feature.unit or "", *sorted(self._words_of(feature))]:
            for word in str(text).lower().split():
                if word in self.lexicon.units and word not in ("per", "y", "m", "point", "points", "mark", "marks"):
                    return self.lexicon.units[word]
        return None

    def measured(self, feature):
        """Unit of time that a feature is in: the one declared, else the last or first word of its name ("tenure months")."""
        if feature.unit:
            return self._unit(feature)
        words = str(feature.label).lower().split() or [""]
        units = [self.lexicon.units.get(word) for word in (words[-1], words[0]) if word.endswith("s")]
        return next((unit for unit in units if unit in ("year", "month", "week", "day", "hour", "minute")), None)

    def _number(self, number, name):
        """The number in the unit of the feature."""
        feature = self.domain.features[name]
        unit = self.measured(feature)
        if number.unit and unit and number.unit != unit:
            converted = self.lexicon.converted(number.value, number.unit, unit)
            if converted is not None:
                return int(converted) if float(converted).is_integer() else converted
        return number.value

    def _fits(self, name, number):
        """The number's unit can be one of the feature: no years for an amount of money."""
        feature = self.domain.features[name]
        if number.unit in ("year", "month", "week", "day", "hour", "minute") and feature.type == "category":
            return bool(ranges(feature))
        if number.unit in (None, "percent") or feature.type != "number":
            return True
        unit = self._unit(feature)
        if unit is None:
            return (
                bool(self._words_of(feature) & _LASTING)
                or number.unit not in ("year", "month", "week", "day")
                or not self._by_unit(number)
            )
        return unit == number.unit or self.lexicon.converted(1, number.unit, unit) is not None

    def _lasting(self, number):
        """Features that say how long something lasts and whose unit the number can be turned into."""
        if number.unit not in ("year", "month", "week", "day"):
            return ()
        return tuple(
            f.name
            for f in self.domain.features.values()
            if f.type == "number"
            and "age" not in self._words_of(f)
            and self._words_of(f) & _LASTING
            and self.measured(f)
            and self.lexicon.converted(1, number.unit, self.measured(f)) is not None
        )

    def _coded_sign(self, name, sign, number):
        """Over 1,000 is ">=" of the code that begins there; with an unordered category just that code."""
        feature = self.domain.features[name]
        if feature.type != "category" or sign in ("=", "!="):
            return sign
        spans = ranges(feature)
        if not spans:
            return sign
        code = self._code_in_range(feature, number, sign)
        if code in (next(iter(spans)), list(spans)[-1]) or not feature.ordered:
            return "="
        return sign[0] + "="

    def _code_in_range(self, feature, number, sign):
        """The code whose range of numbers is meant: "savings over 1,000" is the value "1,000 DM or more"."""
        spans = ranges(feature)
        value = self._in_ranges(number, feature)
        if not spans or number.unit is None and feature.code(value) is not None and value < 10 and sign == "=":
            return None
        if sign in (">", ">="):
            fitting = [code for code, (low, _) in spans.items() if low >= value]
            return (
                fitting[0]
                if fitting
                else next((code for code, (low, high) in spans.items() if low <= value < high), None)
            )
        if sign in ("<", "<="):
            fitting = [code for code, (_, high) in spans.items() if high <= value]
            return (
                fitting[-1]
                if fitting
                else next((code for code, (low, high) in spans.items() if low < value <= high), None)
            )
        return next((code for code, (low, high) in spans.items() if low <= value < high), None)

    def _in_ranges(self, number, feature):
        """The number in the unit of a category's ranges: "an hour" where they are in minutes."""
        words = " ".join(map(str, feature.values.values())).lower().split()
        units = [self.lexicon.units[word] for word in words if word in self.lexicon.units]
        smallest = next((unit for unit in ("minute", "hour", "day", "week", "month", "year") if unit in units), None)
        if number.unit in (None, smallest) or smallest is None:
            return number.value
        turned = self.lexicon.converted(number.value, number.unit, smallest)
        return number.value if turned is None else turned

    def _between_codes(self, names, low, high):
        """(feature, code) of a category that has just this range of numbers as a value."""
        for name in names:
            code = next(
                (code for code, span in ranges(self.domain.features[name]).items() if span == (low, high)), None
            )
            if code is not None:
                return name, code
        return None


def as_code(code):
    """A code as a Query carries it: numbers as numbers."""
    text = str(code)
    return int(text) if text.lstrip("-").isdigit() else text
