"""Statements about whom -> one COND, with and/or/not as said."""

import re
from dataclasses import dataclass


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
