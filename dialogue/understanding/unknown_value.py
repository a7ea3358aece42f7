"""A value that no feature has: "what if the purpose were a yacht". Kept as it was said, so that the answer can name it."""

import re

from explainers.types import Change

_SUPPOSED = re.compile(
    r"\b(?:if|suppose|supposing|assuming|assume|imagine|pretend|hypothetically|set|change|switch|make|put)\b|^with\b"
)
_LINK = r"F(?:l{0,2}[bt%s]l{0,2}t?l{0,2}|l{0,2}s[lt]{0,3}|l{0,1})(?P<said>wl{0,1}w|w)(?=b?(?:[.,K]|$))"
_PLACE = re.compile(_LINK % "")
_PLACE_TO_SET = re.compile(_LINK % "f")  # "change the purpose for a yacht"
# Said of any feature, and the value of none.
_NO_VALUE = set("""
    different better worse best worst good bad great fine ok okay perfect wrong right correct incorrect false true same equal similar
    important relevant irrelevant considered ignored included excluded removed missing unknown known gone changed unchanged
    adjusted updated improved increased decreased high low big small huge large little long short enough average typical
    normal usual unusual extreme maximum minimum max min zero nothing something anything else otherwise instead another
    everything available given counted used needed fixed constant stable swapped reversed doubled halved tripled up down
    difference sense impact mistake
    matter mattered counts count affect affected affects change changes help helped stay stayed stays remain remained remains
    lie lied score result outcome decision rating answer prediction chance chances verified checked required
    possible impossible allowed part factor problem issue reason question today tomorrow
    now then soon already again ever never always happen happened happens please thanks mean means like likely good-looking
    positive negative opposite flipped lowest highest whole half twice double value values level number amount option choice
    yes no none present absent applicable there here rise rises rose fall falls fell drop drops dropped grow grows grew
    not-known unclear undefined random modified corrected mistaken ten hundred thousand million billion percent
""".split())


def unknown_values(structure, domain):
    """Structure -> [Change] to a word that is no value of the feature beside it; empty where nothing of the kind was supposed.

    The word is not looked up further: `Feature.read` refuses it with the values that there are.
    """
    text = structure.text()
    if not _SUPPOSED.search(text):
        return []
    place = _PLACE_TO_SET if re.match(r"(?:change|set|switch|swap)\b", text) else _PLACE
    used = {spot for statement, _ in structure.statements for spot in range(statement.start, statement.end)}
    found = []
    for match in place.finditer(
        "".join("_" if spot in used else item.letter for spot, item in enumerate(structure.row))
    ):
        names = [name for name, _ in structure.row[match.start()].value.options if name in domain.features]
        tokens = structure.tagged.tokens[structure.row[match.start("said")].start : structure.row[match.end() - 1].end]
        words = [token.text for token in tokens if token.word]
        if len(names) == 1 and words and not _NO_VALUE & set(words) and all(len(word) > 2 for word in words[-1:]):
            found.append(Change(names[0], "to", " ".join(words)))
    return found
