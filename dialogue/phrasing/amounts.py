"""Contributions, amounts of a regression and measures in words and figures; part of `Words`. Rules: docs/answers.md."""
import math
from functools import cached_property

from dialogue.phrasing.numbers import MAX_DIGITS, figure
from dialogue.phrasing.sizes import points_of, size


class Amounts:
    """Formatters for what is told in the unit of the output explained."""

    def points(self, share):
        """A difference of probabilities without its sign: `14 points`, `less than 1 point`."""
        return self.say(self.points_text(share), "points", share)

    def points_text(self, share, signed=False):
        amount = 100 * float(share)
        digits = {"plain": 0, "practitioner": 0 if abs(amount) >= 9.95 else 1}.get(self.level, 4)
        rounded = round(abs(amount), digits)
        if rounded == 0:
            return self.phrase("points.none" if amount == 0 else "points.tiny")
        text = figure(rounded, digits, self.locale)
        forms = self.phrase("points")
        sign = ("+" if amount > 0 else "-") if signed else ""
        return f"{sign}{text} {forms['one' if rounded == 1 else 'other']}"

    def moved(self, contribution):
        """Size of a contribution in the unit of the output, without its sign."""
        return self.say(self.moved_text(contribution, False), "moved", contribution)

    def signed(self, contribution):
        """The same with its sign: `+14 points`, `-1.2 marks`."""
        return self.say(self.moved_text(contribution, True), "signed", contribution)

    def moved_text(self, contribution, signed):
        if self.output == "probability":
            return self.points_text(contribution, signed)
        amount = float(contribution)
        if self.output != "log_odds":
            return self.moved_amount(amount, signed)
        return self.sign(amount, signed) + self.phrase("log_odds").format(number=self.log_odds_text(abs(amount)))

    def moved_amount(self, amount, signed=False):
        """A part of an estimate: one decimal finer than the estimate but for plain readers, never 0 where there is something."""
        digits = self.amount_digits() + (self.level == "practitioner")
        least = 10.0 ** -digits
        if 0 < abs(amount) < least / 2:
            return self.phrase("less_than").format(amount=self.amount_text(least, digits=digits))
        return self.sign(amount, signed) + self.amount_text(abs(amount), digits=digits)

    @staticmethod
    def sign(amount, signed=True):
        return ("+" if amount > 0 else "-" if amount < 0 else "") if signed else ""

    def log_odds_text(self, number):
        return figure(number, 6 if self.level == "expert" else 2, self.locale)

    def amount(self, value, case=None):
        """A regression's value with its unit; `case` is a grammatical one."""
        return self.say(self.amount_text(value, case), "amount", value)

    def amount_span(self, low, high, case=None):
        """Two values of a regression with their unit once: `9.5 to 11.8 points`."""
        first, last = self.amount_text(low, case), self.amount_text(high, case)
        return self.say(self.span_text(first, last, self.amount_bare(low)), "span", low, high)

    def span_text(self, first, last, bare):
        """`first to last`; the unit of the first is left out where both end in the same one."""
        shared = first.startswith(bare) and first[len(bare):] and last.endswith(first[len(bare):])
        return self.phrase("span").format(low=bare if shared else first, high=last)

    def amount_text(self, value, case=None, digits=None):
        digits = self.amount_digits() if digits is None else digits
        text, unit = figure(value, digits, self.locale), self.domain.file.unit
        return self.grammar.with_unit(text, unit, round(float(value), digits), case) if unit else text

    def amount_bare(self, value):
        return figure(value, self.amount_digits(), self.locale)

    def amount_digits(self):
        spread = self.spread
        digits = min(MAX_DIGITS, max(0, 1 - math.floor(math.log10(spread)))) if spread else 2
        return digits + {"plain": 0, "practitioner": 0}.get(self.level, 4)

    def as_output(self, value):
        """A value of the explained output: a score of the outcome told, or an amount."""
        return self.amount(value) if self.domain.regression else self.say(self.score_text(float(value)), "score", value)

    def metric(self, entry):
        """The value of a measure: a share as `83 of 100`, an error as an amount, others as they are."""
        name, value = str(entry.metric), entry.value
        if name in ("accuracy", "recall", "precision"):
            return self.say(self.phrase("of_100").format(number=self.score_text(float(value))), "share", value)
        if name in ("mean_absolute_error", "root_mean_squared_error"):
            return self.amount(value)
        return self.say(figure(value, 4 if self.level == "expert" else 3, self.locale), "decimal", value)

    def metric_range(self, entry):
        """The ends of a measure's interval, what they share told once: `72 to 81`, `0.8 to 1.3 points`."""
        name, low, high = str(entry.metric), entry.low, entry.high
        if name in ("mean_absolute_error", "root_mean_squared_error"):
            return self.amount_span(low, high)
        if name in ("accuracy", "recall", "precision"):
            texts = [self.score_text(float(end)) for end in (low, high)]
        else:
            texts = [figure(end, 4 if self.level == "expert" else 3, self.locale) for end in (low, high)]
        return self.say(self.phrase("span").format(low=texts[0], high=texts[1]), "range", low, high)

    @cached_property
    def spread(self):
        """Standard deviation of a regression's target in the data."""
        if not self.domain.regression:
            return None
        return float(self.domain.target.std(ddof=0)) or None

    def points_count(self, contribution):
        """Contribution in points, as the size words count it."""
        return points_of(contribution, self.output, self.spread)

    def size_key(self, contribution):
        """hardly, little, clearly or lot: for choosing a sentence."""
        return size(self.points_count(contribution))

    def size_answer(self, contribution):
        """The size word as an answer to "did it matter?": `A little.`"""
        return self.say(self.phrase("role.answer")[self.size_key(contribution)], "size", contribution)

    def size(self, contribution):
        """The size word of a contribution: `a little`, `a lot`."""
        return self.say(self.phrase(f"sizes.{size(self.points_count(contribution))}"), "size", contribution)
