"""The words of one domain: what may be said for its features, values and outcomes.

A phrase is a set of stems. Words that many features share ("loan") weigh little, words of one feature ("furniture") much.
"""

import re
from dataclasses import dataclass, field

from dialogue.understanding.wording.columns import as_words as _split, families, of_letter, opposites, spelt_out
from dialogue.understanding.wording.lexicon import known_words, usual_words, word_counts
from dialogue.understanding.wording.numbers import read_digits
from dialogue.understanding.wording.text import stem

GENERIC = set("""
    number amount level rat rate valu total year month current other thing count class least most percent per
    score type statu status balanc day tim time average averag avg mean num index history function degre degree group range low high
    new good bad more less old yes part data result purpos rest last first num size code hour hours week length annum annual yearly monthly
""".split())
LITTLE = set("""
    the a an of for in at on with to is has have as by and or their be are was had per from did does do s than
    it its that this any were been being
""".split())
# Words that say nothing about a domain, even where a label or synonym holds them.
EMPTY = LITTLE | set("""
    i me my mine we our you your he she his her him they them what how which who whose when where why there here
    these those so far all some if not no can could would will should may must been one ones up down out off
    over under into about only also too very more less most least much many get gets got go need needs want
    wants use used using us thing things between each other others same good bad ok like just now then still yet
    ago every am doing done make makes made see say show give take taken know known tell think does before after
    again always never ever something anything nothing everything for against least else unknown none someone
    somebody person people applicant applicants case cases yes real
""".split())
UNITS = set("""
    dm year years month months euro euros dollar dollars hour hours percent mark marks min minutes days day week
    weeks k mg mm cm kg points
""".split())
# Words of a range of numbers ("below 0 DM"), which are read as comparisons.
BOUNDS = set("below above under over least most between up from minus plus less more".split())
NEGATIVE = {"no", "not", "non", "without", "never", "none", "un"}
_FLAG = re.compile(
    r"^(?P<base>.*?)\s*\b(?P<words>greater (?:or|than) equal (?:than|to)?|greater or equal (?:than|to)?|at least|or more|less than|"
    r"less or equal (?:than|to)?|at most|more than|greater than|over|above|under|below|>=|<=|>|<)\s*(?P<number>\d+(?:[.,]\d+)*)"
)


@dataclass(frozen=True)
class Phrase:
    """One way to name something: kind is feature, value, target or absent (what the data do not hold).

    own: the label or column name itself, which goes before a synonym.
    whole: only all of it is a name ("used car", "payment method"), as parts of it are said of much else.
    """

    kind: str
    feature: str | None
    value: object
    stems: tuple
    weights: tuple = ()
    negative: bool = False
    own: bool = False
    whole: bool = False

    @property
    def total(self):
        return sum(self.weights)


@dataclass(frozen=True)
class Flag:
    """A yes/no feature whose name holds a comparison: savings balance >= 200."""

    feature: str
    sign: str
    number: float


@dataclass(eq=False)
class Vocabulary:
    """phrases; stem -> places of the phrases that hold it; stem -> {domain stem: likeness} for near words.

    owners: stem -> features it names.  of_outcomes: stems of outcomes' labels.  plain: words, no misspelt names.
    categories: column -> all columns of the category that it is a value of.
    common: word -> weight, what misspelt words are put right to.  usual: word -> how often questions use it anyway, in 100,000.
    """

    phrases: list
    holding: dict
    near: dict
    flags: dict
    stems: set
    words: set = field(default_factory=set)
    multi: dict = field(default_factory=dict)
    owners: dict = field(default_factory=dict)
    plain: frozenset = frozenset()
    common: dict = field(default_factory=dict)
    usual: dict = field(default_factory=dict)
    people: frozenset = frozenset()
    of_outcomes: frozenset = frozenset()
    categories: dict = field(default_factory=dict)
    spellings: dict = field(default_factory=dict)  # misspelt words put right so far
    typos: dict = field(default_factory=dict)  # stem -> domain stems that it may be a slip of
    squeezed: dict = field(default_factory=dict)  # word -> the squeezed name that it is a part of


