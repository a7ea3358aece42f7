"""Statements of how it really is: "it should be 2" after a value was called wrong, "i am 35 not 25", "i am a manager"."""

import re

from dialogue.understanding.talk.amounts import age, of_size
from explainers.types import Ask, Change, Query, Subject

_STATING = re.compile(
    r"^(?:no |but |sorry |actually |well |oh |wrong |hm |, )*(?:i am|i have|i do|i was|i only|i earn|i own|my|he|she|it|its"
    r"|this|that|we|should|the real)\b"
)
_ASKS = re.compile(r"\?$|\b(?:if|what|why|how|would|could|suppose|did|does|when|which|me|should i|can)\b")


def corrected(structure, kinds, memory, domain):
    """A statement of how it really is: "it should be 2" after a value was called wrong, "i am 35 not 25", "i am a manager"."""
    text, words = structure.text(), structure.words()
    last = memory.asks[0] if memory.asks else None
    wrong = last.features if last is not None and last.kind == "correct" else []
    if _ASKS.search(text.rstrip(". ")) or len(words.split()) > 10 or re.search(r"\bGROUP\b", text):
        return None
    found = _instead(structure, domain)
    if found is None and wrong:
        found = _stated(structure, domain) or _number_of(structure, wrong[0], domain)
    if found is None and _STATING.search(words) and kinds & {"level", "unclear", "refused", "prediction", "show", "correct"}:
        found = _stated(structure, domain) if re.search(r"^(?:no |but |sorry |actually )*(?:i am|my)\b", words) else None
        if found is None or last is not None and (memory.changes or last.kind == "counterfactual"):
            return None
    if found is None or memory.case is None:
        return None
    return Query(subject=Subject(previous=True), changes=(found,), asks=(Ask("correct", {"features": [found.feature]}),))


def _stated(structure, domain):
    """The one value that is stated, as a Change."""
    said = [s for s, _ in structure.statements if s.options[0] and s.form in ("value", "flag", "compare") and s.sign == "="]
    if len(said) != 1 or len(structure.statements) != 1:
        return None
    return Change(said[0].options[0], "to", said[0].value[0])


def _number_of(structure, name, domain):
    numbers = [item.value for item in structure.numbers()]
    feature = domain.features[name]
    if len(numbers) != 1:
        return None
    if feature.type == "number":
        return Change(name, "to", numbers[0].value)
    code = feature.code(numbers[0].value)
    return None if code is None else Change(name, "to", int(code) if str(code).isdigit() else code)


_NOT = re.compile(r"\b(?:NUM|COND|CHANGE|CASE|VALUE) (?:\w+ )?,? ?(?:and |, )?(?:not|instead of|rather than) (?:\w+ )?(?:NUM"
    r"|CASE|VALUE|COND)\b")


def _instead(structure, domain):
    """ "35 not 25": the first of two numbers, of the feature that is named or that both can be of."""
    numbers = [item.value for item in structure.row if item.letter in "NC"]
    if not _NOT.search(structure.text()):
        return None
    values = [number.value if hasattr(number, "value") else float(number) for number in numbers]
    values = [int(value) if float(value).is_integer() else value for value in values]
    named = [s.options[0] for s, _ in structure.statements if s.options[0]] or [names[0] for _, names in structure.mentions]
    if len(values) == 2:
        aged = re.search(r"^(?:no )?(?:i am|he is|she is|i'm) NUM\b", structure.text())
        name = named[0] if named else age(domain) if aged else of_size(values[0], domain, "to")
        return Change(name, "to", values[0]) if name else None
    return None
