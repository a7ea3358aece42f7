"""What is to be reached: an outcome, its probability, or the values of an estimate ("at least 12", "between 8 and 9", "by one point")."""

import re

_CHANGES = set("change changes thing things feature features option options step steps variables attributes values modifications".split())
_FALLING = re.compile(r"\b(?:below|under|beneath|less than|at most|no more than|not above|down to|lower|reduce|cut|drop|bring down)\b")
_UP_TO = re.compile(
    r"\b(?:below|under|beneath|(?:less|lower|fewer) than|at most|(?:no|not) more than|not (?:above|over)|maximum(?: of)?|max|up to)$"
)
_OR_LESS = re.compile(r"^(?:or|and) (?:less|lower|fewer|below|under|worse)\b")
_SINKING = re.compile(r"\b(?:lower|reduce|cut|drop|down|fall|sink|decrease|worsen|worse)\w*\b")
_BY = re.compile(r"\bby(?: (?:at least|about|around|another|only|just|some|roughly))?$")
_MORE, _LESS = re.compile(r"^(?:more|better|higher|extra)\b"), re.compile(r"^(?:less|lower|worse|fewer)\b")
_ESTIMATE = r"(?:TARGET|estimate|prediction|result|outcome|value|it)"
_WORSE = re.compile(r"\bworse\b|\bworsen\b")
_LOWER = re.compile(rf"\b(?:lower|reduce|decrease|drop|sink|bring down) (?:(?:the|my|this|his|her|its) )?(?:\w+ )?{_ESTIMATE}\b")
_HIGHER = re.compile(rf"\b(?:raise|increase|lift|improve) (?:(?:the|my|this|his|her|its) )?(?:\w+ )?{_ESTIMATE}\b")
_TURNED = re.compile(r"\b(?:become|be|as|into|to|get|make|made|turn|predict|end up|class|still|say|says)(?: \w+){0,2}$")
# The order of words of another language: "so that it a Barbera will", "with which colour were it a Barbera".
_BEHIND = re.compile(r"\bit(?: an?)? _ will\b|\b(?:were|would) it(?: an?)? _")
_LEFT = re.compile(r"\b(?:not|stop|avoid|no longer|instead of|from|was|is|are|were|longer|why)\b")


def target(structure, start, end, text, context):
    """The `target` of an ask between two tokens; None where none is named, or an outcome that people hope for anyway."""
    domain = context.domain
    if domain is None:
        return None
    free = _free(structure, start, end)
    if domain.regression:
        return values(structure, free, text, domain)
    share = next((item.value for item in free if item.value.unit == "percent"), None)
    named = outcome(structure, start, end, context.favourable)
    if share is not None and domain.outcomes:
        wanted = _likely(round(share.value / 100, 4), structure, start, end, text, context)
        return wanted if named in (None, wanted["outcome"]) else {"outcome": named, "probability": round(share.value / 100, 4)}
    return {"outcome": named} if named else None


def outcome(structure, start, end, favourable):
    """An outcome that is wanted and is not the hoped-for one anyway."""
    wanted = None
    for item in structure.row:
        if item.letter == "Y" and start <= item.start < end and str(item.value) != str(favourable):
            before = " ".join(token.text for token in structure.tagged.tokens[max(start, item.start - 5) : item.start])
            after = structure.words(item.end, item.end + 1)
            if _TURNED.search(before) and not _LEFT.search(before) or _BEHIND.search(f"{before} _ {after}"):
                wanted = str(item.value)
    return wanted


def values(structure, free, text, domain):
    """Of an estimate: {"at_least"}, {"at_most"}, {"from", "to"}, {"by"} (so much more than now), {"side"} (lower, higher), or None."""
    free = [item for item in free if item.value.unit in (None, "point", "money")]
    tokens = [token.text for token in structure.tagged.tokens]
    if not free:
        side = _WORSE.search(text) and ("higher" if domain.file.better == "lower" else "lower")
        side = side or _LOWER.search(text) and "lower" or _HIGHER.search(text) and "higher"
        return {"side": side} if side else None
    if len(free) > 1:
        low, high = free[-2:]
        between = tokens[low.end : high.start]
        if between in (["to"], ["-"]) or between == ["and"] and tokens[max(0, low.start - 1)] in ("between", "from"):
            return dict(zip(("from", "to"), sorted((low.value.value, high.value.value))))
    item = free[-1]
    number = item.value.value
    before, after = " ".join(tokens[max(0, item.start - 5) : item.start]), " ".join(tokens[item.end : item.end + 2])
    sinking = bool(_SINKING.search(" ".join(tokens[: item.start])))
    if _BY.search(before) or _MORE.search(after) or _LESS.search(after):
        return {"by": -number if _LESS.search(after) or sinking else number}
    if _UP_TO.search(before) or _OR_LESS.search(after) or sinking and before.endswith(" to"):
        return {"at_most": number}
    return {"at_least": number}


def _free(structure, start, end):
    """Numbers that say no value of a feature and no count of changes."""
    row = structure.row
    used = {place for s, _ in structure.statements if s.options[0] for place in range(s.start, s.end)}
    free = [(place, item) for place, item in enumerate(row) if item.letter == "N" and start <= item.start < end and place not in used]
    return [item for place, item in free if not item.value.ordinal and not _of_changes(row, place)]


def _of_changes(row, place):
    """ "at most two changes", "sparsity 2": how many changes, no value that is wanted."""
    words = [item.text for item in row[max(0, place - 2) : place + 4]]
    return bool(_CHANGES & set(words[2:] if place > 1 else words)) or "sparsity" in words


def _likely(share, structure, start, end, text, context):
    """The outcome and its probability; a score that is to fall is that of the outcome nobody hopes for."""
    codes = [str(code) for code in context.domain.outcomes]
    named = next((str(item.value) for item in structure.row if item.letter == "Y" and start <= item.start < end), None)
    risk = re.search(r"\brisk\b", text)
    good = str(context.favourable) if context.favourable is not None else None
    if good is None and (risk or _FALLING.search(text)) and len(codes) == 2:
        bad = named or codes[-1]
        good = next(code for code in codes if code != bad)
    falls = _FALLING.search(text) and named != good
    if named is not None and not falls:
        return {"outcome": named, "probability": share}
    return {"outcome": good or named or codes[0], "probability": round(1 - share, 4) if falls or risk and named != good else share}