def vocabulary(domain, lexicon):
    """All phrases of a domain. Costs some milliseconds; kept with the domain by the caller."""
    raw, flags = [], {}
    for feature in domain.features.values():
        own = [feature.label, _split(feature.name)]
        own += [spelt_out(name.lower()) for name in own]
        for name in dict.fromkeys([*own, *feature.synonyms]):
            flag = _flag(feature, name)
            if flag:
                flags[feature.name] = flag[1]
                name = flag[0]
            _add(raw, "feature", feature.name, None, name, name in own or name not in feature.synonyms)
        if feature.type == "category":
            for code, label in feature.values.items():
                for name in dict.fromkeys([of_letter(feature, label) or label, *(feature.value_synonyms or {}).get(code, ())]):
                    if not re.fullmatch(r"-?[\d.,]+", str(name)):
                        _add(raw, "value", feature.name, code, name)
        if feature.type == "yes_no":
            for code in ("true", "false"):
                for name in (feature.value_synonyms or {}).get(code, ()):
                    _add(raw, "value", feature.name, code == "true", name)
    for name, opposite in opposites(domain, {part for entry in raw for part in entry[3]}):
        _add(raw, "feature", name, None, f"not {opposite}")
    categories = families(domain)
    for words, members in categories:
        for name in dict.fromkeys([words, spelt_out(words)]):
            for member in members:
                _add(raw, "category", member, None, name, True)
    for name in _target_names(domain):
        _add(raw, "target", None, None, name, True)
    for name, others in (getattr(domain.file, "absent", None) or {}).items():
        for said in (name, *others):
            _add(raw, "absent", name, None, said, said == name)
    _add_unknown(raw, lexicon)
    others = [str(name) for names in (getattr(domain.file, "outcome_synonyms", None) or {}).values() for name in names]
    labels = " ".join([*map(str, domain.outcomes.values()), _split(domain.file.target), *others])
    said = frozenset(stem(word) for word in re.findall(r"[^\W_]+", labels.lower()) if word not in EMPTY)
    return _indexed(raw, flags, lexicon, categories, said)


def _add_unknown(raw, lexicon):
    """What people often ask about ("income", "smoking"), where nothing in the domain is called so."""
    known = {part for entry in raw for part in entry[3]}
    near = {other[0] for part in known - {"pay"} for other in lexicon.synonyms.get((part,), ()) if len(other) == 1}
    for name, others in lexicon.unknown.items():
        words = {stem(word) for said in (name, *others) for word in said.split() if word not in EMPTY | UNITS}
        if not words & (known | near):
            for said in (name, *others):
                _add(raw, "absent", name, None, said, True)


def _target_names(domain):
    """What the predicted value is called: its column, and for a regression the words of the title ("Maths grades")."""
    names = [_split(domain.file.target)]
    if domain.regression:
        title = [word for word in re.findall(r"[^\W\d_]+", (domain.file.title or "").lower()) if word not in EMPTY]
        names += [" ".join(title), *title[-1:], *(f"final {word}" for word in title[-1:])]
    return [name for name in dict.fromkeys(names) if name]


def _flag(feature, name):
    """(base words, Flag) of a yes/no name with a comparison in it, else None."""
    if feature.type != "yes_no":
        return None
    text = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", _split(name))
    match = _FLAG.search(text)
    if not match:
        return None
    words = match["words"]
    small = any(word in words for word in ("less", "under", "below", "<", "most"))
    equal = any(word in words for word in ("equal", "least", "most", "=", "or more"))
    sign = ("<" if small else ">") + ("=" if equal else "")
    return match["base"] + text[match.end() :], Flag(feature.name, sign, read_digits(match["number"]))


