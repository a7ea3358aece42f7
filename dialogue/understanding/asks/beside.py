"""With whom one case is compared: "why lower than the average approved applicant?", "compared with those who rent, why ...?"

Those people are then not whom the question is about, but the foil of a `why` about the case at hand.
"""

import re

from dialogue.understanding.sentence.conditions import condition
from explainers.types import Ask, Subject

_REASONS = re.compile(
    r"\bwhy\b|\bhow come\b|\breasons?\b|\bwhat (?:is it that )?(?:makes|made|sets|separates|distinguishes|tells)\b|\bexplain\w*\b"
    r"|\bdiffer\w*\b|\bwhat counted\b|\bwhat (?:drives|drove|explains|caused?s?)\b"
)
_MARKER = re.compile(
    r"\b(?:than|compared (?:with|to)|in comparison (?:with|to)|in contrast to|as opposed to|unlike"
    r"|(?:apart|different|differs?|separates? \w+|distinguishes \w+|differently) from"
    r"|(?:difference|gap|differences) between (?:me|us|him|her|them|CASE|this (?:CASE|one)) and)$"
)
_ONE = re.compile(r"\b(?:i|my|me|mine|this|it|its|that|CASE|he|she|his|her|him|the (?:CASE|score|estimate|rating|result))\b")
KEPT = ("method", "top", "output")
KINDS = {"why", "similar", "statistic", "role", "prediction", "likelihood", "label", "show", "count", "effect"}


def beside(asks, about, structure, at_hand):
    """(asks, Subject) with the people compared with as the foil of a `why`; both as given where there is no such comparison.

    at_hand: is there a case that the talk is about?
    """
    kinds = [ask.kind for ask in asks]
    if not kinds or not set(kinds) <= KINDS or len(kinds) > 1 and "why" not in kinds or not (at_hand or structure.case is not None):
        return asks, about
    start = _compared(structure.row)
    if start is None or not _REASONS.search(structure.text()):
        return asks, about
    foil = _foil(structure, start)
    if foil is None or not (_ONE.search(structure.text()) or structure.case is not None or structure.row[0].text in ("why", "how")):
        return asks, about
    kept = {name: value for ask in asks if ask.kind == "why" for name, value in ask.options.items() if name in KEPT}
    return [Ask("why", {**kept, "foil": foil})], Subject(case=structure.case)


def _compared(row):
    """Place of the first item after "than", "compared with" and the like, where people are named behind it."""
    said = ""
    for place, item in enumerate(row):
        said = f"{said} {item.text}"
        if _MARKER.search(said) and any(after.letter == "G" for after in row[place + 1 : place + 14]):
            return place + 1
    return None


def _foil(structure, start):
    """COND of the people named from `start` on: an outcome of theirs, conditions that they meet, or both; None without any."""
    row = structure.row
    ends = [place for place in range(start, len(row)) if row[place].text in ("why", "how", "what")]
    end = ends[0] if ends else len(row)
    outcomes = [(place, place + 1, {"prediction": str(row[place].value)}) for place in range(start, end) if row[place].letter == "Y"]
    said = [part for part in structure.wheres() if start <= part[0] < end]
    return condition([*outcomes[:1], *said], row, structure.akin)
