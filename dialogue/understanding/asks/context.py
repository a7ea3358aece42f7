"""What options and decisions look up besides the question."""

from dataclasses import dataclass

from dialogue.understanding.wording.lexicon import load_terms


@dataclass(frozen=True)
class Context:
    """terms: technical words; favourable: code of the outcome that people hope for."""

    domain: object
    terms: dict
    lexicon: object
    favourable: str | None
    memory: object


def context_of(domain, lexicon, memory):
    return Context(domain, load_terms(lexicon.language), lexicon, domain.favourable, memory)
