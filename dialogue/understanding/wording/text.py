"""Text -> tokens: lower case, contractions opened, every token with its place in the text as written.

[t.text for t in tokens("What's my income, if it's 4,000?", lexicon)]
["what", "is", "my", "income", ",", "if", "it", "is", "4,000", "?"]
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

LONGEST = 2000  # characters read of one question; the rest is not a question any more

_PIECE = re.compile(
    r"""
      \d+(?:[.,]\d+)*            # 4,000  0.5  1.000.000
    | [^\W\d_]+(?:'[^\W\d_]+)*\d{0,2}   # words of any script, with apostrophes; names such as G1
    | [<>=!]=|[<>=≤≥≠%$€£\#+*×/&] | [.?!,;:()\-\n]
    | \S""",
    re.VERBOSE,
)
# Said before a question, and no part of it.
_EXCLAIMED = re.compile(r"^(?:\s*(?:lol|lmao|rofl|omg|wtf|ugh|hm+|haha\w*|bro|dude|damn|pff+|tja|naja|ähm?)[\s,.!]+)+(?=\w)", re.IGNORECASE)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "_": " "}
)


@dataclass(frozen=True)
class Token:
    """One word, number or sign; `start` and `end` are its place in the normalised text.

    name: written with a capital letter inside a sentence, so probably a name.
    """

    text: str
    stem: str
    start: int
    end: int
    name: bool = False

    @property
    def word(self):
        return self.text[0].isalpha()


def normalise(text):
    """NFKC, plain quotes and dashes, no control characters, at most LONGEST characters; keeps upper case."""
    text = unicodedata.normalize("NFKC", str(text))[:LONGEST].translate(_QUOTES)
    text = re.sub(r"\bw/(?=\s|\w)", "with ", re.sub(r"\bw/o\b", "without", text, flags=re.I), flags=re.I)
    text = _EXCLAIMED.sub("", text)
    text = _formulas(text)
    text = re.sub(r"[?!]{2,}", lambda match: "?" if "?" in match[0] else "!", text)
    return "".join(letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " " for letter in text)


_A_NUMBER = r"(\d+(?:[.,]\d+)*)"
_FORMULAS = tuple(
    (re.compile(pattern, re.I), written)
    for pattern, written in (
        (rf"{_A_NUMBER} *(<=?|≤) *([a-z_]\w*) *(<=?|≤) *{_A_NUMBER}", r"\3 between\2 \1 and\4 \5"),
        (rf"\bin *([\[(]) *{_A_NUMBER} *[,;] *{_A_NUMBER} *([\])])", r"between\1 \2 and\4 \3"),
        (rf"{_A_NUMBER} *\.\.\.? *{_A_NUMBER}", r"\1 to \2"),
        (r"between(?:<=|≤|\[)", "between"),
        (r"between(?:<|\() *(\d[\d.,]*)", r"> \1"),
        (r"\band(?:<=|≤|\])", "and"),
        (r"(> \d[\d.,]* and)(?= \d)", r"\1 <="),
        (r"\band(?:<|\)) *(\d)", r"and < \1"),
        (r"between (\d[\d.,]* and <)", r">= \1"),
        (r"\b(over|under)[ -]?(\d\d)'?s\b", r"people \1 \2"),
        (r"(?<=\w) *\+= *(?=\d)", " increased by "),
        (r"(?<=\w) *-= *(?=\d)", " decreased by "),
        (r"(?<=[a-z]) +\+ +(?=\d)", " increased by "),
        (r"(?<=\w) *(?:\*=?|×) *(?=\d)|(?<=[a-z]) x (?=\d)", " times "),
    )
)


def _formulas(text):
    """Formulas in words: 20 < BMI <= 25, age in (30, 40], charges += 10, amount x 0.5."""
    for pattern, written in _FORMULAS:
        text = pattern.sub(written, text)
    return text


def tokens(text, lexicon):
    """Tokens of a text; a contraction becomes its words, a possessive loses its 's."""
    found, text = [], split_names(normalise(text))
    lower = any(letter.islower() for letter in text)
    for match in _PIECE.finditer(text):
        name = (
            lower
            and bool(found)
            and match.group()[0].isupper()
            and match.group()[1:].islower()
            and found[-1].text not in ".?!:"
        )
        for word in _opened(match.group().lower(), lexicon.contractions):
            found.append(Token(word, stem(word), match.start(), match.end(), name))
    return _decades(_excess(found), lexicon)


_DEGREES = set("big small high low long short old young much many little few large late early far".split())
_ENDS = {".", "?", "!", ",", "\n", "or", "is", "and", "for"}


def _excess(found):
    """ "48 months to long?": "too", written with one o."""
    return [
        replace(token, text="too", stem="too")
        if token.text == "to" and place + 1 < len(found) and found[place + 1].text in _DEGREES
        and (place + 2 == len(found) or found[place + 2].text in _ENDS) else token
        for place, token in enumerate(found)
    ]


def _decades(found, lexicon):
    """ "in their thirties", "in the 30s" as "aged between 30 and 39"."""
    done, place = [], 0
    while place < len(found):
        length = next((n for n in (4, 3, 2) if place + n <= len(found) and _decade(found[place : place + n], lexicon)), 0)
        if length:
            low = _decade(found[place : place + length], lexicon)
            start, end = found[place].start, found[place + length - 1].end
            length += place + length < len(found) and found[place + length].text == "s"
            words = ("aged", "between", str(low), "and", str(low + 9))
            done += [Token(word, stem(word), start, end) for word in words]
            more = found[place + length : place + length + 2]  # "in their sixties and seventies"
            if len(more) == 2 and more[0].text in ("and", "or") and more[1].text in lexicon.decades:
                low, length = lexicon.decades[more[1].text], length + 2
                words = (more[0].text, "aged", "between", str(low), "and", str(low + 9))
                done += [Token(word, stem(word), more[0].start, more[1].end) for word in words]
        else:
            done.append(found[place])
        place += length or 1
    return done


def _decade(part, lexicon):
    """30 of "in (their|the) (early) thirties|30 s|30s", else None."""
    words = [token.text for token in part]
    if len(words) > 2 and words[-1] == "s" and words[-2].isdigit():
        words = [*words[:-2], words[-2] + "s"]
    if len(words) < 2 or words[0] != "in" or not set(words[1:-1]) <= _INSIDE:
        return None
    last = words[-1]
    if last in lexicon.decades:
        return lexicon.decades[last]
    match = re.fullmatch(r"([1-9]0)'?s", last)
    return int(match[1]) if match else None


_INSIDE = {"their", "there", "the", "his", "her", "my", "early", "mid", "late"}


def split_names(text):
    """Column names written as such: LoanAmount -> Loan Amount (needed before lower-casing)."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", " ", text)


def _opened(word, contractions):
    if word in contractions:
        return contractions[word].split()
    if word.endswith("n't"):
        return [word[:-3], "not"]
    for ending, full in (("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am"), ("'d", "would")):
        if word.endswith(ending):
            return [word[: -len(ending)], full]
    if word.endswith("'s") and len(word) > 2:
        return [word[:-2]]
    return [word.replace("'", "")] if word.strip("'") else []


_IRREGULAR = {
    "people": "person",
    "persons": "person",
    "children": "child",
    "women": "woman",
    "men": "man",
    "older": "old",
    "oldest": "old",
    "younger": "young",
    "youngest": "young",
    "higher": "high",
    "highest": "high",
    "lower": "low",
    "lowest": "low",
    "data": "data",
    "dataset": "data",
    "less": "less",
    "loss": "loss",
    "species": "species",
    "basis": "basis",
    "diagnoses": "diagnosis",
    "lives": "live",
    "paid": "pay",
    "repaid": "repai",
    "ran": "run",
    "lent": "lend",
    "spent": "spend",
    "drank": "drink",
    "drunk": "drink",
    "went": "go",
    "gone": "go",
    "goes": "go",
    "bought": "buy",
    "sold": "sell",
    "lived": "live",
    "paid": "pay",
    "owes": "owe",
    "taught": "teach",
    "wives": "wife",
    "married": "marry",
    "marriage": "marry",
    "marital": "marry",
    "diabetic": "diabetes",
    "diabetics": "diabetes",
    "prior": "prior",
    "this": "this",
    "has": "has",
    "was": "was",
    "does": "does",
    "is": "is",
    "his": "his",
    "its": "its",
    "yes": "yes",
}
_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=20000)
def stem(word):
    """A light English stem: plural, -ing, -ed and -ly taken off; enough to match labels with inflections."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) > 2 and _VOWEL.search(base):
            if ending != "ly" and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            word = base
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
