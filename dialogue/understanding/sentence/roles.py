"""Is a statement about whom (`where`), a change (`change`), or only a mention of a feature (`bare`)?

Grammar decides: what hangs on a noun for people ("people who are unemployed", "those over 30", "single men") says
about whom; what is supposed ("if they were unemployed", "reduce the amount by 500") is a change.
"""

import re

WHERE, CHANGE, BARE = "where", "change", "bare"
_PREPOSITIONS = set("""
    for on among amongst in of where when between across within given to from
""".split())
_MODALS = {"can", "could", "would", "will", "may", "might", "am"}
_GETTING = {"had", "got", "found"}  # "if they had a job": what begins with such a verb is supposed
_PERSONAL = {"i", "me", "my", "mine", "he", "she", "his", "her", "him", "it", "myself"}


def roles(row, statements, kind_of_subject="nobody", people=frozenset()):
    """A role for each statement. kind_of_subject: "case" where one case is spoken of or at hand, else "nobody".

    people: places of items that name people by a feature ("women"): about whom, unless it says what they are.
    """
    text = "".join(item.letter for item in row)
    zones = _zones(row, text)
    personal = kind_of_subject == "case" or any(item.text in _PERSONAL for item in row)
    grouped = "".join("G" if place in people else letter for place, letter in enumerate(text))
    found = []
    for statement in statements:
        named = (statement.end - 1 in people or statement.end in people) and not _said_to_be(row, statement.start)
        found.append(WHERE if named else _role(statement, row, text, zones, personal, grouped))
    for place, statement in enumerate(statements):  # "2 absences, or 20": what is said of one holds of the other
        if place and statement.inherits and statement.sign == "=" and statement.options == statements[place - 1].options:
            found[place] = found[place - 1]
    return _joined(statements, found, row, text)


def _said_to_be(row, start):
    """A verb of being or becoming before, perhaps with a negation: "if they were women"."""
    place = start - 1
    while place > 0 and row[place].letter in "lx":
        place -= 1
    return place >= 0 and row[place].letter in "bs" and row[place].text not in ("of", "at")


def _zones(row, text):
    """Stretches of supposition: from "if" to the end of its clause; [(start, end)] in items."""
    zones = []
    for start in [match.start() for match in re.finditer("i", text)] + _inverted(row):
        if start and row[start - 1].text in (
            "see",
            "know",
            "whether",
            "determine",
            "determining",
            "tell",
            "predict",
            "predicting",
        ):
            continue
        end = len(text)
        for place in range(start + 2, len(text)):
            main = (
                row[place].letter == "q"
                and row[place].text not in ("who", "where", "when")
                and place > start + 3
                or row[place].text == "would"
                and text[place + 1 : place + 3] in ("lw", "ll", "ww")
            )
            if row[place].letter in ".," and not _list_goes_on(row, place) or main:
                end = place
                break
        zones.append((start, end))
    return zones


def _inverted(row):
    """ "had its weight been 50": a supposition without "if"."""
    return [
        place
        for place, item in enumerate(row)
        if item.text == "had"
        and any(other.text == "been" for other in row[place + 2 : place + 6])
        and not any(other.letter == "G" or other.text == "who" for other in row[max(0, place - 2) : place])
    ]


def _list_goes_on(row, place):
    """A comma inside an enumeration of changes: "if age was 30, income 5000 and no debts"."""
    ahead = "".join(item.letter for item in row[place + 1 : place + 6])
    return (
        row[place].letter == ","
        and not re.match(r"[lKbw]{0,2}[qw]", ahead)
        and bool(re.match(r"[lKxb]{0,3}[FLNV]", ahead))
    )


def _role(statement, row, text, zones, personal, grouped):
    left, right = text[: statement.start], text[statement.end :]
    if statement.form in ("by", "times", "to"):
        return CHANGE
    in_zone = any(start < statement.start < end for start, end in zones)
    attached = _attached(statement, row, grouped[: statement.start], grouped[statement.end :])
    if in_zone:
        if row[statement.start].text in _GETTING:
            return CHANGE
        if attached or _indicative(row, statement, zones):
            return WHERE
        if statement.form == "compare" and statement.sign not in ("=",) and not personal:
            return WHERE
        return CHANGE
    if attached:
        return WHERE
    if (
        personal
        and "G" not in text
        and re.search(r"(?:^|[.,wlKC])[lw]?r[lx]{0,3}$", left)
        and row[statement.start - 1].letter in "rlx"
    ):
        return CHANGE
    if "C" in text and re.search(r"r[lx]{0,2}$", left):
        return CHANGE
    if "G" not in text and (_of_oneself(row, statement, personal) or personal and _given(row, statement)):
        return CHANGE
    if "G" not in text and personal and statement.sign == "=" and _judged(row, statement):
        return BARE
    if statement.form == "flag" or statement.form == "value":
        told = statement.form == "flag" and {"=", ":", "equals"} & {item.text for item in row[statement.start : statement.end]}
        first = row[statement.start].letter
        return WHERE if told or first == "x" or _governed(row, statement.start) else BARE
    if statement.form == "compare" and statement.sign == "=" and _owned(row, statement):
        return BARE
    return WHERE


