"""Statements about whom -> one COND, with and/or/not as said; outcomes as conditions ("predicted bad", "labelled good")."""
import re

LABELLED = {"labeled", "labelled", "label", "labels", "actually", "truly", "really", "true", "actual", "reality", "real", "truth"}
PREDICTED = {"predicted", "predicts", "predict", "predicting", "classified", "classifies", "classify", "rated", "prediction", "predictions", "thinks", "says", "deemed",
             "considered", "estimated", "forecast", "forecasted", "judged", "flagged", "expected", "scored", "assessed", "diagnosed", "categorized", "assigned"}


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
    between = row[before[1]:part[0]]
    letters = "".join(item.letter for item in between)
    if "R" in letters:
        negated = [found[2].get("value") is False or found[2].get("is") == "!=" for found in (before, part)]
        return not all(negated) or any(item.text in ("not", "no", "without") for item in between)
    same = before[2].get("feature") == part[2].get("feature") and before[2].get("feature") is not None
    return same and before[2].get("is") == part[2].get("is") == "=" and bool(re.search("[K,]", letters))


def as_condition(statement, name, value):
    """A statement of one feature as COND."""
    return {"feature": name, "is": statement.sign, "value": value}


def outcome_parts(row, kinds):
    """Conditions on outcomes: [(start, end, COND)]; `kinds` are the kinds asked, which decide what "bad risks" alone means."""
    found = []
    for place, item in enumerate(row):
        if item.letter != "Y":
            continue
        marker, at = _marker(row, place)
        attached = _attached(row, at if marker else place, place) or any(part[1] >= place - 8 and marker for part in found)
        if marker and attached and not _asked(row, at, kinds):
            found.append((at, place + 1, {marker: str(item.value)}))
        elif not marker and attached and kinds & {"count", "show", "statistic", "performance", "label"} and _plain(row, place):
            found.append((place, place + 1, {"label": str(item.value)}))
    return found


def _marker(row, place):
    for spot in range(place - 1, max(place - 7, -1), -1):
        if row[spot].text in LABELLED:
            return "label", spot
        if row[spot].text in PREDICTED:
            return "prediction", spot
        if row[spot].letter in ".,YFLN":
            break
    after = row[place + 1].text if place + 1 < len(row) else ""
    if after in ("label", "labels"):
        return "label", place
    return None, place


def _attached(row, marker, place):
    """A group before, in the same sentence, directly or by that/who/where; or right behind ("predicted bad risks people")."""
    letters = "".join(item.letter for item in row[:marker])
    tail = re.split(r"\.", letters)[-1]
    if re.search(r"G[lbqx]{0,3}$", tail) or re.search(r"[Gw][lb]{0,2}r[lbwx]{0,4}$", tail) or re.search(r"G[KRl,bw]{0,3}$", tail):
        return True
    return place + 1 < len(row) and row[place + 1].letter == "G" and marker < place


def _asked(row, at, kinds):
    """"why were people over 30 predicted bad" asks about the prediction, it selects nobody."""
    return bool(kinds & {"why", "likelihood", "counterfactual"}) and not kinds & {"count", "show"} \
        and not any(item.letter == "r" for item in row[max(0, at - 4):at])


def _plain(row, place):
    return any(item.letter in "br" for item in row[max(0, place - 3):place])
