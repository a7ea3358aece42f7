"""The words of a language that hold in every domain, read from `dialogue/languages/<code>/lexicon*.yaml`."""

import importlib.util
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from dialogue.understanding.learning.embedding import PACKAGE
from dialogue.understanding.wording.text import stem

LANGUAGES = Path(__file__).resolve().parents[2] / "languages"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language's words; `before` and `after` map a comparison's words (a tuple) to its sign."""

    language: str
    contractions: dict
    number_words: dict
    ordinals: dict
    scales: dict
    currencies: frozenset
    decades: dict
    units: dict
    conversions: dict
    before: dict
    after: dict
    between: tuple
    implied: dict
    synonyms: dict
    people: frozenset
    case_nouns: frozenset
    filler: frozenset
    parts: dict
    favourable: frozenset
    unfavourable: frozenset
    outcome_near: dict
    kinds: dict
    unknown: dict
    idioms: frozenset
    never_alone: frozenset
    foreign: dict

    def converted(self, value, unit, wanted):
        """`value` in another unit; None where there is no way."""
        if unit == wanted:
            return value
        factor = self.conversions.get(unit, {}).get(wanted)
        return None if factor is None else round(value * factor, 6)


@lru_cache
def load_lexicon(language):
    """The lexicon of a language; cached for the process."""
    folder = LANGUAGES / language
    raw = read_yaml(folder / "lexicon.yaml")
    if "reads_as" in raw:
        return _with_kinds(load_lexicon(raw["reads_as"]), read_yaml(folder / "lexicon_kinds.yaml"))
    phrases = lambda table: {tuple(phrase.split()): sign for sign, found in table.items() for phrase in found}
    return Lexicon(
        language=language,
        contractions=raw["contractions"],
        number_words=raw["number_words"],
        ordinals=raw["ordinals"],
        scales=raw["scales"],
        currencies=frozenset(raw["currencies"]),
        decades=raw["decades"],
        units=raw["units"],
        conversions=raw["conversions"],
        before=phrases(raw["before"]),
        after=phrases(raw["after"]),
        between=tuple(tuple(str(phrase).split()) for phrase in raw["between"]),
        implied=raw["implied"],
        synonyms=_groups(raw["synonyms"]),
        people=frozenset(tuple(phrase.split()) for phrase in raw["people"]),
        case_nouns=frozenset(tuple(str(phrase).split()) for phrase in raw["case_nouns"]),
        filler=frozenset(raw["filler"]),
        parts={name: words if isinstance(words, dict) else frozenset(words) for name, words in raw["parts"].items()},
        favourable=frozenset(stem(word) for word in raw["favourable"]),
        unfavourable=frozenset(stem(word) for word in raw["unfavourable"]),
        outcome_near=_groups(raw["outcome_near"]),
        kinds=read_yaml(folder / "lexicon_kinds.yaml"),
        unknown=raw["unknown"],
        never_alone=frozenset(raw["never_alone"]),
        idioms=frozenset(tuple(phrase.split()) for phrase in raw["idioms"]),
        foreign={code: frozenset(words) for code, words in raw["foreign"].items()},
    )


def _with_kinds(lexicon, more):
    """The lexicon with further patterns of kinds."""
    kinds = {kind: dict(weighted) for kind, weighted in lexicon.kinds.items() if kind != "parts"}
    for kind, weighted in more.items():
        for weight, found in weighted.items():
            kinds.setdefault(kind, {})[weight] = [*kinds.get(kind, {}).get(weight, ()), *found]
    return replace(lexicon, kinds={"parts": lexicon.kinds["parts"], **kinds})


def read_yaml(path):
    """Content of a YAML file, read by the fast loader where there is one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def _groups(groups):
    """stem (or tuple of stems) -> frozenset of all stems in its groups."""
    found = {}
    for group in groups:
        members = {tuple(stem(word) for word in str(phrase).split()) for phrase in group}
        for member in members:
            found.setdefault(member, set()).update(members - {member})
    return {member: frozenset(others) for member, others in found.items()}


@lru_cache
def load_terms(language):
    """Name of a technical term, in lower case -> the term."""
    path = LANGUAGES / language / "terms.yaml"
    table = read_yaml(path) if path.is_file() else {}
    return {
        str(name).lower(): str(term).lower()
        for term, entry in table.items()
        for name in [term, *(entry or {}).get("names", ())]
    }


@lru_cache
def load_questions(language, slots=()):
    """Kind -> a question of that kind that can be clicked; those that have exactly these slots."""
    path = LANGUAGES / language / "suggestions.yaml"
    table = (read_yaml(path) or {}).get("questions", {}) if path.is_file() else {}
    return {kind: text for kind, text in table.items() if "." not in kind and re.findall(r"\{(\w+)\}", text) == list(slots)}


@lru_cache
def word_counts(language):
    """Word -> how often it occurs in the example questions; words of the lexicon count five at least, of the patterns two."""
    folder = LANGUAGES / language
    counts = {}
    for path in sorted((folder / "examples").glob("*.yaml")):
        for word in re.findall(r"[a-z]+", re.sub(r"\{\w+\}", " ", path.read_text(encoding="utf-8").lower())):
            counts[word] = counts.get(word, 0) + 1
    for name, least in (("lexicon.yaml", 5), ("lexicon_kinds.yaml", 2)):
        for word in set(re.findall(r"[a-z]+", (folder / name).read_text(encoding="utf-8"))):
            counts[word] = max(counts.get(word, 0), least)
    return counts


@lru_cache
def usual_words(language):
    """Word -> how often it occurs in a hundred thousand words of the example questions, however many there are."""
    counts = word_counts(language)
    total = sum(counts.values())
    return {word: 100_000 * count / total for word, count in counts.items()}


@lru_cache
def written_words():
    """Words of written English, which are no slips of others: those that the sentence network knows whole; empty without it."""
    spec = importlib.util.find_spec(PACKAGE)
    path = Path(spec.origin).parent / "model" / "vocab.txt" if spec and spec.origin else None
    if path is None or not path.is_file():
        return frozenset()
    return frozenset(word for word in path.read_text(encoding="utf-8").split("\n") if word.isalpha())


@lru_cache
def known_words(language):
    """Words that are no misspelt names: those that the example questions and the lexicon use more than once."""
    return frozenset(word for word, count in word_counts(language).items() if count > 1)