def _of_oneself(row, statement, personal):
    """ "can I borrow 20,000?", "would I be healthy without chest pain": supposed of the one case at hand."""
    words = [item.text for item in row]
    return (
        personal
        and words[0] in _MODALS
        and any(word in _PERSONAL for word in words[1:3])
        and (statement.sign == "=" or statement.form in ("flag", "value"))
    )


def _given(row, statement):
    """ "give him a two year contract", "put 12 on the monthly plan": done to the one case at hand."""
    words = [item.text for item in row[: statement.start]]
    return bool(words) and words[0] in _GIVING and statement.sign == "="


_GIVING = {"give", "put", "move", "switch", "get", "add", "offer", "assign"}


def _judged(row, statement):
    """ "is a heart rate of 150 good": a value asked about, not those who have it."""
    words = [item.text for item in row]
    judging = {"good", "bad", "high", "low", "normal", "ok", "fine", "lot", "much", "long"} & set(words[1:])
    return bool(judging) and (words[0] in ("is", "are", "was") or "too" in words[1:-1])


def _attached(statement, row, left, right):
    """The statement hangs on a noun for people or follows "where"."""
    first = row[statement.start]
    if statement.start == 1 and row[0].text == "which" or re.search(r"Gf[l]{0,2}$", left) and first.letter in "FLV":
        return True
    if (
        re.match(r"^[w]?G", right)
        and row[statement.start - 1 if statement.start else 0].letter not in "b"
        or re.match(r"^G", right)
    ):
        return True
    if re.search(r"G[lf]{1,3}$", left) and _placed(row, left.rindex("G")):
        return True
    near = first.letter in "OIxVAB" or statement.form == "value" or row[statement.start - 1].letter == "G"
    if re.search(r"G[lbx,]{0,2}$", left) and near:
        return (
            row[statement.start - 1].letter in "Glx,"
            or first.letter in "OIB"
            and not _verb_before(row, statement.start)
        )
    if re.search(r"G[w]?[lb]{0,2}r[lbxwNf]{0,4}$", left):
        return True
    if re.search(r"[Gw]w[lwf]{0,4}$", left) and _participle(row, statement.start):
        return True
    return (
        any(
            row[place].text in ("where", "whose", "whom", "aged")
            for place in range(max(0, statement.start - 4), statement.start)
        )
        and "," not in left[-3:]
    )


def _placed(row, group):
    """ "everyone in the east", "customers from abroad": a preposition right behind the noun for people."""
    return row[group + 1].text in ("in", "from", "of", "at", "on", "under")


def _verb_before(row, start):
    return row[start - 1].letter == "b" and row[start - 1].text in ("were", "was", "had", "became")


def _participle(row, start):
    """ "people asking for a loan", "patients having ...", "applicants earning over ..."."""
    for place in range(start - 1, max(start - 6, -1), -1):
        if row[place].letter == "G":
            return False
        if row[place].text.endswith("ing") and row[place - 1].letter == "G":
            return True
    return False


def _indicative(row, statement, zones):
    """ "if a person is 30": anybody of whom it holds; "if they were 30" supposes."""
    start = max(begin for begin, end in zones if begin < statement.start < end)
    words = [item for item in row[start + 1 : statement.start]]
    if not words or not any(item.letter == "G" for item in words):
        return False
    group = next(place for place, item in enumerate(words) if item.letter == "G")
    definite = any(item.text in ("the", "these", "those", "this", "that") for item in words[:group])
    verbs = [item.text for item in words[group + 1 :] if item.letter == "b" or item.text.endswith("ed")]
    return not definite and bool(verbs) and verbs[0] in ("is", "are", "has", "have")


def _governed(row, start):
    """A preposition before: "for unemployed", "on women", "among homeowners"."""
    for place in range(start - 1, max(start - 4, -1), -1):
        if row[place].text in _PREPOSITIONS - {"of", "to", "in", "from"} or row[place].letter == "r":
            return True
        if row[place].letter not in "lxf":
            return False
    return False


def _owned(row, statement):
    return any(
        row[place].text in ("my", "his", "her", "your") for place in range(max(0, statement.start - 2), statement.start)
    )


def _joined(statements, found, row, text):
    """A bare statement joined by and/or to one with a role takes that role."""
    for here in range(1, len(found)):
        between = text[statements[here - 1].end : statements[here].start]
        close = len(between) <= 6 and re.fullmatch(r"[lbrxKR,wN]*", between) is not None and re.search("[KR,]", between)
        if close and found[here] == BARE and found[here - 1] in (WHERE, CHANGE):
            found[here] = found[here - 1]
    for here in range(len(found) - 2, -1, -1):
        between = text[statements[here].end : statements[here + 1].start]
        if (
            found[here] == BARE
            and found[here + 1] in (WHERE,)
            and len(between) <= 4
            and re.fullmatch(r"[lbrxKR]*", between)
            and re.search("[KR]", between)
        ):
            found[here] = found[here + 1]
    return found
