"""Numbers in a text: digits, words, thousands, percentages, currencies and units.

"4k" "4,000" "four thousand" "2.5 million" "a dozen" "half" "20 %" "$300" "5 years" "twice"
"""

import re
from dataclasses import dataclass, replace

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*$")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}$|[1-9]\d{0,2}\.000$")


@dataclass(frozen=True)
class Number:
    """A number with the tokens that say it; `unit` is a canonical unit ("year", "percent", "money") or None.

    core: end of the number itself, without its unit.
    """

    start: int
    end: int
    value: float
    unit: str | None = None
    ordinal: bool = False
    core: int = 0


def numbers(tokens, lexicon):
    """Every Number in the tokens, from left to right, none overlapping."""
    found, place = [], 0
    while place < len(tokens):
        number = _number_at(tokens, place, lexicon)
        if number is None:
            place += 1
        else:
            found.append(number)
            place = number.end
    return _shared_units(found, tokens, lexicon)


APART = 20     # times as large
_BETWEEN = {"to", "and", "or", "-", "instead", "of", "up", "than", "rather", "until", "through", ",", "not"}


def _shared_units(found, tokens, lexicon):
    """ "36 instead of 48 months": the first number has the unit of the second; what it stands instead of is left out."""
    kept = []
    for number in reversed(found):
        after = kept[-1] if kept else None
        between = {token.text for token in tokens[number.end : after.start]} if after else set()
        if after and between and between <= _BETWEEN:
            number = _same_scale(number, after, tokens, lexicon)
            if number.unit is None and after.unit is not None and not _apart(number, after, between):
                number = replace(number, unit=after.unit)
            if {"instead", "rather"} & between:
                kept.pop()
        kept.append(number)
    return kept[::-1]


def _apart(number, after, between):
    """ "5,000 and 36 months": numbers that only stand beside each other and are of other sizes are of other things."""
    low, high = sorted((abs(number.value), abs(after.value)))
    return between <= {"and", ","} and high > APART * low


def _same_scale(number, after, tokens, lexicon):
    """ "two to three thousand": the scale said once holds for both."""
    scale = max((lexicon.scales[token.text] for token in tokens[after.start : after.core] if token.text in lexicon.scales), default=1)
    said = any(token.text in lexicon.scales for token in tokens[number.start : number.core])
    joined = {token.text for token in tokens[number.end : after.start]} <= {"to", "or", "-"}
    return replace(number, value=number.value * int(scale)) if joined and not said and number.value * scale < after.value else number


_FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}


def _fraction(tokens, start):
    """ "by half", "by a third", "by two thirds": so many percent."""
    if not start or tokens[start - 1].text != "by":
        return None
    many = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}.get(tokens[start].text)
    place = start if many is None else start + 1
    share = _FRACTIONS.get(tokens[place].text.rstrip("s")) if place < len(tokens) else None
    return Number(start, place + 1, round((many or 1) * share * 100, 4), "percent", False, place + 1) if share else None


_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_HOW_OFTEN = {"than", "least", "most", "only", "exactly", "just", "over"}


def _by_name(tokens, start, lexicon):
    """ "complained more than twice", "half a year", "over a year"."""
    word, before = tokens[start].text, tokens[start - 1].text if start else ""
    after = [token.text for token in tokens[start + 1 : start + 3]]
    if word in _TIMES and before in _HOW_OFTEN:
        return Number(start, start + 1, _TIMES[word], None, False, start + 1)
    if word == "half" and after[:1] in (["a"], ["an"]) and lexicon.units.get(after[-1]) in ("year", "month", "hour"):
        return Number(start, start + 3, 0.5, lexicon.units[after[-1]], False, start + 1)
    if word in ("a", "an") and before in _BEFORE_ONE and after and lexicon.units.get(after[0]) in ("year", "month", "week", "day", "hour"):
        return Number(start, start + 2, 1, lexicon.units[after[0]], False, start + 1)
    return None


