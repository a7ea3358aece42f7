"""Statements about whom -> one COND, with and/or/not as said; outcomes as conditions ("predicted bad", "labelled good")."""

import re

from dialogue.understanding.wording.text import stem

LABELLED = {
    "labeled",
    "labelled",
    "label",
    "labels",
    "actually",
    "truly",
    "really",
    "true",
    "actual",
    "reality",
    "real",
    "truth",
}
PREDICTED = set("""
    predicted predicts classified classifies rated prediction predictions thinks says deemed considered
    estimated forecast forecasted judged flagged expected scored assessed diagnosed categorized assigned
""".split())


def condition(parts, row):
    """parts: [(start item, end item, COND)] in the order said -> one COND, or None."""
    parts = sorted(parts, key=lambda part: part[0])
    if not parts:
        return None
    groups = [[parts[0][2]]]
    for before, part in zip(parts, parts[1:]):
        if before[0] != part[0] and _either(before, part, row):
            groups.append([part[2]])
        else:
            groups[-1].append(part[2])
    joined = [group[0] if len(group) == 1 else {"and": group} for group in groups]
    return joined[0] if len(joined) == 1 else {"or": joined}


def _either(before, part, row):
    """Joined by "or" (not where both are negated), or two values of one feature joined by "and"."""
    between = row[before[1] : part[0]]
    letters = "".join(item.letter for item in between)
    if "R" in letters:
        negated = [found[2].get("value") is False or found[2].get("is") == "!=" for found in (before, part)]
        return not all(negated) or any(item.text in ("not", "no", "without") for item in between)
    same = before[2].get("feature") == part[2].get("feature") and before[2].get("feature") is not None
    return same and before[2].get("is") == part[2].get("is") == "=" and bool(re.search("[K,]", letters))


def as_condition(statement, name, value):
    """A statement of one feature as COND."""
    return {"feature": name, "is": statement.sign, "value": value}


GROUPS = {
    "count",
    "show",
    "statistic",
    "performance",
    "label",
    "mistakes",
    "prediction",
    "importance",
    "again",
    "effect",
    "interactions",
}


def outcome_parts(row, kinds, decided, other=None):
    """Conditions on outcomes: [(start, end, COND)].

    kinds: the kinds asked, which decide whether an outcome selects cases or is what is asked about.
    other: function from an outcome to the other one of two.
    decided: stems of words for what was decided ("refused"), which select by the prediction.
    """
    found = []
    for place, item in enumerate(row):
        if item.letter != "Y" or _whether(row, place):
            continue
        marker, at = _marker(row, place)
        related = any(other.letter == "r" for other in row[max(0, at - 4) : at + 1])
        if marker and (
            kinds & GROUPS
            and _grouped(row, at, place)
            or related
            and _grouped(row, at, place)
            and not _asked(row, at, kinds)
        ):
            found.append((at, place + 1, {marker: str(item.value)}))
            after = [other.text for other in row[place + 1 : place + 4]]
            if (
                marker == "prediction"
                and other
                and after[:2] in (["but", "did"], ["but", "do"], ["and", "did"], ["but", "were"], ["but", "are"])
                and after[2:] == ["not"]
            ):
                found.append((place + 1, place + 4, {"label": other(str(item.value))}))
        elif (
            not marker
            and not _CAUSING & {item.text for item in row[max(0, place - 5) : place]}
            and kinds & {"count", "show", "statistic", "performance", "label"}
            and not any(item.text in _CHANCE for item in row[max(0, place - 9) : place])
            and "how likely" not in " ".join(item.text for item in row[max(0, place - 9) : place])
            and (
                _plain(row, place)
                and _grouped(row, place, place)
                or place + 1 < len(row)
                and row[place + 1].letter == "G"
            )
        ):
            ahead = row[0].text == "who" and not any(other.text in ("did", "had", "was", "were", "really") for other in row[:place])
            chosen = "prediction" if stem(item.text) in decided or ahead and not item.text.endswith(("ed", "id")) else "label"
            found.append((place, place + 1, {chosen: str(item.value)}))
    return found


_CAUSING = {"makes", "make", "made", "causes", "cause", "caused", "lets", "turns", "drives", "leads", "lead"}


def _whether(row, place):
    return any(item.text in ("whether", "if") for item in row[max(0, place - 8) : place])


def _grouped(row, at, place):
    """People are named before in the same sentence, or right behind the outcome ("rejected applicants"), or counted."""
    sentence = re.split(r"\.", "".join(item.letter for item in row[:at]))[-1]
    start = at - len(sentence)
    counted = "how many" in " ".join(item.text for item in row[start:at])
    return (
        "G" in sentence
        or counted
        or row[start].text in ("who", "which", "whose", "whos") and start < at
        or row[at - 1].text == "the"
        and row[at - 2].text in ("among", "of", "for", "on")
        or place + 1 < len(row)
        and row[place + 1].letter == "G"
    )


def _marker(row, place):
    for spot in range(place - 1, max(place - 7, -1), -1):
        if row[spot].text in LABELLED:
            return "label", spot
        if row[spot].text in PREDICTED:
            return "prediction", spot
        if row[spot].text == "predict" and any(item.text in _PREDICTOR for item in row[max(0, spot - 3) : spot]):
            return "prediction", spot
        if row[spot].letter in ".,YFLN":
            break
    after = row[place + 1].text if place + 1 < len(row) else ""
    if after in ("label", "labels"):
        return "label", place
    return None, place


_CHANCE = {"likelihood", "probability", "chance", "chances", "odds", "probable"}
_PREDICTOR = {"you", "model", "algorithm", "it", "ai", "system", "classifier", "machine"}


def _asked(row, at, kinds):
    """ "why were people over 30 predicted bad" asks about the prediction, it selects nobody."""
    return (
        bool(kinds & {"why", "likelihood", "counterfactual"})
        and not kinds & {"count", "show"}
        and not any(item.letter == "r" for item in row[max(0, at - 4) : at])
    )


def _plain(row, place):
    before = row[max(0, place - 3) : place]
    return any(item.letter in "brs" for item in before) or [item.text for item in before[-2:]] in (
        ["among", "the"],
        ["of", "the"],
        ["for", "the"],
        ["all", "the"],
    )
