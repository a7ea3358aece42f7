"""Names of columns as words, and columns that stand for one category."""

import re

from dialogue.understanding.wording.text import split_names, stem


def as_words(name):
    """tenureMonths, tenure_months -> tenure months."""
    return re.sub(r"[_\-.]+", " ", split_names(str(name))).lower()


def families(domain):
    """(feature, stem) of the words that columns of one category share: race in raceAsian, raceHispanic.

    Yes/no columns with the same first words of which just one holds in each row.
    """
    names = {f.name: as_words(f.name).split() for f in domain.features.values() if f.type == "yes_no"}
    found = set()
    for length in (1, 2):
        long = {name: tuple(words[:length]) for name, words in names.items() if len(words) > length}
        for first in set(long.values()):
            members = [name for name, words in long.items() if words == first]
            if len(members) > 1 and _one_of(domain, members):
                found |= {(name, stem(word)) for name in members for word in first}
    return found


def _one_of(domain, members):
    holding = ((domain.frame[name] == domain.features[name].true).astype(int) for name in members)
    return bool((sum(holding) == 1).all())
