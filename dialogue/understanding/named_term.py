"""What does a technical word mean: the whole question is a set phrase around a word of terms.yaml ("what is a baseline?")."""
import re
from functools import lru_cache

from dialogue.understanding.wording.gloss import folded
from dialogue.understanding.wording.lexicon import LANGUAGES, load_terms, read_yaml
from explainers.types import Ask, Query


def named_term(question, domain):
    """The Query for the meaning of a technical word, where nothing else is asked; None otherwise.

    A word that the domain itself has for a value or an outcome is not meant as a technical one.
    """
    text = spaced(question.text)
    for pattern in _patterns(question.language):
        asked = pattern.fullmatch(text)
        term = _term(asked["word"], question.language) if asked else None
        if term is not None and asked["word"] not in _own_words(domain):
            return Query(status="understood", asks=(Ask("term", {"term": term}),), confidence=1.0)
    return None


def term_within(question):
    """The term with the longest name in the text, as the language of the question calls it; None where there is none."""
    text = f" {spaced(question.text)} "
    names = sorted(_terms(question.language), key=len, reverse=True)
    return next((_terms(question.language)[name] for name in names if f" {name} " in text), None)


def spaced(text):
    """The words alone, folded, with one space between: `Log-Odds?` -> `log odds`."""
    return " ".join(re.findall(r"[^\W_]+", folded(str(text))))


def _term(word, language):
    known = _terms(language)
    return known.get(word) or (known.get(word[:-1]) if word.endswith("s") else None)


@lru_cache
def _terms(language):
    return {spaced(name): term for name, term in load_terms(language).items()}


@lru_cache
def _patterns(language):
    """`meaning` of profile.yaml, with WORD for the word that is asked about."""
    table = read_yaml(LANGUAGES / language / "profile.yaml") or {}
    return [re.compile(pattern.replace("WORD", r"(?P<word>.+?)")) for pattern in table.get("meaning", ())]


def _own_words(domain):
    named = [*domain.outcomes.values(), *(name for f in domain.features.values() for name in (f.label, f.name, *(f.synonyms or ())))]
    return {spaced(name) for name in named}
