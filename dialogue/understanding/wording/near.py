"""Words that come near to those of a domain: joined, as part of a squeezed name, or misspelt."""

from rapidfuzz.distance import DamerauLevenshtein

from dialogue.understanding.wording.lexicon import written_words
from dialogue.understanding.wording.vocabulary import EMPTY, GENERIC


def joined(tokens, place, vocabulary, table):
    """blood + pressure where the column is called bloodpressure; home + owner for homeowner."""
    text = tokens[place].text
    for length in (2, 3, 4):
        part = tokens[place : place + length]
        if len(part) < length or not all(token.word for token in part) or part[0].text in EMPTY:
            break
        text = "".join(token.text for token in part[:-1]) + part[-1].text
        for name in (text, "".join(token.text for token in part[:-1]) + part[-1].stem):
            if name in vocabulary.stems:
                table[name] = (1.0, length)


def part_of_name(tokens, place, vocabulary):
    """pressure, pedigree + function: the first or last words of a squeezed name (bloodpressure)."""
    for length in (3, 2, 1):
        part = tokens[place : place + length]
        if len(part) < length or not all(token.word for token in part) or length > 1 and part[0].text in EMPTY:
            continue
        text = "".join(token.text for token in part[:-1]) + part[-1].stem
        if len(text) < 4 or length == 1 and (text in GENERIC or text in vocabulary.of_outcomes):
            continue
        whole = kept(vocabulary.squeezed, text, lambda: _squeezed(text, vocabulary))
        if whole:
            return {whole: (0.7, length)}
    return {}


def _squeezed(text, vocabulary):
    """The one long stem of a label or column name that begins or ends with the text; None where there is none or several."""
    found = [
        other
        for other in vocabulary.stems
        if any(vocabulary.phrases[place].own for place in vocabulary.holding[other])
        and len(other) >= 8 and len(other) - len(text) >= 3 and (other.endswith(text) or other.startswith(text))
    ]
    return found[0] if len(found) == 1 else None


def kept(table, key, make):
    """What `make` gives, worked out once for each key; a long-lived process does not grow with every word."""
    if key not in table:
        if len(table) > 20000:
            table.clear()
        table[key] = make()
    return table[key]


def near_spelling(token, vocabulary):
    """Domain stems that differ by one slip (two in long words)."""
    return kept(vocabulary.typos, token.stem, lambda: {} if token.text in written_words() else _near_spelling(token.stem, vocabulary))


def _near_spelling(word, vocabulary):
    if len(word) < 4 or not word.isascii():
        return {}
    allowed = 1 if len(word) < 8 else 2
    close = {}
    for other in vocabulary.stems:
        if abs(len(other) - len(word)) <= allowed and len(other) >= 4 and not other.isdigit():
            slips = DamerauLevenshtein.distance(word, other, score_cutoff=allowed)
            if slips <= allowed and (other[0] == word[0] or other[1] == word[0] or len(word) > 6):
                close[other] = (0.85 - 0.1 * slips, 1)
    for other in vocabulary.stems:
        shared = _prefix(word, other)
        if shared >= 5 and shared >= 0.66 * max(len(word), len(other)):
            close.setdefault(other, (0.75, 1))
    return close


def _prefix(one, two):
    shared = 0
    for a, b in zip(one, two):
        if a != b:
            break
        shared += 1
    return shared
