"""An applicant described in the question: "a 45-year-old who wants 2,500 over 18 months and owns a house"."""

import re

from dialogue.understanding.talk.amounts import age, of_size
from dialogue.understanding.sentence.roles import BARE
from dialogue.understanding.sentence.structure import SOMEBODY
from dialogue.understanding.wording.text import stem
from dialogue.understanding.wording.units import as_code
from dialogue.understanding.wording.vocabulary import LITTLE

KINDS = {"prediction", "likelihood", "why", "counterfactual", "path", "anchor", "similar", "contest", "show", "count", "role"}
LEAST = 3
SAID_ONLY = {"role", "correct"}  # kinds that a description without a question is taken for
_OTHER = re.compile(rf"\b(?:(?:my|a|his|her) (?:\w+ )?(?:{'|'.join(sorted(SOMEBODY))}|woman|man)|he|she) (?:is|was) \d")
_PARTNERS = {"wife", "husband", "partner", "spouse"}
_SOMEBODY = re.compile(
    r"\b(?:somebody|someone|a (?:\w+ )?(?:GROUP|person|man|woman|COND|CHANGE|NUM)|an (?:\w+ )?(?:GROUP|COND)|the GROUP is|i am"
    r"|my|he is|she is|new (?:GROUP|case|applicant))\b"
)
_MANY = re.compile(
    r"\b(?:people|those|everyone|everybody|patients|applicants|customers|all|how many|persons|individuals|students|pupils"
    r"|which (?!grade|mark|score|result|outcome|prediction)"
    r"|women|men|instances|points|rows|cases|"
    r"samples|average|mean|accuracy)\b"
)


def new_case(structure, kinds, domain):
    """{feature: value} of somebody described with at least three values and belonging to no group; else None."""
    plain = " ".join(token.text for token in structure.tagged.tokens)
    text = structure.text()
    one = _SOMEBODY.search(text) or len(plain.split()) > 12
    if not kinds <= KINDS | SAID_ONLY or structure.case is not None or _MANY.search(plain) or not one:
        return None
    if re.search(r"\b(?:if|what if|suppose (?:i|he|she)|were)\b|^(?:and )?had\b", plain) and not re.search(
        r"\b(?:somebody|someone|a person|an applicant)\b", plain
    ):
        return None
    if any(s.form == "compare" and s.sign not in ("=", "!=") and s.value[0] != 0 for s, _ in structure.statements):
        return None  # "over 60" is said of many
    found = {}
    for statement, role in structure.statements:
        name = statement.options[0]
        if structure.row[statement.start].text in _PARTNERS and statement.end - statement.start == 1:
            continue  # "my wife is 41": about whom, no co-applicant
        if not name or statement.form in ("by", "times") or statement.sign == "!=" and statement.form != "compare":
            continue
        if role == BARE and statement.form == "flag" and not re.search(r"\b(?:is|am|has|have|with|no|not|and)\b", plain):
            continue
        found.setdefault(name, statement.value[0])
    _by_themselves(found, structure, domain)
    told = len(found) >= LEAST or len(found) == LEAST - 1 and age(domain) in found and _OTHER.search(plain)
    return found if told and (not kinds & {"correct"} or _OTHER.search(plain)) else None


def _by_themselves(found, structure, domain):
    """Numbers without a name: "I am 41" is an age, "needs 3,000" the one thing that can be so much."""
    used = {place for statement, _ in structure.statements for place in range(statement.start, statement.end)}
    for place, item in enumerate(structure.row):
        if item.letter != "N" or place in used or item.value.ordinal or item.value.unit not in (None, "money", "year"):
            continue
        value, name = item.value.value, None
        before = structure.row[place - 1].text if place else ""
        after = structure.row[place + 1].letter if place + 1 < len(structure.row) else "."
        alone = (before in (",", ".", "") or place and structure.row[place - 1].letter in "VG") and after in ",.K"
        aged = before in ("am", "is", "aged", "was") or alone and age(domain) not in found
        aged = aged or before == "of" and place > 1 and structure.row[place - 2].letter in "GVLFw"
        if aged and 10 < value < 110:
            name = age(domain)
        elif item.value.unit != "year":
            name = of_size(value, domain, "to")
        if name and name not in found:
            found[name] = value
    _composed(found, structure, domain)


def _composed(found, structure, domain):
    """ "A woman, ..., single": a value whose words are said apart."""
    said = {token.stem for token in structure.tagged.tokens}
    mentioned = {name for _, names in structure.mentions for name in names[:1]}
    for feature in (domain.features[name] for name in mentioned - set(found) if name in domain.features):
        if feature.type != "category":
            continue
        codes = {
            code
            for code, label in feature.values.items()
            for name in (label, *(feature.value_synonyms or {}).get(code, ()))
            if len(stems := {stem(word) for word in re.findall(r"[a-z]+", str(name).lower()) if word not in LITTLE}) > 1 and stems <= said
        }
        if len(codes) == 1:
            found[feature.name] = as_code(codes.pop())
