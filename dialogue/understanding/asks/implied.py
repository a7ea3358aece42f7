"""Features that are asked about without their name: "a longer loan", "older customers worse?", "am I too old"."""

from dialogue.understanding.asks.options import features
from dialogue.understanding.sentence.reading import domain_words
from dialogue.understanding.sentence.statements import Reader

WITHOUT_NAME = {"effect", "role", "threshold", "keep", "importance"}
_COMPARING = set("older younger elder longer shorter richer poorer heavier lighter taller cheaper pricier".split())
_ALONE = {"old", "young", "elderly", "rich", "poor"}  # of a person: "too old", "old people"


def features_said(structure, start, end, context):
    """Names of the features in a stretch; "longer loan" is about how long it runs, whatever "loan" alone would mean."""
    named = features(structure, start, end)
    meant = _implied(structure, start, end, context)
    if not meant:
        return named
    mentions = {place: options[0] for place, options in structure.mentions if options}
    beside = {mentions[place + 1] for place in meant if place + 1 in mentions} - set(meant.values())
    kept = [name for name in named if name not in beside]
    return list(dict.fromkeys([*kept, *meant.values()])) if beside or not named else named


def _implied(structure, start, end, context):
    """Place of a comparing word -> the one feature that it means."""
    _, words, _ = domain_words(context.domain, context.lexicon.language)
    reader = Reader(structure.row, context.domain, words, context.lexicon)
    tokens = structure.tagged.tokens
    used = {item.start for s, _ in structure.statements for item in structure.row[s.start : s.end]}
    found = {}
    for place in range(start, end):
        before = tokens[place - 1].text if place else ""
        alone = tokens[place].text in _ALONE and before in ("too", "so", "being", "")
        if place not in used and (tokens[place].text in _COMPARING or alone):
            names = reader.implied(tokens[place].text)
            if len(names) == 1:
                found[place] = names[0]
    return found
