"""A tagged question as a row of items, one letter each, so that structure can be told by patterns over letters.

F number or category feature   L yes/no feature     V value            N number        Y outcome
O comparison before a number   A comparison after   B between, from    G group         C case
u d s increase, decrease, set  m e more, less       T twice, half      I word that names a feature ("older")
b verb of being or having      x negation           K and   R or       i if            r who, that, with
l little word  f for, on, about, from    y by   t to          h hyphen           q question word w other word
, comma   . end of a sentence  M by itself "percent"
"""

import re
from dataclasses import dataclass, replace

from dialogue.understanding.sentence.flags import STOPPING
from dialogue.understanding.wording.vocabulary import LITTLE

SPAN_LETTERS = {"NUM": "N", "CASE": "C", "GROUP": "G", "VALUE": "V", "OUTCOME": "Y", "TARGET": "w", "TERM": "w"}
SINGLE = {
    "and": "K",
    "&": "K",
    "or": "R",
    "by": "y",
    "to": "t",
    "into": "t",
    "-": "h",
    ",": ",",
    ";": ",",
    ":": "l",
    ".": ".",
    "?": ".",
    "!": ".",
    "\n": ".",
    "but": "K",
    "(": "l",
    ")": "l",
    "nor": "R",
    "then": ",",
    "plus": "K",
    "also": "l",
    "either": "l",
    "both": "l",
    "at": "t",
    "yet": "K",
}
QUESTION = set("""
    what how why which whether who where when does did do would will could can should
""".split())
LITTLE_MORE = LITTLE | set("""
    about my his her our your only just some any all these those there currently really years level levels value
    values exactly also more still already actually than
""".split())


@dataclass(frozen=True)
class Item:
    """One span or word: its letter, text, and tokens start to end; `value` as in tagging.Span."""

    letter: str
    text: str
    start: int
    end: int
    value: object = None


def items(tagged, domain, lexicon):
    """The row of items of a tagged question."""
    at = {span.start: span for span in tagged.spans}
    row, place = [], 0
    while place < len(tagged.tokens):
        span = at.get(place)
        multiple = _multiple(tagged.tokens, place, at)
        if multiple:
            row.append(multiple)
            place = multiple.end
            continue
        if span:
            span = _as_value(span, tagged, row)
            row.append(Item(_span_letter(span, domain), tagged.tokens[place].text, span.start, span.end, span.value))
            place = span.end
            continue
        item = _compared(tagged.tokens, place, at, lexicon) or _word(tagged.tokens, place, lexicon)
        row.append(item)
        place = item.end
    return row


_MANIFOLD = {"as", "the", "my", "his", "her", "their", "more", "higher", "larger", "bigger", "longer", "that", "what"}


def _multiple(tokens, place, at):
    """ "three times the data", "amount times 0.5": a factor."""
    here, word = at.get(place), tokens[place].text
    if here is not None and here.tag == "NUM" and here.end + 1 < len(tokens) and tokens[here.end].text in ("times", "x"):
        if tokens[here.end + 1].text in _MANIFOLD or here.end + 1 in at:
            return Item("T", word, place, here.end + 1, here.value.value)
    if word == "times" and place + 1 in at and at[place + 1].tag == "NUM" and place and not tokens[place - 1].text[0].isdigit():
        return Item("T", word, place, at[place + 1].end, at[place + 1].value.value)
    return None


def letters(row):
    return "".join(item.letter for item in row)


PEOPLE = re.compile(
    r"(?:(?<!oth)ers|icans|(?<!electr)(?:p|sp)anics|sians|ists|ees|males|females|whites|blacks|latinos|latinas|singles|tenants"
    r"|residents|students|owners|girls|boys|ladies|guys|graduates|widows)$"
)


def of_people(item):
    """A noun for people, or a feature or value named by one: patients, women, smokers, tenants."""
    return item.letter == "G" or item.letter in "LV" and (item.text.endswith("men") or bool(PEOPLE.search(item.text)))


_WHO = {"i", "he", "she", "they", "who", "we", "people", "if", "you"}


def _as_value(span, tagged, row):
    """ "if I rent", "people rent": a verb that is a feature's name and one of its values says the value."""
    mention = span.value
    if span.tag != "FEATURE" or len(getattr(mention, "value", ())) != 1 or not span.start:
        return span
    before = {token.text for token in tagged.tokens[max(0, span.start - 1) : span.start]}
    before |= {"who"} if row[-1].letter == "V" and PEOPLE.search(row[-1].text) or PEOPLE.search(tagged.tokens[span.start].text) else set()
    if not before & _WHO and not any(other.tag == "GROUP" and other.end == span.start for other in tagged.spans):
        return span
    return replace(span, tag="VALUE", value=replace(mention, kind="value", options=mention.value))


