"""Statements about whom -> one COND, with and/or/not as said; outcomes as conditions ("predicted bad", "labelled good")."""

import re
from dataclasses import dataclass

from dialogue.understanding.sentence.items import of_people
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
    "turned",
    "ended",
    "proved",
}
PREDICTED = set("""
    predicted predicts classified classifies rated prediction predictions thinks says deemed considered
    estimated forecast forecasted judged flagged expected scored assessed diagnosed categorized assigned said believed called
    classed graded marked sorted filed
""".split())


def condition(parts, row, akin=()):
    """parts: [(start item, end item, COND)] in the order said -> one COND, or None.

    Brackets bind as written. In words "and" binds before "or", except that alternatives of one thing ("rent or live
    for free", "by card or transfer") belong together and what follows a "but" holds of all that was said before.
    akin: feature -> the columns of the category that it is one value of.
    """
    units = [(part[0], part[1], part[2]) for part in sorted(parts, key=lambda part: part[0])]
    for place in range(len(units) - 1, 0, -1):
        if units[place][:2] == units[place - 1][:2]:
            units[place - 1 : place + 1] = [(*units[place][:2], {"and": [units[place - 1][2], units[place][2]]})]
    links = [_link(before, part, row, dict(akin)) for before, part in zip(units, units[1:])]
    for place in range(len(links) - 2, -1, -1):  # "renters, owners or ...": a comma joins as the next word does
        if links[place].bare and links[place + 1].join == "or" and links[place + 1].binding == OR:
            links[place] = links[place + 1]
    return _tree([unit[2] for unit in units], links) if units else None


BUT, OR, AND, ALTERNATIVE = range(4)  # how strongly a word binds, the loosest first


@dataclass(frozen=True)
class Link:
    """What joins two parts; depth: in how many brackets it stands; bare: only a comma, or nothing."""

    join: str
    binding: int
    depth: int
    bare: bool = False


def _link(before, part, row, akin):
    between = row[before[1] : part[0]]
    letters, words = "".join(item.letter for item in between), {item.text for item in between}
    depths = [sum((item.text == "(") - (item.text == ")") for item in row[:end]) for end in range(min(before[1], part[0]), part[0] + 1)]
    alike = _alternatives(before, part, akin)
    named = any(item.letter == "F" for item in row[part[0] : part[1]]) and _one_feature(before[2]) == _one_feature(part[2])
    if "R" in letters and not _both_denied(before, part, words):
        either = any(item.text == "either" for item in row[max(0, before[0] - 4) : before[0] + 1])
        return Link("or", ALTERNATIVE if alike and not named or either else OR, min(depths))
    if alike and re.search("[K,]", letters) and _exclude(before[2], part[2]):
        return Link("or", ALTERNATIVE, min(depths))
    return Link("and", BUT if words & {"but", "except", "excluding"} else AND, min(depths), not re.search("[KR]", letters))


def _both_denied(before, part, words):
    """ "neither tenants nor owners": both are denied by one negation."""
    denied = [found[2].get("value") is False or found[2].get("is") == "!=" for found in (before, part)]
    return all(denied) and not words & {"not", "no", "without"}


def _alternatives(before, part, akin):
    """Values of one feature, or of one category."""
    first, second = (_one_feature(found[2]) for found in (before, part))
    return first is not None and (first == second or second in akin.get(first, ()))


def _one_feature(found):
    names = {part.get("feature") for part in found.get("and", (found,))}
    return names.pop() if len(names) == 1 else None


def _exclude(first, second):
    """Nobody can be both: two values, or two ranges ("in their sixties and seventies")."""
    equal = [found.get("is") == "=" for found in (first, second)]
    return all(equal) and first.get("value") is not False or all("and" in found for found in (first, second))


def _tree(units, links):
    """Split where the link is loosest, outside of brackets first."""
    if not links:
        return units[0]
    loosest = min((link.depth, link.binding) for link in links)
    places = [place for place, link in enumerate(links) if (link.depth, link.binding) == loosest]
    parts, start = [], 0
    for place in [*places, len(links)]:
        parts.append(_tree(units[start : place + 1], links[start:place]))
        start = place + 1
    return {links[places[0]].join: parts}


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
            chosen = (
                "prediction" if stem(item.text) in decided or coming or ahead and not item.text.endswith(("ed", "id")) else "label"
            )
            found.append((place, place + 1, {chosen: str(item.value)}))
    return found + _missed(row, found, other) + _confused(row, codes)


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
        place = next((place for place in range(2, len(row)) if row[place].text in _ELSE and row[place - 1].text in PREDICTED), None)
    if len(labels) != len(found) or len(labels) != 1 or not other or place is None:
        return []
    if not any(item.text in _PREDICTOR for item in row[max(0, place - 3) : place]):
        return []
    return [(place, place + 1, {"prediction": other(labels[0][1])})]


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
