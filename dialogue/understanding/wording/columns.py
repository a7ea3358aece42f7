"""Names of columns as words, and columns that stand for one category."""

import re

from dialogue.understanding.wording.text import split_names


def as_words(name):
    """tenureMonths, tenure_months -> tenure months."""
    return re.sub(r"[_\-.]+", " ", split_names(str(name))).lower()


_SPELT_OUT = {"pay": "payment", "amt": "amount", "acct": "account", "edu": "education", "emp": "employment", "dept": "department",
              "addr": "address", "loc": "location", "deg": "degree", "occ": "occupation", "rel": "relationship", "exp": "experience"}


def spelt_out(words):
    """pay method -> payment method; the words themselves where nothing is shortened."""
    return " ".join(_SPELT_OUT.get(word, word) for word in words.split())


def families(domain):
    """[(words, columns)] of the columns that together are one category: ("race", [raceAsian, raceHispanic]).

    Yes/no columns with the same first words of which just one holds in each row.
    """
    names = {f.name: as_words(f.name).split() for f in domain.features.values() if f.type == "yes_no"}
    found = {}
    for length in (1, 2):
        long = {name: tuple(words[:length]) for name, words in names.items() if len(words) > length}
        for first in dict.fromkeys(long.values()):
            members = tuple(name for name, words in long.items() if words == first)
            if len(members) > 1 and _one_of(domain, members):
                found[members] = " ".join(first)
    return [(words, members) for members, words in found.items()]


def _one_of(domain, members):
    holding = ((domain.frame[name] == domain.features[name].true).astype(int) for name in members)
    return bool((sum(holding) == 1).all())