def _number_at(tokens, start, lexicon):
    said = _by_name(tokens, start, lexicon) or _fraction(tokens, start)
    if said:
        return said
    place, money = start, False
    if tokens[place].text in lexicon.currencies and place + 1 < len(tokens):
        place, money = place + 1, True
    negative = (
        tokens[place].text == "-"
        and place + 1 < len(tokens)
        and _DIGITS.match(tokens[place + 1].text)
        and (
            place == 0
            or not tokens[place - 1].text[-1].isalnum()
            or tokens[place - 1].end < tokens[place].start
            and tokens[place].end == tokens[place + 1].start
            and tokens[place - 1].text.isalpha()
        )
    )
    place += bool(negative)
    digits = _DIGITS.match(tokens[place].text)
    if digits:
        digit = tokens[place].text
        follows = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digit) and (money or lexicon.units.get(follows) == "money"):
            digit = digit.replace(".", "")  # 2.500 of money are thousands, as in much of Europe
        value, end, ordinal = *_scaled(tokens, place + 1, read_digits(digit), lexicon), False
        if end < len(tokens) and tokens[end].text in ("st", "nd", "rd", "th"):
            end, ordinal = end + 1, True
    else:
        value, end = _words(tokens, place, lexicon)
        if value is None or (end == place + 1 and tokens[place].text == "one" and _pronoun(tokens, place)):
            return None
        ordinal = tokens[end - 1].text in lexicon.ordinals
    value = -value if negative else value
    core = end
    unit, end = _unit(tokens, end, lexicon)
    return Number(
        start, end, int(value) if float(value).is_integer() else value, "money" if money else unit, ordinal, core
    )


def read_digits(text):
    """4,000 -> 4000; 1.000.000 -> 1000000; 2,5 -> 2.5."""
    if _GROUPS.match(text):
        text = text.replace(",", "")
    elif _DOTTED.match(text) and text.count(".") > 1:
        text = text.replace(".", "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return float(text.replace(".", "")[:15])


def _scaled(tokens, end, value, lexicon):
    """ "4 k", "2 thousand", "1.5 million"; a scale letter needs to touch its number."""
    while end < len(tokens) and tokens[end].text in lexicon.scales:
        letter = len(tokens[end].text) == 1
        if letter and tokens[end].start != tokens[end - 1].end:
            break
        value, end = value * lexicon.scales[tokens[end].text], end + 1
    return value, end


def _words(tokens, start, lexicon):
    """A number in words -> (value, end); (None, start) where there is none."""
    small, total, place, seen = 0.0, 0.0, start, False
    while place < len(tokens):
        word = tokens[place].text
        if word in lexicon.number_words or word in lexicon.ordinals:
            value = lexicon.number_words.get(word, lexicon.ordinals.get(word))
            if seen and small and (small < 20 or value >= 10) and small % 100:
                break
            small, seen = small + value, True
            if word in lexicon.ordinals:
                return total + small, place + 1
        elif word == "hundred" and (seen or _lone(tokens, place)):
            small, seen = (small or 1) * 100, True
        elif word in lexicon.scales and len(word) > 1 and seen:
            total, small = total + small * lexicon.scales[word], 0.0
        elif (
            word in ("and", "-")
            and seen
            and place + 1 < len(tokens)
            and (small % 100 == 0 or word == "-")
            and tokens[place + 1].text in lexicon.number_words
            and (word == "-" or small + total >= 100)
        ):
            pass
        elif word in ("a", "an") and not seen and place + 1 < len(tokens) and tokens[place + 1].text in _COUNTED:
            small, seen = 1.0, True
            if tokens[place + 1].text in ("dozen", "couple"):
                return (12.0 if tokens[place + 1].text == "dozen" else 2.0), place + 2
        else:
            break
        place += 1
    return (total + small, place) if seen else (None, start)


def _pronoun(tokens, place):
    """ "that one", "one of", "no one": not the number 1."""
    before, after = (tokens[place - 1].text if place else ""), (
        tokens[place + 1].text if place + 1 < len(tokens) else ""
    )
    return (
        before in ("that", "this", "which", "the", "any", "some", "each", "no", "every", "another")
        or after in ("of", "who")
        or place + 1 == len(tokens)
    )


_BEFORE_ONE = {"than", "over", "by", "least", "most", "within", "under", "for", "above", "below", "to"}
_COUNTED = {"hundred", "thousand", "million", "dozen", "couple"}


def _lone(tokens, place):
    return place > 0 and tokens[place - 1].text in ("by", "of", "to", "than")


def _unit(tokens, end, lexicon):
    skip = end + 1 if end < len(tokens) and tokens[end].text in ("-", "square", "sq") else end
    if skip < len(tokens) and tokens[skip].text in lexicon.units:
        unit = lexicon.units[tokens[skip].text]
        if unit == "percent" and tokens[skip].text == "per":
            return ("percent", skip + 2) if skip + 1 < len(tokens) and tokens[skip + 1].text == "cent" else (None, end)
        return unit, skip + 1
    return None, end
