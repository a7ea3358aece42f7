"""An applicant described in the question: "a 45-year-old who wants 2,500 over 18 months and owns a house"."""

import re

from dialogue.understanding.talk.amounts import age, of_size
from dialogue.understanding.sentence.roles import BARE

KINDS = {"prediction", "likelihood", "why", "counterfactual", "path", "anchor", "similar", "contest", "show", "count", "role"}
LEAST = 3
_SOMEBODY = re.compile(
    r"\b(?:somebody|someone|a (?:\w+ )?(?:GROUP|person|man|woman|COND|CHANGE|NUM)|an (?:\w+ )?(?:GROUP|COND)|the GROUP is|i am"
    r"|my|he is|she is|new (?:GROUP|case|applicant))\b"
)
_MANY = re.compile(
    r"\b(?:people|those|everyone|everybody|patients|applicants|customers|all|how many|which|persons|individuals|students|pupils"
    r"|women|men|instances|points|rows|cases|"
    r"samples|average|mean|accuracy)\b"
)


def new_case(structure, kinds, domain):
    """{feature: value} of somebody described with at least three values and belonging to no group; else None."""
    plain = " ".join(token.text for token in structure.tagged.tokens)
    text = structure.text()
    if not kinds <= KINDS or structure.case is not None or _MANY.search(plain) or not (_SOMEBODY.search(text) or len(plain.split()) > 12):
        return None
    if re.search(r"\b(?:if|what if|suppose (?:i|he|she)|had|were)\b", plain) and not re.search(
        r"\b(?:somebody|someone|a person|an applicant)\b", plain
    ):
        return None
    found = {}
    for statement, role in structure.statements:
        name = statement.options[0]
        if not name or statement.form in ("by", "times") or statement.sign == "!=" and statement.form != "compare":
            continue
        if role == BARE and statement.form == "flag" and not re.search(r"\b(?:is|am|has|have|with|no|not|and)\b", plain):
            continue
        found.setdefault(name, statement.value[0])
    _by_themselves(found, structure, domain)
    return found if len(found) >= LEAST else None


def _by_themselves(found, structure, domain):
    """Numbers without a name: "I am 41" is an age, "needs 3,000" the one thing that can be so much."""
    used = {place for statement, _ in structure.statements for place in range(statement.start, statement.end)}
    for place, item in enumerate(structure.row):
        if item.letter != "N" or place in used or item.value.ordinal or item.value.unit not in (None, "money", "year"):
            continue
        value, name = item.value.value, None
        if place and structure.row[place - 1].text in ("am", "is", "aged", "was") and 10 < value < 110:
            name = age(domain)
        elif item.value.unit != "year":
            name = of_size(value, domain, "to")
        if name and name not in found:
            found[name] = value
