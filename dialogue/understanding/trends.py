"""A supposition with a direction and no amount: "what if the amount were lower", "what if I borrowed less", "with more savings"."""

import re

from dialogue.understanding.sentence.statements import Reader
from explainers.types import Ask

KINDS = {
    "prediction",
    "likelihood",
    "role",
    "why",
    "effect",
    "again",
    "more",
    "define",
    "counterfactual",
    "threshold",
    "importance",
    "show",
}
_MORE = r"(?:more|less|fewer|higher|lower|larger|smaller|bigger|longer|shorter|older|younger|different|another)"
_SUPPOSED = re.compile(
    r"^(?:and |but |so |ok |also )?(?:what |how )?(?:if|about|suppose|supposing|assuming|assume|imagine|say)\b"
    r"|\bwhat (?:if|happens if|happens when|would happen if|changes if)\b"
    r"|^(?:and |but )?how (?:would|will|does|do)\b.*\b(?:change|affect|alter)"
    r"|^(?:and |but )?(?:would|could|will|might|does|do|is|should|can)\b"
    r".*\b(?:help|better|enough|change|matter|difference|good|improve|work|if)\b"
    rf"|\bwith (?:a |an |some )?{_MORE} FEATURE\b|^(?:and |but |or )?(?:a |an |some )?{_MORE} FEATURE\b"
    r"|\bif (?:i|we|he|she|they|it|the|my|his|her|this)\b"
)
_NO_TREND = re.compile(
    r"\b(?:most|least|main|than|important|weight|often|likely|score|chance|why|reasons?|matter more|count more|no more)\b"
)
# How the model answers to a feature in general, said of nobody.
_GENERAL = re.compile(
    r"\bas (?:the )?FEATURE\b|\b(?:predictions|forecasts|estimates|decisions)\b|\b(?:in general|generally|usually|typically|on average)\b"
    r"|^how (?:does|do|would|will) (?:the |its )?(?:outcome|prediction|forecast|estimate|result|output|risk|probability)s? \w+\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:i|my|me|we|our|he|his|him|she|her|they|their|this|that|CASE)\b")
_HIGHER = set("""
    more higher greater larger bigger longer older increased increase increases raised raise rose rises rise grew grow grows
    went-up additional extra richer heavier taller further greater
""".split())
_LOWER = set("""
    less lower fewer smaller shorter younger decreased decrease decreases reduced reduce reduces fell falls fall dropped drop drops
    shrank shrinks shrink cheaper lighter poorer lowered lower lessened
    discount rebate reduction
""".split())
_OTHER = set("different another other else differently".split())


def trend(structure, kinds, memory, domain, words, lexicon):
    """The Ask of what a direction would do: `threshold` for the case at hand, `effect` where there is none; else None."""
    text = structure.text()
    if (
        not kinds <= KINDS
        or not _SUPPOSED.search(text)
        or _NO_TREND.search(text)
        or structure.wheres()
        or structure.absent
    ):
        return None
    if any(item.letter in "NVYG" for item in structure.row) or any(s.form != "flag" for s, _ in structure.statements):
        return None
    way = _way(_outside(structure))
    names = _features(structure, domain, words, lexicon)
    if way is None or len(names) != 1:
        return None
    general = _GENERAL.search(text) and not _OF_SOMEBODY.search(text)
    if general or memory.case is None and structure.case is None:
        return Ask("effect", {"features": names})
    return Ask("threshold", {"features": names, "direction": way})


def _outside(structure):
    """The tokens without an "other" that is part of a feature's name, as in "other instalment plans"."""
    named = [(item.start, item.end) for item in structure.row if item.letter == "F"]
    return [
        token
        for place, token in enumerate(structure.tagged.tokens)
        if token.text not in _OTHER or not any(start <= place < end for start, end in named)
    ]


def _way(tokens):
    said = [token.text for token in tokens]
    ways = {way for way, words in (("higher", _HIGHER), ("lower", _LOWER), ("other", _OTHER)) if set(said) & words}
    joined = " ".join(said)
    if re.search(r"\b(?:went|go|goes|going) up\b", joined):
        ways.add("higher")
    if re.search(r"\b(?:went|go|goes|going) down\b", joined):
        ways.add("lower")
    return ways.pop() if len(ways) == 1 else None


def _nearest(structure):
    """Of several features named, those within three words of the direction: "if my savings were higher, would I get the loan"."""
    places = [place for place, token in enumerate(structure.tagged.tokens) if token.text in _HIGHER | _LOWER | _OTHER]
    near = [pair for pair in structure.mentions if any(abs(pair[0] - place) <= 3 for place in places)]
    return near or structure.mentions


def _features(structure, domain, words, lexicon):
    """The one feature that the direction is of: named, or meant by a word such as "older" or "borrowed"."""
    named = {names for _, names in _nearest(structure) if names}
    if named:
        sure = [names[0] for names in named if len(names) == 1 and domain.features[names[0]].type != "yes_no"]
        return sure if len(sure) == len(named) else []
    reader = Reader(structure.row, domain, words, lexicon)
    meant = {names for token in structure.tagged.tokens if (names := reader.implied(token.text))}
    return list(meant.pop()) if len(meant) == 1 else []
