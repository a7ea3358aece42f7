"""Is it asked of what this program knows? Other topics, nonsense and what is not served are kinds that are learnt too.

The learned kinds "refused" and "unclear" have their own examples, of more than eighty topics. A question may come from
any topic, and no list holds them all; so it is held back already where these two come near to the best kind that is served.
How near, says the reading with the domain's words taken out, and beside it one of the words as they stand: with its words
taken out, "why did she break my heart" is a question about an outcome. And words that nobody uses who asks about what is
served speak for another topic: "could this be cancer".
"""

import re
from dataclasses import replace
from functools import lru_cache

from dialogue.understanding.learning.kept import load_classifier
from dialogue.understanding.learning.examples import REFUSED, UNCLEAR
from dialogue.understanding.wording.gloss import gloss
from dialogue.understanding.wording.lexicon import LANGUAGES, read_yaml
from dialogue.understanding.wording.text import stem

OUTSIDE = (REFUSED, UNCLEAR)
# Leads from which a question is held back, or its readings are offered. Measured with whole topics left out of training,
# and questions of kinds that are served left out likewise: see tests/benchmarks/scope.py.
HELD_BACK, OFFERED = -0.5, -0.7
PLAIN = 0.1  # weight of the words as they stand
STRANGE = 0.4  # weight of each word, up to two, that neither the domain nor any question that is served uses
CLEAR = -2.5  # so far behind, they are not looked at: it would change nothing
_OF_WHOM = re.compile(
    r"\bGROUP (?:\w+ ){0,2}?(?:have|has|had|own|with|from|in|called|named|like|likes|live|lives|near|without)\b"
)
_PEOPLE = re.compile(r"(?:ers|ors|ees|ists|ants|ents|ians|owners|people|men|kids)$")


def lead(clause, structure, language, domain):
    """By how much the nearer of the two outer kinds is ahead of the best kind that is served; negative where it is behind."""
    scores = dict(clause.ranked)
    outer = max(scores.get(kind, -9.0) for kind in OUTSIDE)
    found = outer - max((score for kind, score in scores.items() if kind not in OUTSIDE), default=-9.0)
    if found <= CLEAR:
        return found
    strange = min(len(strange_words(structure, domain, language, clause.start, clause.end)), 2)
    return found + PLAIN * _outside(structure.words(clause.start, clause.end), language) + STRANGE * strange


@lru_cache(maxsize=2048)
def _outside(text, language):
    return load_classifier(language).outside(text, OUTSIDE)


@lru_cache
def served_words(language):
    """Words of the example questions and patterns of kinds that are served, and those that the lexicon knows."""
    folder = LANGUAGES / language
    texts = [path.read_text(encoding="utf-8") for path in (folder / "examples").glob("*.yaml") if path.stem not in OUTSIDE]
    kinds = {kind: found for kind, found in read_yaml(folder / "lexicon_kinds.yaml").items() if kind not in OUTSIDE}
    words = {key: found for key, found in read_yaml(folder / "lexicon.yaml").items() if key not in ("foreign", "unknown", "known")}
    return frozenset(_words_in(*texts, kinds, words))


@lru_cache(maxsize=16)
def _own_words(domain):
    """Words that a domain's file uses anywhere; domains compare by identity."""
    file = domain.file
    return frozenset(_words_in(file.title, getattr(file, "description", ""), getattr(file, "note", ""), file.case, domain.outcomes,
                               *domain.features.values()))


def _words_in(*things):
    said = re.findall(r"[a-z]+", " ".join(map(str, things)).lower())
    return {*said, *map(stem, said)}


def strange_words(structure, domain, language, start=0, end=None):
    """Words of a stretch that stand for nothing here and that no question uses which is served; [] in a language read through another."""
    if gloss(language) is not None:
        return []
    known = served_words(language) | _own_words(domain)
    spans = {place for span in structure.tagged.spans for place in range(span.start, span.end)}
    tokens = structure.tagged.tokens
    return [
        tokens[place].text
        for place in range(start, len(tokens) if end is None else end)
        if place not in spans and tokens[place].word and len(tokens[place].text) > 2
        and tokens[place].text not in known and tokens[place].stem not in known
    ]


def counts_other_things(structure, domain, language):
    """ "How many moons has Saturn?", "how many applicants have a cat", "show everyone called Peter": of things not known here."""
    counted = re.search(r"^(?:and |so |but )?how many ([a-z]+)\b", structure.words())
    if counted and not _PEOPLE.search(counted[1]):
        known = served_words(language) | _own_words(domain)
        if counted[1] not in known and stem(counted[1]) not in known:
            return True
    of_whom = _OF_WHOM.search(structure.text())
    return bool(of_whom) and not structure.wheres() and bool(strange_words(structure, domain, language))


def held_back(clause, structure, language, domain):
    """The Clause, its kind changed to the nearer of the two outer ones where these come too near."""
    if clause.kind in OUTSIDE or lead(clause, structure, language, domain) <= HELD_BACK:
        return clause
    return replace(clause, kind=next(kind for kind, _ in clause.ranked if kind in OUTSIDE))


def doubtful(clause, structure, language, domain):
    """Near enough to what is not served that its readings are offered rather than one of them answered."""
    return lead(clause, structure, language, domain) > OFFERED
