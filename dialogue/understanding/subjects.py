"""About whom a question is: a case, a group, those just spoken of."""

import re
from dataclasses import replace

from dialogue.understanding.sentence.conditions import condition
from dialogue.understanding.sentence.told import outcome_parts
from explainers.types import Ask, Subject

_THEM = re.compile(
    r"\b(?:GROUP GROUP|they|them|their|theirs|these GROUP|those GROUP|this GROUP|that group|this group|this subset|that subset"
    r"|th(?:is|at|ese) (?:selection|lot|bunch|batch|set|crowd|cohort|slice|segment|sample)|this particular|these specific|"
    r"\bthese (?:to|be|have|are|is|then|now)\b|these ?\??$|same GROUP|the same (?:group|people|ones)|those|these ones)\b"
)


def subject(structure, kinds, decided, outcomes, found):
    """Subject as said; "they" without anybody named in the same question is `previous`. found: the Clauses."""
    text = structure.text()
    told = outcome_parts(structure.row, kinds, decided, outcomes.other, outcomes.codes)
    parts = structure.wheres() + [part for part in told if not _told_later(part, structure, found)]
    where = condition(parts, structure.row, structure.akin)
    case = structure.case
    previous = case is None and where is None and _previous(text, kinds)
    return Subject(case=case, where=where, previous=previous)


def of_whom(asks, about, structure):
    """(asks, Subject) where who is named decides what is asked of them."""
    return _shares(_of_both(asks, about), _helped(asks, about, structure), structure.text())


_MANY = re.compile(
    r"\b(?:most|all|many|(?:largest|greatest|biggest|highest) number|majority) (?:of )?(?:the |these |those |my |our |such )?(?:people|who"
    r"|OUTCOME|GROUP)\b|\bhelp (?:the |these |those )?OUTCOME (?:GROUP|people)\b"
)
_NEAR = 8       # tokens after the word for many in which their outcome is named


def _helped(asks, about, structure):
    """ "One change that helps most of the rejected": a search for many cases, those with the outcome that is named of them."""
    text = structure.text()
    found = _MANY.search(text)
    alone = [ask.kind for ask in asks] == ["counterfactual"] and about == Subject()
    if not found or not alone:
        return about
    start = len(text[: found.start()].split())
    words = text.split()[start : start + _NEAR]
    turned = next((place for place, word in enumerate(words) if word in ("into", "to", "become", "from")), _NEAR)
    named = "OUTCOME" in words[:turned]
    before = text.split()[:start].count("OUTCOME")
    said = [str(item.value) for item in structure.row if item.letter == "Y"]
    return Subject(where={"prediction": said[before]}) if named and before < len(said) else Subject(everyone=True)


_SHARE = re.compile(r"\b(?:share|percentage|percent|proportion|fraction|how common|what part)\b")


def _shares(asks, about, text):
    """ "What share of the applicants rents?", "what share left?": a statistic of that feature, or of the outcome, not of those."""
    where = about.where
    if not asks or asks[0].kind != "statistic" or asks[0].get("features") or where is None or not _SHARE.search(text):
        return asks, about
    *rest, last = where.get("and", (where,))
    if "label" not in last and not ("feature" in last and last["is"] == "="):
        return asks, about
    found = {"features": [last["feature"]]} if "feature" in last else {}
    kept = None if not rest else rest[0] if len(rest) == 1 else {"and": rest}
    return [replace(asks[0], options={**asks[0].options, **found}), *asks[1:]], replace(about, where=kept)


def _told_later(part, structure, found):
    """ "..., and how many of them left?": asked of those named before, it does not narrow whom the question is about."""
    starts = [clause.start for clause in found[1:] if _THEM.search(clause.text)]
    return bool(starts) and structure.row[part[0]].start >= starts[0]


def _of_both(asks, about):
    """ "Which were predicted healthy but were ill?": whoever is named by what was predicted and what was true is shown or counted."""
    said = {key for part in (about.where or {}).get("and", ()) for key in part}
    if not {"prediction", "label"} <= said:
        return asks
    turned = {"mistakes": "show", "label": "show"}
    kinds = [turned.get(ask.kind, ask.kind) if ask.get("style") != "count" else "count" for ask in asks]
    kept = [kind for kind in kinds if kind != "show" or "count" not in kinds]
    return [Ask(kind) if kind != ask.kind else ask for kind, ask in zip(kept, asks)] if len(kept) == len(asks) else [
        ask for ask in asks if ask.kind in kept
    ]


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
