"""The answer to a question back: one of the readings offered, by its place, by its words or by the feature it is about."""

import re
from dataclasses import replace

from rapidfuzz import fuzz

from dialogue.understanding.wording.text import stem
from explainers.types import Ask, Query

_NUMERALS = (("first", "1", "1st", "one", "former"), ("second", "2", "2nd", "two", "latter"), ("third", "3", "3rd", "three"))
_PLACES = {said: place for place, numerals in enumerate(_NUMERALS) for said in numerals} | {"last": -1}
_PLACE = re.compile(
    rf"^(?:(?:yes|ok|i mean|i meant|i take|take|no) ?,? )*(?:the |number |option |reading |choice |question )*({'|'.join(_PLACES)})"
    r"(?: (?:one|option|reading|choice|question))?(?: please)?[ .!]*$"
)
_ALL = re.compile(r"^(?:i mean |yes |ok |the |for )*(?:both|all|all of them|all three|both of them|the two)(?: please| of them)?[ .!]*$")
_FILLING = set("""
    the one a an of in at on for to i mean meant about please it is was thing that this yes no ok well take my his her with and
    der die das den dem des ein eine einen ich meine meinte bitte es ist war ja nein gut nehme mein meine von im am mit und
""".split())
ALIKE = 88  # likeness of a typed reading to one that was offered, of 100


def picked(text, read, offered):
    """The Query of the reading that a text picks among `offered` Choices; None where it picks none.

    text: as written. read: in the words of the rules, small letters.
    """
    if not offered or len(text.split()) > 14:
        return None
    place = _PLACE.search(read.strip())
    if place and place[1] in _PLACES:
        found = offered[_PLACES[place[1]]:][:1]
        return found[0].query if found else None
    if _ALL.search(read.strip()):
        return _together(offered)
    return _by_words(text, offered)


def _together(offered):
    """All readings at once, where they ask the same of several features; else one after the other."""
    first = offered[0].query
    kinds = {ask.kind for choice in offered for ask in choice.query.asks}
    if first.changes or len(kinds) > 1:
        return None
    names = list(dict.fromkeys(name for choice in offered for ask in choice.query.asks for name in ask.features))
    ask = first.asks[0]
    return replace(first, asks=(Ask(ask.kind, {**ask.options, "features": names}),)) if names else None


def _by_words(text, offered):
    likeness = [fuzz.ratio(_plain(text), _plain(choice.text)) for choice in offered]
    if max(likeness) >= ALIKE:
        return offered[likeness.index(max(likeness))].query
    said = _content(text) - _FILLING
    if not said or len(text.split()) > 6:
        return None
    found = [choice for choice in offered if said <= _content(choice.text)]
    return found[0].query if len(found) == 1 else None


def _plain(text):
    return " ".join(re.findall(r"\w+", text.lower()))


def _content(text):
    words = re.findall(r"\w+", text.lower())
    return {stem(word) for word in words if word not in _FILLING}


def by_feature(structure, kinds, memory, domain):
    """ "The term one": the reading about the feature that is named, however it is called."""
    if not memory.offered or len(structure.words().split()) > 6:
        return None
    named = {name for _, names in structure.mentions for name in names} | {s.options[0] for s, _ in structure.statements}
    found = [choice.query for choice in memory.offered if _features(choice.query) & named]
    return found[0] if named and len(found) == 1 else None


def _features(query: Query):
    return {name for ask in query.asks for name in ask.features} | {change.feature for change in query.changes}