def _span_letter(span, domain):
    if span.tag == "FEATURE":
        types = {domain.features[name].type for name, _ in span.value.options if name in domain.features}
        return "L" if types == {"yes_no"} else "F"
    return SPAN_LETTERS.get(span.tag, "w")


def _compared(tokens, place, at, lexicon):
    """The longest comparison that starts here: before a number, or after one."""
    for length in range(6, 0, -1):
        part = tuple(token.text for token in tokens[place : place + length])
        end = place + len(part)
        if len(part) < length or any(spot in at for spot in range(place, end)):
            continue
        before, after = _since(part, end, at) or lexicon.before.get(part), lexicon.after.get(part)
        if not before and not after and part not in lexicon.between:
            continue
        number_next = _number_soon(tokens, end, at)
        number_last = place > 0 and any(s.end == place and s.tag == "NUM" for s in at.values())
        if before and number_next and not (after and number_last and not number_next):
            return Item("O", " ".join(part), place, end, (before, part))
        if after and number_last and not (part[0] in ("or", "and") and end in at and at[end].tag == "NUM"):
            return Item("A", " ".join(part), place, end, (after, part))
        closed = end in at and tuple(token.text for token in tokens[at[end].end : at[end].end + 1]) in lexicon.after
        if part in lexicon.between and number_next and not closed:      # "from 5,000 upwards" has no other end
            return Item("B", " ".join(part), place, end)
    return None


def _since(part, end, at):
    """ "built before 1950", "since 2010", "newer than 2005": a comparison where a year follows."""
    number = at[end].value if end in at and at[end].tag == "NUM" else None
    year = number is not None and number.unit is None and float(number.value).is_integer() and 1500 <= number.value <= 2100
    return {("before",): "<", ("after",): ">", ("since",): ">=", ("newer", "than"): ">"}.get(part) if year else None


def _number_soon(tokens, end, at):
    """A number follows within three little words or one feature."""
    for place in range(end, min(end + 6, len(tokens))):
        if place in at:
            if at[place].tag == "NUM":
                return True
            if at[place].tag not in ("FEATURE",):
                return False
        elif tokens[place].text not in LITTLE | {"age", "value", "about", "roughly", "around", "say"} and not any(
            s.tag == "FEATURE" and s.start < place < s.end for s in at.values()
        ):
            return False
    return False


def _word(tokens, place, lexicon):
    text, parts = tokens[place].text, lexicon.parts
    item = lambda letter, value=None: Item(letter, text, place, place + 1, value)
    if text in SINGLE:
        return item(SINGLE[text])
    if text in parts["times"]:
        return item("T", parts["times"][text])
    if text in parts["negation"] or text in STOPPING:
        return item("x")
    if text in ("if", "suppose", "supposing", "assuming", "assume", "imagine", "provided", "pretend", "hypothetically"):
        return item("i")
    if text in DISCOUNTS and place and (tokens[place - 1].text[-1].isdigit() or tokens[place - 1].text in lexicon.units):
        return item("e")
    if text in parts["up"]:
        return item("u")
    if text in parts["down"] and not (text in parts["less"] and place and tokens[place - 1].text[0].isdigit()):
        return item("d" if text != "lower" or not _comparative(tokens, place) else "e")
    if text in parts["set"]:
        return item("s")
    if text in (
        "more",
        "additional",
        "extra",
        "further",
        "higher",
        "greater",
        "larger",
        "bigger",
        "longer",
        "older",
        "richer",
        "heavier",
        "taller",
    ):
        return item("m")
    if text in ("less", "fewer", "closer", "nearer", "smaller", "shorter", "younger", "lower", "lesser", "lighter", "cheaper", "poorer"):
        return item("e")
    if text in ("who", "that", "which", "whose", "whom", "where", "with", "having", "aged", "whos"):
        return item("r")
    if text in parts["be"]:
        return item("b")
    if text in QUESTION:
        return item("q")
    if text in ("for", "on", "about", "from"):
        return item("f")
    if text in LITTLE_MORE:
        return item("l")
    return item("I" if text in lexicon.implied else "w")


DISCOUNTS = {"off", "discount", "rebate", "reduction"}


def _comparative(tokens, place):
    """ "lower" as an adjective: "were lower", "500 lower", not "lower the amount"."""
    before = tokens[place - 1].text if place else ""
    return (
        before in ("is", "are", "was", "were", "be", "been", "a", "much", "slightly", "bit", "little", "even")
        or before[-1:].isdigit()
    )
