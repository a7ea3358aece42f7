"""One question through the rules: tokens, tags, statements. Keeps each domain's words at hand."""

from functools import lru_cache

from dialogue.understanding.sentence.structure import structure
from dialogue.understanding.wording.lexicon import load_lexicon
from dialogue.understanding.wording.outcomes import outcome_words
from dialogue.understanding.wording.tagging import tag
from dialogue.understanding.wording.text import tokens
from dialogue.understanding.wording.vocabulary import vocabulary


@lru_cache(maxsize=16)
def domain_words(domain, language):
    """(lexicon, Vocabulary, Outcomes) of a domain in a language; domains compare by identity."""
    lexicon = load_lexicon(language)
    return lexicon, vocabulary(domain, lexicon), outcome_words(domain, lexicon)


def read(text, domain, language, about_case=False):
    """A text as Structure."""
    lexicon, words, outcomes = domain_words(domain, language)
    tagged = tag(tokens(text, lexicon), domain, words, outcomes, lexicon)
    return structure(tagged, domain, words, lexicon, about_case)


def delexicalised(text, domain, language):
    """The text with the domain's words replaced by their type."""
    return read(text, domain, language).text()
