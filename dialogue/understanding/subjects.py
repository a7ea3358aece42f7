"""About whom a question is: a case, a group, those just spoken of."""

import re

from dialogue.understanding.sentence.conditions import condition, outcome_parts
from explainers.types import Subject

_THEM = re.compile(
    r"\b(?:GROUP GROUP|they|them|their|theirs|these GROUP|those GROUP|this GROUP|that group|this group|this subset|that subset"
    r"|this particular|these specific|"
    r"\bthese (?:to|be|have|are|is|then|now)\b|these ?\??$|same GROUP|the same (?:group|people|ones)|those|these ones)\b"
)


def subject(structure, kinds, decided, other):
    """Subject as said; "they" without anybody named in the same question is `previous`."""
    text = structure.text()
    parts = structure.wheres() + outcome_parts(structure.row, kinds, decided, other)
    where = condition(parts, structure.row)
    case = structure.case
    previous = case is None and where is None and _previous(text, kinds)
    return Subject(case=case, where=where, previous=previous)


_DECIDERS = re.compile(
    r"\bthey (?:\w+ )?(?:say|said|says|reject\w*|refuse\w*|decline\w*|turn\w*|deny|denied|give|gave|think|decide\w*|approve\w*|accept\w*"
    r"|look|check\w*|consider\w*|lend|tell|told|made|make|want me|need from|use|used|base\w*|judge\w*|rate\w*|treat\w*)\b"
)


def _previous(text, kinds):
    text = _DECIDERS.sub("the bank", text)
    if re.search(r"\b(?:GROUP (?:\w+ )?(?:in (?:the|this) data)|these (?:instances|predictions) in)\b", text):
        return False
    if not _THEM.search(text):
        return False
    return not re.search(r"\b(?:if|some|the|all) GROUP\b.*\b(?:they|them|their)\b", text) or bool(
        re.search(r"\b(?:these|those|this) (?:\w+ )?GROUP\b", text)
    )


def pointed_at(text):
    """Those spoken of before are meant ("they", "these people")."""
    return bool(_THEM.search(text))
