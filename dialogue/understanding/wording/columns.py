"""Names of columns as words, and columns that stand for one category."""

import re

from dialogue.understanding.wording.text import split_names, stem


def as_words(name):
    """tenureMonths, tenure_months -> tenure months."""
    return re.sub(r"[_\-.]+", " ", split_names(str(name))).lower()


_SPELT_OUT = {"pay": "payment", "amt": "amount", "acct": "account", "edu": "education", "emp": "employment", "dept": "department",
              "addr": "address", "loc": "location", "deg": "degree", "occ": "occupation", "rel": "relationship", "exp": "experience",
              "avg": "average", "num": "number", "nr": "number", "nbr": "number", "n": "number", "cnt": "count",
              "tot": "total", "pct": "percent", "govt": "government", "gov": "government", "yrs": "years", "yr": "year", "hrs": "hours",
              "mths": "months", "mos": "months", "prev": "previous", "freq": "frequency", "qty": "quantity", "dur": "duration",
              "hist": "history", "diag": "diagnosis", "temp": "temperature", "wt": "weight", "ht": "height", "chol": "cholesterol",
              "grp": "group", "cat": "category", "inc": "income", "hosp": "hospital", "sys": "systolic", "dia": "diastolic",
              "juv": "juvenile", "fel": "felony", "misd": "misdemeanor", "viol": "violent", "conv": "convictions", "med": "medication",
              "meds": "medications", "perf": "performance", "bal": "balance", "mgmt": "management", "dist": "distance"}


def spelt_out(words):
    """pay method -> payment method, num_visits -> number visits; the words themselves where nothing is shortened."""
    several = words.split()
    return " ".join(_SPELT_OUT.get(word, word) for word in several) if len(several) > 1 else words


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


# What the single letters of a column stand for, by a word of its name.
_LETTERS = {
    ("sex", "gender"): {"f": "female", "m": "male"},
    ("charge", "crime", "offense", "offence"): {"f": "felony", "m": "misdemeanor"},
}


def of_letter(feature, value):
    """ "female" for F of a column about the sex; None for a value that is no such letter."""
    words = set(as_words(feature.name).split())
    return next((names.get(str(value).lower()) for about, names in _LETTERS.items() if words & set(about)), None)


_TENSES = {"ever", "currently", "current", "now", "is", "has", "was", "flag"}


def opposites(domain, known):
    """[(yes/no column, word)] of words that deny it: unemployed where there is employed, insured where there is uninsured.

    known: stems that name something in the domain already.
    """
    found = []
    for feature in domain.features.values():
        words = [word for word in as_words(feature.label).split() if word not in _TENSES]
        if feature.type == "yes_no" and len(words) == 1 and len(words[0]) > 5:
            word = words[0]
            others = (word[2:],) if word.startswith("un") else (f"un{word}", f"non{word}")
            found += [(feature.name, other) for other in others if stem(other) not in known]
    return found
