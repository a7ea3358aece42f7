"""What a question says of outcomes of those it is about: "predicted bad", "labelled good", "wrongly predicted", "false positives"."""

import re

from dialogue.understanding.sentence.items import of_people
from dialogue.understanding.wording.text import stem

LABELLED = set("""
    labeled labelled label labels actually truly really true actual reality real truth turned ended proved
""".split())
PREDICTED = set("""
    predicted predicts classified classifies rated prediction predictions thinks says deemed considered
    estimated forecast forecasted judged flagged expected scored assessed diagnosed categorized assigned said believed called thought
    classed graded marked sorted filed
""".split())


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


def outcome_parts(row, kinds, decided, other=None, codes=()):
    """Conditions on outcomes: [(start, end, COND)].

    codes: the outcomes, the positive one last ("false positives").

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
            and not (kinds == {"prediction"} and _asked(row, at, kinds))
            or related
            and _grouped(row, at, place)
            and not _asked(row, at, kinds)
        ):
            found.append((at, place + 1, {marker: str(item.value)}))
            if marker == "prediction" and other:
                found += _became(row, place, other) or _wrongly(row, at, place, other)
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
                and of_people(row[place + 1])
            )
        ):
            ahead = row[0].text == "who" and not any(other.text in ("did", "had", "was", "were", "really") for other in row[:place])
            coming = any(other.text in ("will", "would") for other in row[max(0, place - 3) : place])
            settled = stem(item.text) in decided - _HAPPENING or coming or ahead and not item.text.endswith(("ed", "id"))
            chosen = "prediction" if settled else "label"
            found.append((place, place + 1, {chosen: str(item.value)}))
    return found + _missed(row, found, other) + _confused(row, codes)


_HAPPENING = {"fail", "pass"}  # what people do, though it may be decided as well
_BUT = re.compile(r"(?:but|yet|although|though)(?: \w+){0,3}? (?:did|do|does|was|were|are|is|have|had)\b")
_WHO = re.compile(
    r"(?:who|that|which|and)(?: (?:then|actually|really|later|in|fact))* (?:did|do|does|was|were|are|is|have|had)(?P<no> not)?"
    r"(?: (?:do|have|get|be))?(?: (?:it|so|one|that|any))?(?: [.?!,]|$)"
)


def _became(row, place, other):
    """ "predicted to leave but did not", "predicted to have it that do not": what became of them, the outcome not named again."""
    after = row[place + 1 : place + 10]
    if any(item.letter == "Y" for item in after):
        return []
    text = " ".join(item.text for item in after)
    relative = _WHO.match(text)
    if not relative and not _BUT.match(text):
        return []
    code = str(row[place].value)
    return [(place + 1, place + 2, {"label": code if relative and not relative["no"] else other(code)})]


_WRONGLY = {"wrongly", "incorrectly", "falsely", "mistakenly", "erroneously", "wrong", "false"}


def _wrongly(row, at, place, other):
    """ "wrongly predicted as healthy": the truth was the other."""
    said = any(item.text in _WRONGLY for item in row[max(0, at - 2) : place])
    return [(place + 1, place + 2, {"label": other(str(row[place].value))})] if said else []


def _missed(row, found, other):
    """ "How many of the really ill did the model miss?", "who was ill although you predicted none?": predicted to be the other."""
    labels = [(end, part["label"]) for _, end, part in found if "label" in part]
    place = next((place for place, item in enumerate(row) if item.text in _MISSING), None)
    if place is None:
        place = next((place for place in range(2, len(row)) if _told_else(row, place)), None)
    if len(labels) != len(found) or len(labels) != 1 or not other or place is None:
        return []
    if not any(item.text in _PREDICTOR for item in row[max(0, place - 3) : place]):
        return []
    return [(place, place + 1, {"prediction": other(labels[0][1])})]


def _told_else(row, place):
    """ "predicted none", "predicted otherwise", "despite your prediction"."""
    before = [item.text for item in row[max(0, place - 2) : place]]
    return row[place].text in _ELSE and before[-1] in PREDICTED or row[place].text in PREDICTED and before[0] in ("despite", "against")


_MISSING = {"miss", "missed", "misses", "overlook", "overlooked"}
_ELSE = {"none", "otherwise", "not", "no", "differently"}


def _confused(row, codes):
    """ "false positives", "true negatives": what was predicted and what was true, the positive outcome being the last."""
    if len(codes) != 2:
        return []
    found = []
    for place, (first, second) in enumerate(zip(row, row[1:])):
        if first.text in ("false", "true") and second.text in ("positives", "negatives"):
            said = codes[1] if second.text == "positives" else codes[0]
            really = said if first.text == "true" else next(code for code in codes if code != said)
            found += [(place, place + 1, {"prediction": said}), (place + 1, place + 2, {"label": really})]
    return found


_CAUSING = {"makes", "make", "made", "causes", "cause", "caused", "lets", "turns", "drives", "leads", "lead"}


def _whether(row, place):
    return any(item.text in ("whether", "if") for item in row[max(0, place - 8) : place])


def _grouped(row, at, place):
    """People are named before in the same sentence, or right behind the outcome ("rejected applicants"), or counted."""
    sentence = re.split(r"\.", "".join("G" if of_people(item) else item.letter for item in row[:at]))[-1]
    start = at - len(sentence)
    counted = "how many" in " ".join(item.text for item in row[start:at])
    return (
        "G" in sentence
        or counted
        or row[start].text in ("who", "which", "whose", "whos") and start < at
        or any(item.text in ("who", "whose", "whos") for item in row[start:at])
        or row[at - 1].text == "the"
        and row[at - 2].text in ("among", "of", "for", "on")
        or place + 1 < len(row)
        and of_people(row[place + 1])
    )


def _marker(row, place):
    for spot in range(place - 1, max(place - 7, -1), -1):
        if row[spot].text in LABELLED:
            return "label", spot
        if row[spot].text in PREDICTED:
            return "prediction", spot
        if stem(row[spot].text) in _JUDGING and any(item.text in _PREDICTOR for item in row[max(0, spot - 3) : spot]):
            return "prediction", spot
        if row[spot].letter in ".,YFLN":
            break
    after = row[place + 1].text if place + 1 < len(row) else ""
    if after in ("label", "labels"):
        return "label", place
    return None, place


_JUDGING = {"predict", "expect", "think", "judg", "say", "believ", "classifi"}
_CHANCE = {"likelihood", "probability", "chance", "chances", "odds", "probable"}
_PREDICTOR = {"you", "model", "algorithm", "it", "ai", "system", "classifier", "machine"}


def _asked(row, at, kinds):
    """ "why were people over 30 predicted bad", "would they still be predicted bad" ask about the prediction, it selects nobody."""
    return (kinds == {"prediction"} and row[0].text in ("would", "will") and row[at - 1].text in ("be", "still", "get", "been")) or (
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