_JUDGING = {"good", "bad"}  # values only beside the name of their feature


def _add(raw, kind, feature, value, name, own=False):
    words = [word for word in re.findall(r"[^\W_]+|[<>]=?", _split(name)) if word]
    negative = bool(words) and words[0] in NEGATIVE and len(words) > 1
    words = words[1:] if negative else words
    content = [word for word in words if word not in (LITTLE if own else EMPTY)]
    if not own and len(content) == 1 and any(word in EMPTY - LITTLE for word in words):
        if kind != "value" or negative or set(words) & UNITS:
            return
        content = [word for word in words if word not in LITTLE]
    content = content or [word for word in words if kind == "value" and word in _JUDGING]
    if not content and kind in ("feature", "target", "category") and own:
        content = [word for word in words if word not in LITTLE] or words
    if kind == "value":
        if not any(word.isalpha() and word not in UNITS | BOUNDS for word in content):
            return
        content = [word for word in content if word not in UNITS]
    if content:
        raw.append((kind, feature, value, tuple(dict.fromkeys(stem(word) for word in content)), negative, words, own))


def _indexed(raw, flags, lexicon, categories, of_outcomes):
    owners = {}
    shared = {(name, stem(word)) for said, members in categories for name in members for word in said.split()}
    for kind, feature, _, stems, _, _, _ in raw:
        for part in stems:
            owners.setdefault(part, set()).add(feature or kind)
    people = {stem(word) for phrase in lexicon.people for word in phrase}
    little = lambda part: part in GENERIC or part in people or part.isdigit()
    weigh = lambda part: (0.1 if part in ("num", "number", "count") else 0.3 if little(part) else 1.0) / len(owners[part]) ** 0.7
    phrases, seen = [], set()
    for kind, feature, value, stems, negative, words, own in raw:
        key = (kind, feature, value, stems)
        if key not in seen:
            seen.add(key)
            weights = tuple(weigh(part) * (0.4 if (feature, part) in shared else 1.0) for part in stems)
            whole = kind == "category" or kind == "value" and len(stems) > 1 and sum(word not in EMPTY for word in words) == 1
            phrases.append(Phrase("feature" if kind == "category" else kind, feature, value, stems, weights, negative, own, whole))
    holding = {}
    for place, phrase in enumerate(phrases):
        for part in phrase.stems:
            holding.setdefault(part, []).append(place)
    words = {word for entry in raw for word in entry[5] if len(word) > 2}
    near, multi = _near(set(holding), lexicon)
    return Vocabulary(
        phrases,
        holding,
        near,
        flags,
        set(holding),
        words,
        multi,
        {part: frozenset(names) for part, names in owners.items()},
        known_words(lexicon.language),
        _common(words, lexicon),
        usual_words(lexicon.language),
        frozenset(people),
        of_outcomes,
        categories={name: members for _, members in categories for name in members},
    )


def _common(words, lexicon):
    """Word -> how common it is, for putting misspelt words right; words of the domain count most."""
    found = {
        word: count
        for word, count in word_counts(lexicon.language).items()
        if count > 3 and word not in lexicon.contractions
    }
    return found | {word: 1000 for word in words}


def _near(stems, lexicon):
    """Words outside the domain that mean one of its stems; (one-word table, several-word table)."""
    near, multi = {}, {}
    for member, others in lexicon.synonyms.items():
        if any(len(other) == 1 and other[0] in stems for other in others):
            found = {other[0] for other in others if len(other) == 1 and other[0] in stems}
            if len(member) == 1:
                near.setdefault(member[0], {}).update({other: 0.8 for other in found})
            else:
                multi[member] = found
        for other in others:
            if len(other) > 1 and len(member) == 1 and all(part in stems for part in other) and member[0] not in stems:
                near.setdefault(member[0], {}).setdefault(other[0], 0.8)
    return near, multi
