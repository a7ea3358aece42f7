"""Misspelt words put right, and words written in one taken apart, before anything is looked up."""

from rapidfuzz.distance import DamerauLevenshtein

from dialogue.understanding.learning.embedding import is_word
from dialogue.understanding.wording.lexicon import written_words
from dialogue.understanding.wording.near import kept
from dialogue.understanding.wording.text import Token, stem

_PRONOUN = ("some", "any", "every", "over", "out")
USUAL = 25  # a word that questions use this often in 100,000 words anyway names a feature only as its very label


def split_compounds(tokens, vocabulary):
    """homeowner -> home owner, where both halves are words of the domain and the whole is not."""
    found = []
    for token in tokens:
        halves = _halves(token, vocabulary)
        found += [Token(text, stem(text), token.start, token.end) for text in halves] if halves else [token]
    return found


def _halves(token, vocabulary):
    known = token.stem in vocabulary.stems or token.stem in vocabulary.near
    if not token.word or len(token.text) < 7 or token.text.startswith(_PRONOUN) or known:
        return None
    known = lambda word: stem(word) in vocabulary.stems or stem(word) in vocabulary.near
    return next(
        (
            (token.text[:cut], token.text[cut:])
            for cut in range(3, len(token.text) - 2)
            if known(token.text[:cut]) and known(token.text[cut:])
        ),
        None,
    )


def spelt(tokens, vocabulary, number_words):
    """Misspelt words put right: the nearest word of the language or the domain, where one is near enough."""
    return [_spelt(token, vocabulary, number_words) for token in tokens]


def _spelt(token, vocabulary, number_words):
    text = token.text
    if (
        not token.word
        or len(text) < 4
        or token.name
        or not text.isascii()
        or text in vocabulary.plain
        or text in vocabulary.words
        or token.stem in vocabulary.stems
        or text in number_words
        or token.stem in vocabulary.near
    ):
        return token
    known = is_word(text) or is_word(token.stem)
    word = kept(vocabulary.spellings, text, lambda: _without_g(text, vocabulary) or (None if known else _respelt(text, vocabulary)))
    if word and text in written_words() and vocabulary.usual.get(word, 0) < USUAL:
        return token
    return Token(word, stem(word), token.start, token.end) if word else token


def _without_g(text, vocabulary):
    """ "goin", "havin": the -ing that loses its last letter in speech."""
    return text + "g" if text.endswith("in") and text + "g" in vocabulary.common else None


def _respelt(text, vocabulary):
    """The nearest common word within a slip or two; None where there is none."""
    allowed = 1 if len(text) < 8 else 2
    near = [
        (slips, -vocabulary.common.get(word, 0), word)
        for word in vocabulary.common
        if abs(len(word) - len(text)) <= allowed and len(word) > 2 and (word[0] == text[0] or word[1:2] == text[0])
        for slips in (DamerauLevenshtein.distance(text, word, score_cutoff=allowed),)
        if slips <= allowed
    ]
    return min(near)[2] if near else None
