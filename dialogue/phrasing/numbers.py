"""Numbers in words and figures, rounded for the level. Rules: docs/answers.md."""
import math
from functools import lru_cache

from babel.numbers import format_decimal, get_decimal_symbol


MAX_DIGITS = 6


@lru_cache(4096)
def figure(number, digits, locale, grouping=True, fixed=False):
    """`number` with at most `digits` decimals (`fixed`: with all of them), in the language's format; never `-0`."""
    rounded = round(float(number), digits)
    if rounded == 0:
        rounded = 0.0
    pattern = ("#,##0" if grouping else "0") + ("." + "#0"[fixed] * digits if digits else "")
    return format_decimal(rounded, format=pattern, locale=locale)


class Numbers:
    """Formatters for counts, scores and shares; part of `Words`."""

    # -- plain numbers ---------------------------------------------------------------------------------------------

    def number_text(self, number, digits=None):
        """Any number: whole ones in full, others to three significant figures (plain) or six (expert)."""
        number = float(number)
        if number.is_integer() and abs(number) < 1e15:
            return figure(number, 0, self.locale)
        if digits is None:
            wanted = {"plain": 3, "practitioner": 4}.get(self.level, 6)
            digits = min(12, max(0, wanted - 1 - math.floor(math.log10(abs(number)))))
        return figure(number, digits, self.locale)

    def figure(self, number, digits=0, fixed=False):
        return figure(number, digits, self.locale, fixed=fixed)

    def with_unit(self, number, feature, case=None):
        text = self.bare(number, feature)
        return self.grammar.with_unit(text, feature.unit, number, case) if feature.unit else text

    def bare(self, number, feature):
        """A feature's number without its unit, with the decimals of its step."""
        digits = 0 if feature.whole and float(number).is_integer() else decimals_of(feature.step)
        text = figure(number, digits, self.locale)
        if text in ("0", "-0") and number:
            text = self.number_text(number)
        return text

    def whole(self, number):
        """A count in figures."""
        return self.say(figure(number, 0, self.locale), "whole", number)

    def noun(self, number, noun):
        """A count with its noun: `1 factor`, `19 factors`; `noun` is a key of `nouns` in phrases.yaml."""
        form = self.phrase(f"nouns.{noun}")
        text = figure(number, 0, self.locale)
        return self.say(f"{text} {form[self.plural(number, form)]}", "whole", number)

    def plural(self, number, forms):
        form = self.locale.plural_form(abs(float(number)))
        return form if form in forms else "other"

    def ordinal(self, number):
        return self.say(self.grammar.ordinal(int(number)), "ordinal", number)

    def rank(self, position, item):
        """The item's place in a ranking as an ordinal."""
        return self.say(self.grammar.ordinal(position), "nth", item)

    def length_noun(self, items, noun):
        """The number of entries of a list with its noun."""
        return self.count_text(len(items), noun, items)

    def count_of(self, number, items):
        """How many of a list's entries: a selection from it."""
        return self.say(figure(number, 0, self.locale), "count_of", *items)

    def count_text(self, number, noun, items):
        forms = self.phrase(f"nouns.{noun}")
        return self.say(f"{figure(number, 0, self.locale)} {forms[self.plural(number, forms)]}", "length", *items)

    def as_count(self, number):
        """A number of the query as a whole number, for cutting a list; nothing is said."""
        return int(number)

    def importance(self, value):
        """An importance in the unit of its measure."""
        return self.say(figure(value, 4 if self.level == "expert" else 3, self.locale), "decimal", value)

    def nth(self, item, position):
        """The item's place in a ranked list that is shown: `1`, `2`."""
        return self.say(str(position), "nth", item)

    def decimal(self, number, digits=2):
        return self.say(figure(number, digits, self.locale), "decimal", number)

    def technical(self, number):
        """An unrounded number (six significant figures), small ones as `1e-9`."""
        number_ = float(number)
        if number_ and (abs(number_) < 1e-4 or abs(number_) >= 1e9):
            return self.say(self.with_decimal_sign(f"{number_:.2g}"), "technical", number)
        return self.say(self.with_decimal_sign(f"{number_:.6g}"), "technical", number)

    def with_decimal_sign(self, text):
        """A number as Python writes it with the language's decimal sign: `0,5`."""
        return text.replace(".", get_decimal_symbol(self.locale))

    # -- scores ----------------------------------------------------------------------------------------------------

    def score(self, probability):
        """A probability of the outcome told as `68` (of 100); more digits where rounding would cross the threshold."""
        return self.say(self.score_text(float(probability), self.threshold_told()), "score", probability)

    def score_as(self, probability, outcome, told):
        """A probability of `outcome` as a score of `told`, which may be the other one of two."""
        share = float(probability) if str(outcome) == str(told) else 1 - float(probability)
        return self.say(self.score_text(share, self.threshold_told()), "score_as", probability)

    def score_text(self, probability, threshold=None):
        score, limit = 100 * probability, None if threshold is None else 100 * threshold
        least = {"plain": 0, "practitioner": 0, "expert": 2}[self.level]
        for digits in range(least, 7):
            rounded = round(score, digits)
            if limit is not None and (self.side(rounded, limit) != self.side(score, limit)
                                      or abs(rounded - limit) < 1e-9 < abs(score - limit)):
                continue
            if rounded in (0, 100) and rounded != score:
                if self.level != "expert" and (limit is None or 1 <= limit < 99):
                    return self.phrase("score_ends")["top" if rounded else "bottom"]
                continue
            return figure(rounded, digits, self.locale)
        return figure(score, 6, self.locale)

    def side(self, score, limit):
        """Does a score of the outcome told reach that outcome? The favourable one is reached at the threshold."""
        if self.told is not None and self.told == self.domain.favourable:
            return score >= limit - 1e-9
        return score > limit + 1e-9

    def threshold_told(self):
        """Threshold in terms of the outcome told; None where no threshold decides."""
        domain = self.domain
        if self.told is None or domain.favourable is None or len(domain.outcomes) != 2:
            return None
        return domain.threshold if self.told == domain.favourable else round(1 - domain.threshold, 10)

    def limit(self, threshold):
        """The threshold {"outcome", "at_least"} as a score of the outcome told: `50`."""
        least = float(threshold.at_least)
        told = least if self.told == str(threshold.outcome) else 1 - least
        return self.say(figure(round(100 * told, 8), 4, self.locale), "limit", threshold.at_least)

    def told_threshold(self, least):
        """The domain's threshold (of the favourable outcome) as a score of the outcome told."""
        told = float(least) if self.told == self.domain.favourable else 1 - float(least)
        return self.say(figure(round(100 * told, 8), 4, self.locale), "limit", least)

    def probability(self, probability):
        """`0.68` or, for an expert, `0.684213`."""
        digits = 6 if self.level == "expert" else 3
        while digits < 12 and round(float(probability), digits) in (0, 1) and float(probability) not in (0, 1):
            digits += 1
        return self.say(figure(probability, digits, self.locale), "probability", probability)

    def share(self, share):
        """A share as a natural frequency with the denominator 100: `61`."""
        return self.say(self.score_text(float(share)), "share", share)

    def share_floor(self, share):
        """The same rounded down, for "higher than for ... of 100"."""
        return self.say(figure(math.floor(100 * float(share) + 1e-9), 0, self.locale), "share_floor", share)

    def chance(self, share):
        """How often chance does as much, of 100: `3`, never `0`."""
        return self.say(self.number_text(max(0.1, round(100 * float(share), 1)), 1), "chance", share)

    def percent(self, share):
        text = figure(100 * float(share), 1, self.locale)
        return self.say(self.grammar.with_unit(text, "%", 100 * float(share)), "percent", share)


def decimals_of(step):
    """Decimals that a step of 0.1, 0.25 or 1 needs."""
    if not step:
        return 2
    for digits in range(MAX_DIGITS):
        if abs(step * 10 ** digits - round(step * 10 ** digits)) < 1e-9:
            return digits
    return MAX_DIGITS
