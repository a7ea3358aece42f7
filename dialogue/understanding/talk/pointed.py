"""Which features "it", "they" and "both" stand for: those named in the talk before."""

import re

KINDS = {"role", "effect", "interactions", "define", "statistic", "threshold", "keep", "importance", "fairness", "boundary"}
_ONE = re.compile(r"\b(?:it|its|that|this)\b")
_SEVERAL = re.compile(r"\b(?:they|them|those|these|their)\b")
_ABOUT_THEM = re.compile(r"^(?:and |but |so |ok )*(?:how )?(?:are|were|is|was)? ?(?:important )?(?:are |is |were "
    r"|was )?(?:they|it|those|these)\b")
_BOTH = re.compile(r"\b(?:both|(?:these|those|the|GROUP) (?:two|NUM))\b")
_EACH_OTHER = re.compile(r"\b(?:each other|one another|together)\b")


def features_pointed_at(kind, text, named, memory, domain):
    """Features of an ask of `kind` with those that a word of its text points at; [] where nothing is to be added.

    text: delexicalised. named: features that the text names itself. "Do they interact?" wants two: where the last question was
    about one, the one before counts too; "did they count?" only where the last one's name is no plural ("savings").
    """
    last = last_features(memory)
    if kind not in KINDS or not (last or memory.features):
        return []
    if kind == "interactions" and len(named) == 1 and (_ONE.search(text) or _SEVERAL.search(text)):
        return list(dict.fromkeys([*(last or memory.features[-1:]), *named]))
    if named:
        return []
    if _BOTH.search(text) or kind == "interactions" and _SEVERAL.search(text) or kind != "interactions" and _EACH_OTHER.search(text):
        return last if len(last) > 1 else two(memory)
    if kind in ("importance", "fairness", "boundary") and not (last and _ABOUT_THEM.search(text)):
        return []
    if _SEVERAL.search(text) and len(last) < 2 and not (last and _plural(domain.features[last[-1]].label)):
        return two(memory)
    return last if _ONE.search(text) or _SEVERAL.search(text) else []


def last_features(memory):
    """Features that the last question was about."""
    return [name for ask in memory.asks for name in ask.features]


def two(memory):
    """The two features named last in the talk; fewer where there are no two."""
    return list(memory.features[-2:])


def _plural(label):
    """Is the first noun of a label a plural: "savings", "failed classes"?"""
    head = re.split(r"\b(?:of|at|in|for|from|on|with)\b", label.lower())[0].split()
    return bool(head) and head[-1].endswith("s") and not head[-1].endswith("ss")
