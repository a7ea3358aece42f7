"""Is it asked of what this program knows? Other topics, nonsense and what is not served are kinds that are learnt too.

The learned kinds "refused" and "unclear" have their own examples, of more than eighty topics. A question may come from
any topic, and no list holds them all; so it is held back already where these two come near to the best kind that is served.
How near, says the reading with the domain's words taken out, and beside it one of the words as they stand: with its words
taken out, "why did she break my heart" is a question about an outcome.
"""

import re
from dataclasses import replace
from functools import lru_cache

from dialogue.understanding.learning.kept import load_classifier
from dialogue.understanding.learning.examples import REFUSED, UNCLEAR
from dialogue.understanding.wording.lexicon import LANGUAGES

OUTSIDE = (REFUSED, UNCLEAR)
# Leads from which a question is held back, or its readings are offered. Measured with whole topics left out of training,
# and questions of kinds that are served left out likewise: see tests/benchmarks/scope.py.
HELD_BACK, OFFERED = -0.5, -0.7
PLAIN = 0.1  # weight of the words as they stand
CLEAR = -2.5  # so far behind, they are not looked at: it would change nothing


def lead(clause, structure, language):
    """By how much the nearer of the two outer kinds is ahead of the best kind that is served; negative where it is behind."""
    scores = dict(clause.ranked)
    outer = max(scores.get(kind, -9.0) for kind in OUTSIDE)
    found = outer - max((score for kind, score in scores.items() if kind not in OUTSIDE), default=-9.0)
    return found if found <= CLEAR else found + PLAIN * _outside(structure.words(clause.start, clause.end), language)


@lru_cache(maxsize=2048)
def _outside(text, language):
    return load_classifier(language).outside(text, OUTSIDE)


@lru_cache
def served_words(language):
    """Words of the example questions of kinds that are served."""
    files = [path for path in (LANGUAGES / language / "examples").glob("*.yaml") if path.stem not in OUTSIDE]
    return frozenset(word for path in files for word in re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower()))


def counts_other_things(structure, domain, lexicon):
    """ "How many moons has Saturn?": nothing of the domain is named, and what is counted is in no question that is served."""
    counted = re.search(r"^(?:and |so |but )?how many ([a-z]+)\b", structure.words())
    named = set(re.findall(r"\b[A-Z]{3,}\b", structure.text())) - {"GROUP"}
    if not counted or named:
        return False
    known = served_words(lexicon.language) | set(" ".join(domain.file.case).lower().split())
    return counted[1] not in known and (counted[1],) not in lexicon.people


def held_back(clause, structure, language):
    """The Clause, its kind changed to the nearer of the two outer ones where these come too near."""
    if clause.kind in OUTSIDE or lead(clause, structure, language) <= HELD_BACK:
        return clause
    return replace(clause, kind=next(kind for kind, _ in clause.ranked if kind in OUTSIDE))


def doubtful(clause, structure, language):
    """Near enough to what is not served that its readings are offered rather than one of them answered."""
    return lead(clause, structure, language) > OFFERED
