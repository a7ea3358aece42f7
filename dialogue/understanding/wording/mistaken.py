"""Words that name a feature or value elsewhere, but not here: number words, units of money, "fixed", "act together"."""

from dialogue.understanding.wording.vocabulary import LITTLE

_TOGETHER = set("act acts work works play go come affect influence used look looked put taken combine".split())
_HOLDING = {"keep", "keeping", "kept", "leave", "leaving", "hold", "holding", "stay", "stays", "remain", "remains"}
_OFTEN = {"typical", "common", "usual", "normal", "frequent", "general"}
_WRONG = {"mistake", "mistakes", "error", "errors", "wrong", "misses", "mispredictions"}
VERY = set("very extremely really super highly exceptionally terribly".split())
# What is trained is the model, not the person.
_TRAINED = {"train", "trained", "training", "trains"}
_OF_MODELS = {"model", "models", "algorithm", "classifier", "network", "ai", "data", "dataset", "set", "sample", "samples"}
_ADVERBS = {"hardly", "little", "much", "often"}


def without_mistaken(named, tokens, counted, lexicon):
    """Mentions without those whose word is a plain part of the sentence here."""
    return [mention for mention in named if not _mistaken(mention, named, tokens, counted, lexicon)]


def _mistaken(mention, named, tokens, counted, lexicon):
    said = [token.text for token in tokens[mention.start : mention.end]]
    if len(said) > 1:
        return all(text in lexicon.number_words or text in lexicon.units for text in said)
    word = tokens[mention.start].text
    before = tokens[mention.start - 1].text if mention.start else ""
    after = tokens[mention.end].text if mention.end < len(tokens) else ""
    if word in ("high", "low") and before in VERY | {"is", "are", "was", "were", "too", "so"}:
        return True
    if mention.kind == "value" and word in lexicon.number_words or word in ("check", "checks", "checked"):
        return True
    if lexicon.units.get(word) == "money" and any(number.core <= mention.start < number.end for number in counted):
        return True
    if word in lexicon.never_alone:
        return True
    if mention.kind == "absent":
        return _in_idiom(mention.start, tokens, lexicon)
    if mention.kind != "value":
        return False
    joined = any(other.end == mention.start and other.options != mention.options for other in named)
    return (
        word in ("own", "owns", "owned", "owning") and _owned(mention, named, tokens)
        or word in ("fixed", "constant") and (joined or any(token.text in _HOLDING for token in tokens[: mention.start]))
        or word in _OFTEN and any(token.text in _WRONG for token in tokens)
        or word == "together" and before in _TOGETHER
        or word in _TRAINED and (after in ("on", "with", "from") or any(token.text in _OF_MODELS for token in tokens))
        or word in _ADVERBS and (after in ("ever", "any") or before in ("so", "too", "how", "as", "very", "that"))
    )


def _in_idiom(place, tokens, lexicon):
    """ "in order of weight", "name the two strongest": the word is part of a turn of speech."""
    words = tuple(token.text for token in tokens)
    return any(
        words[start : start + length] in lexicon.idioms
        for length in range(2, 5)
        for start in range(max(0, place - length + 1), place + 1)
    )


def _owned(mention, named, tokens):
    """ "own real estate": what is owned is named right behind."""
    return any(
        mention.end <= other.start <= mention.end + 2
        and other.options != mention.options
        and all(token.text in LITTLE for token in tokens[mention.end : other.start])
        for other in named
    )


_AMOUNT = set("size amount big bigger large larger high higher small smaller lower less double half sum".split())


def without_things(named, tokens, vocabulary):
    """ "do women get fewer loans": what everything is about is no feature beside one that is named, unless a number follows."""
    thing = lambda m: (
        m.kind == "feature"
        and m.end - m.start == 1
        and len(vocabulary.owners.get(tokens[m.start].stem, ())) > 3
        and not any(token.text[0].isdigit() or token.text in _AMOUNT for token in tokens[max(0, m.start - 4) : m.end + 5])
        and not any(token.text in ("and", "or", "vs") for token in tokens[max(0, m.start - 1) : m.end + 1])
    )
    others = [m for m in named if m.kind in ("feature", "flag", "value") and not thing(m)]
    return [m for m in named if not (others and thing(m))]
