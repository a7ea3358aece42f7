"""Words that several features share: "does time matter?" where there are study time, travel time and free time.

None of them is meant more than another, so that a question about one is asked back.
"""

from dataclasses import replace

from dialogue.understanding.wording.vocabulary import EMPTY, GENERIC

MOST = 6  # a word of more features than this ("loan") is what everything is about
_LEAST = 3  # letters of the stem of a part of a squeezed name (studytime)
_BEFORE = set("""
    no the my his her their its our does did do is was about of by because and or to for on with a any
""".split())
_AFTER = set("""
    matter matters mattered count counts counted important relevant help helps helped hurt hurts affect affects influence
    influences play plays weigh weighs thing things stuff part a the so mean means change changes too that why in to
    considered used decisive
""".split())
_WEIGHING = set("""
    matter matters mattered count counts counted important importance relevant relevance help helps hurt affect affects influence
    influences role because due about was is how nothing without touching changing except only can no
    changes change mean means effect impact
    fair play plays considered used reason weigh
""".split())


def shared_name(tokens, taken, vocabulary, domain):
    """(place, features) of the first word that names one or several features alike, where it stands for what is asked about; else None.

    taken: places of tokens that stand for something else.
    """
    if not any(token.text in _WEIGHING for token in tokens):
        return None
    for place, token in enumerate(tokens):
        if place in taken or not token.word or token.text in EMPTY or not _stands_alone(tokens, place):
            continue
        names = sharing(token.stem, vocabulary) or _near(token, vocabulary, domain)
        if names:
            return place, names
    return None


def _stands_alone(tokens, place):
    before = tokens[place - 1].text if place else ""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return before in _BEFORE and (not after or not after[0].isalnum() or after in _AFTER)


def _near(token, vocabulary, domain):
    """Features whose own name holds a word that means the same: the charges for "the price". Those that say how much go before."""
    near = [other for other in sorted(vocabulary.near.get(token.stem, ())) if other not in GENERIC]
    names = dict.fromkeys(name for other in near for name in _holding(other, vocabulary, True))
    numbers = tuple(name for name in names if domain.features[name].type == "number")
    names = numbers or tuple(names)
    return names if len(names) <= MOST else ()


def sharing(stem, vocabulary):
    """Features with the stem in their own name, or where none has, in a synonym; () for a word of too many.

    One alone is meant where its own name holds the word, unless that is a word that says little ("level").
    """
    own = _holding(stem, vocabulary, True)
    if len(own) == 1 and (stem in GENERIC or stem in vocabulary.people) and not _whole(stem, own[0], vocabulary):
        return ()
    names = own or _holding(stem, vocabulary, False)
    return tuple(names) if len(own) == 1 or 1 < len(names) <= MOST else ()


def _holding(stem, vocabulary, own):
    part_of = lambda other: len(stem) >= _LEAST and len(other) - len(stem) >= 3 and (other.endswith(stem) or other.startswith(stem))
    return list(dict.fromkeys(
        phrase.feature
        for phrase in vocabulary.phrases
        if phrase.kind == "feature" and phrase.own >= own and any(other == stem or own and part_of(other) for other in phrase.stems)
    ))


def _whole(stem, name, vocabulary):
    """Is the word a feature's own name, whole?"""
    return any(phrase.own and phrase.feature == name and phrase.stems == (stem,) for phrase in vocabulary.phrases)


def widened(mention, vocabulary):
    """The Mention of one word that stands in several features' own names, and is none of them whole, with all of these."""
    if mention.kind != "feature" or len(mention.options) > 1 or len(mention.said) != 1 or mention.share > 0.99:
        return mention
    stem, first = next(iter(mention.said)), mention.options[0][0]
    if any(phrase.stems == (stem,) for phrase in vocabulary.phrases if phrase.kind == "feature"):
        return mention
    names = _holding(stem, vocabulary, True)
    if first not in names or not 1 < len(names) <= MOST:
        return mention
    return replace(mention, options=tuple((name, None) for name in dict.fromkeys([first, *names])))
