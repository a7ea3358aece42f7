"""Nouns for the cases of a domain: those of the lexicon and the domain file, of the id column ("wine_id"), and unknown ones.

"bottle 14" is a case where 14 is one and "bottle" means nothing else here; "bottles with alcohol above 11" are a group.
"""

import re
from functools import lru_cache

from dialogue.understanding.wording.columns import as_words
from dialogue.understanding.wording.text import stem
from dialogue.understanding.wording.vocabulary import EMPTY, GENERIC, UNITS

_OF_IDS = set("id ids no nr num number key index code identifier unnamed row uuid guid ref reference".split())
_NO_NOUN = set("""
    top than over under about option options suggestion suggestions step steps version level class rank type group chapter page part
    exactly roughly around nearly almost only just like equal equals sparsity score scored minus plus say try first last next
    another seed year since until till past model label target outcome result value percent chance probability risk
    predict predicts explain show describe justify view see open check compare flip change approve reject display summarise summarize
    max min maximum minimum reach reaches meant mean want wants need needs get gets age change weigh weighs hit hits cost costs pay pays
    please hello thanks vs versus against and or but then if when while where here there why how what which who whose
""".split())
_VERBS = ("up", "down", "set", "more", "less", "be", "if", "relative", "pronouns", "times")
_BEFORE_PLURAL = set("""
    for of on among amongst the these those all which what many some any other such are show list predict with in to
    about do does did were find get give display count more most how if between and only no see me view when
""".split())


@lru_cache(maxsize=32)
def own_nouns(domain):
    """Words for one case and for several, from the domain file and the name of its id column."""
    names = [tuple(name.lower().split()) for name in domain.file.case]
    column = getattr(domain.file, "id", None)
    words = [word for word in as_words(column or "").split() if word not in _OF_IDS]
    if 0 < len(words) <= 2 and all(word.isalpha() for word in words):
        many = words[-1][:-1] + "ies" if re.search(r"[^aeiou]y$", words[-1]) else words[-1] + ("es" if words[-1][-1] in "sx" else "s")
        names += [tuple(words), (*words[:-1], many)]
    return frozenset(name for name in names if name)


def names_a_case(tokens, place, words, lexicon, domain):
    """The word at `place` is a noun that means nothing else here, and the number behind it is a case."""
    token, number = tokens[place], tokens[place + 1].text if place + 1 < len(tokens) else ""
    return (
        token.word
        and number.isdigit()
        and number in domain.frame.index
        and len(token.text) > 2
        and not (place and (tokens[place - 1].text in lexicon.parts["pronouns"] or tokens[place - 1].text.isdigit()))
        and not token.text.endswith(("ed", "ing", "ly"))
        and token.text not in _NO_NOUN | EMPTY | UNITS
        and token.text not in lexicon.implied
        and token.text not in lexicon.units
        and token.text not in lexicon.number_words
        and (token.text,) not in lexicon.before
        and not _known(token, words)
        and not any(token.text in lexicon.parts[part] for part in _VERBS)
        and (place + 2 >= len(tokens) or tokens[place + 2].text not in {"%", "or", "and", "to", "-"} | set(lexicon.units)
             or tokens[place + 2].text == "and" and not (place + 3 < len(tokens) and tokens[place + 3].text[0].isdigit()))
    )


def names_a_group(tokens, place, words, lexicon):
    """An unknown noun in the plural where people or things are spoken of: "bottles with", "which wines"."""
    token = tokens[place]
    return (
        token.word
        and len(token.text) > 3
        and token.text.endswith("s")
        and not token.text.endswith(("ss", "us", "is"))
        and token.text not in words.plain
        and token.text not in _NO_NOUN | EMPTY | UNITS
        and not _known(token, words)
        and place > 0
        and tokens[place - 1].text in _BEFORE_PLURAL
    )


def _known(token, words):
    return token.stem in words.stems or token.stem in words.near or token.stem in words.of_outcomes or stem(token.text) in GENERIC
