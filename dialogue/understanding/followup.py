"""What the talk so far adds: fragments ("and 12 months?", "what about savings?", "2,000 less") and "they", "that one"."""

import re
from dataclasses import replace

from dialogue.understanding.asks.options import WITH_FEATURES
from dialogue.understanding.talk.searching import LINKS, continues_search, searched
from explainers.types import Ask, Change, Subject

_SHORT = {"again", "prediction", "role", "show", "count", "unclear"}
TAGS = {"FEATURE", "NUM", "COND", "CHANGE", "CASE", "GROUP", "VALUE", "OUTCOME", "TARGET"}
_CONTINUES = re.compile(
    r"^(?:and|but|so|then|now|also|what about|how about|or|ok|okay|even|only|for|with|without|same|the same|at most|max|not"
    r"|nothing|no|instead)\b"
)
_AT_ALL = re.compile(r"\b(?:they|them|their|those|these)\b")
_POINTS = re.compile(r"\b(?:that|those|them|they|then|now|there|these|this|it|he|she|his|her|him|their)\b")
CASE_KINDS = set("""
    prediction likelihood why role path counterfactual threshold keep similar influence anchor
""".split())

def fragment(text):
    """The tags of a text that holds nothing but tags and linking words; None where it says something of its own."""
    words = re.sub(r"\b(?:what|how) (?:about|if)\b", "", text).split()
    tags = [word for word in words if word in TAGS]
    rest = [word for word in words if word not in TAGS and word not in LINKS]
    return tags if not rest else None


def continued(query, structure, memory, domain, ranked):
    """The Query with what is left out taken from the talk; the Query itself where it stands alone."""
    text = structure.text()
    query = _filled_changes(query, memory)
    tags = fragment(text)
    if tags is not None:
        query = _fragment(query, tags, text, structure, memory, domain)
    if "again" in {ask.kind for ask in query.asks} and query.changes:
        if searched(memory) or not memory.asks and not query.subject.previous:
            query = replace(query, asks=(Ask("prediction"),))
    if _passed_over(query, structure):
        return replace(query, status="unclear", asks=())
    return _linked(query, text, memory)


def _passed_over(query, structure):
    """ "And no other loans" read as nothing but "again": what it names would be lost."""
    named = bool(structure.mentions) and len(structure.words().split()) < 7
    alone = query.subject in (Subject(), Subject(previous=True)) and not query.changes
    return named and alone and [ask.kind for ask in query.asks] == ["again"]


def _filled_changes(query, memory):
    """ "2,000 less" changes what was changed or asked about last."""
    if not any(change.feature == "" for change in query.changes):
        return query
    last = (
        memory.changes[-1].feature
        if memory.changes
        else next((name for ask in memory.asks for name in ask.get("features", ()) or ()), None)
    )
    kept = tuple(
        replace(change, feature=last) if change.feature == "" else change
        for change in query.changes
        if change.feature != "" or last is not None
    )
    return replace(query, changes=kept)


_SUPPOSING = re.compile(
    r"^(?:and |but |or |ok |so |then |now |even |also |what about |how about |with |without |plus |suppose |if |no |had |has )+"
)


def supposes(structure, memory):
    """What is said of the one case at hand after a question about it is a supposition: "and with a guarantor?"."""
    text = structure.text()
    if memory.case is not None and not memory.asks and _of_this_case(structure, text):
        return True
    if (
        not structure.statements
        or structure.case is not None
        or re.search(r"\bGROUP\b", text)
        or not _SUPPOSING.search(text)
        or len(text.split()) > 12
    ):
        return False
    limits = searched(memory) and not (re.search(r"\b(?:how|what) about (?!.*\b(?:not|no)\b)", text) and _equal(structure))
    if memory.asks and (memory.asks[0].kind not in CASE_KINDS | {"correct"} or limits or memory.subject.where is not None):
        return False
    if re.search(r"\b(?:why|how|which|important|matter|mean)\b", re.sub(r"\bhow about\b", "", text)):
        return False
    if re.search(r"^but (?:my|his|her|the) FEATURE (?:is|was|are) (?:NUM|VALUE|COND)(?: [.!])?$", text):
        return False  # an objection: nothing is supposed
    told = [(s, role) for s, role in structure.statements if role != "bare"]
    linked = re.search(r"\b(?:with|without|had|has|have|no|not|is|am|even|own|live|suppose|if|for)\b", text)
    return bool(memory.asks or memory.case is not None) and (
        bool(told) or bool(linked) or any(s.form == "value" for s, _ in structure.statements)
    )


_OTHERS = re.compile(r"\b(?:GROUP|they|them|those|these|who|whose|all|any|every\w*|many|list|show|among|loans)\b")
_BARELY = re.compile(
    r"^(?:(?:just|only|with|at|then|and|ok|so|or|instead|how about|what about|COND|NUM|please|\?|,|is|possible|better) ?)+$"
)


def _of_this_case(structure, text):
    """ "24 months?", "what would happen at 36 months and 2500": a value said of the case at hand, of nobody else."""
    told = _equal(structure) and structure.case is None and not _OTHERS.search(text)
    return told and bool(_BARELY.search(text) or "what would happen" in text)


def _equal(structure):
    """All that is said of others is that a number equals some value."""
    told = [s for s, role in structure.statements if role == "where"]
    return bool(told) and all(s.form == "compare" and s.sign == "=" for s in told)


def blames(structure, memory):
    """Values named in the question whether something mattered are those of the case at hand: "is it that I rent", not "if I rented"."""
    text = structure.text()
    at_hand = memory.case is not None or structure.case is not None
    return at_hand and not continues_search(text, memory) and not re.search(r"\b(?:GROUP|if|suppose|would|were|could)\b", text)


def _fragment(query, tags, text, structure, memory, domain):
    kinds = {ask.kind for ask in query.asks}
    last = memory.asks[0] if memory.asks else None
    told = set(tags)
    if told == {"NUM"} and query.changes and not memory.changes:  # "if I only take 2k": a feature was found for it
        return query
    if told == {"NUM"} and len(tags) == 1:
        return _number(query, structure, memory, domain)
    if told and told <= {"CHANGE", "GROUP"} | {"FEATURE"} and "CHANGE" in told:
        if last is None and query.subject.previous and "again" in kinds:
            return query
        kind = last.kind if last is not None and last.kind in ("likelihood",) else "prediction"
        return replace(query, status="understood", asks=(Ask(kind),), subject=replace(query.subject, previous=bool(memory.asks)))
    if told and told <= {"FEATURE"}:
        names = list(dict.fromkeys(name for _, options in structure.mentions for name in options[:1]))
        if not names and _named_flags(text, structure, last):
            names, query = _named_flags(text, structure, last), replace(query, subject=Subject(), changes=())
        kind = last.kind if last is not None and last.kind in WITH_FEATURES else "role"
        if re.search(r"\b(?:only|just|not|without|no)\b", text) and last is not None and last.kind == "counterfactual" or not names:
            return query
        options = {"features": names}
        if kind == "threshold" and last.get("direction"):
            options["direction"] = last.get("direction")
        goes_on = last is not None and kind == last.kind and query.subject == Subject()
        subject = Subject(previous=True) if goes_on else query.subject
        return replace(query, status="understood", subject=subject, asks=(Ask(kind, options),))
    if told == {"CASE"} and len(tags) == 1 and _resized(structure, memory, domain):
        return _number(query, structure, memory, domain)
    if told == {"CASE"} or told and told <= {"CASE", "GROUP"} and "CASE" in told:
        return replace(query, status="understood", asks=(Ask("again"),))
    among = re.search(r"\b(?:among|amongst|within|those|of)\b", text)
    if told <= {"GROUP", "OUTCOME"} and "OUTCOME" in told and among and last is not None and query.subject.where is None:
        codes = [str(item.value) for item in structure.row if item.letter == "Y"]
        return replace(query, status="understood", subject=Subject(where={"prediction": codes[0]}), asks=(Ask("again"),), changes=())
    if told and told <= {"COND", "GROUP", "OUTCOME"} and last is not None and (kinds <= _SHORT or among):
        kind = "show" if last.kind == "show" and re.search(r"\bonly\b", text) else "again"
        return replace(query, status="understood", asks=(last if kind == "show" else Ask("again"),))
    return query


def _named_flags(text, structure, last):
    """ "And family support?" after another feature was asked about: a yes/no feature by its name, no condition."""
    if last is None or last.kind not in WITH_FEATURES or not last.features:
        return []
    if re.search(r"\b(?:with|without|for|those|only|no|not|if|who|had|has|among)\b", text):
        return []
    flags = all(s.form == "flag" and s.value[0] is True for s, _ in structure.statements)
    return list(dict.fromkeys(s.options[0] for s, _ in structure.statements)) if flags else []


def _resized(structure, memory, domain):
    """ "And 160?" after a what-if with a number: another size of it rather than a case of that number."""
    numbers = [item.value.value for item in structure.row if item.letter == "N"]
    if not memory.changes or len(numbers) != 1 or re.search(r"\b(?:for|of|case) \d", structure.words()):
        return False
    change, feature = memory.changes[-1], domain.features[memory.changes[-1].feature]
    if feature.type != "number" or feature.low is None:
        return False
    low, high = (0, feature.high - feature.low) if change.how == "by" else (feature.low, feature.high)
    return change.how != "times" and low <= numbers[0] <= high


def _number(query, structure, memory, domain):
    """A bare number: another size of the last change, a value by its unit, or another case."""
    number = next(item.value for item in structure.row if item.letter == "N")
    if memory.changes:
        change = memory.changes[-1]
        value = -abs(number.value) if change.how == "by" and change.value < 0 else number.value
        return replace(
            query,
            status="understood",
            changes=(Change(change.feature, change.how, value),),
            asks=(Ask("prediction"),),
            subject=replace(query.subject, case=None, previous=True),
        )
    last = memory.asks[0] if memory.asks else None
    if last is not None and last.kind == "counterfactual" and domain.regression:
        return replace(
            query,
            status="understood",
            asks=(Ask("counterfactual", {"target": {"at_least": number.value}}),),
            subject=replace(query.subject, case=None, previous=True),
        )
    if last is not None and str(number.value) in domain.frame.index:
        return replace(query, status="understood", subject=Subject(case=str(number.value)), asks=(Ask("again"),))
    return replace(query, status="unclear", asks=())


def _linked(query, text, memory):
    """`previous` where the question leans on what was said: "why?", "how likely are they", "and then?"."""
    subject = query.subject
    if subject.case is not None or subject.new is not None or subject.previous or subject.everyone or not memory.asks:
        return query
    kinds = {ask.kind for ask in query.asks}
    general = memory.subject.everyone or memory.subject == Subject()
    if general and kinds <= CASE_KINDS and not _AT_ALL.search(text) and not memory.changes:
        return query
    if kinds & {"revise", "level", "language", "help", "about", "greet", "thanks", "bye", "term"}:
        return query
    short = len([word for word in text.split() if word not in ("?", ".", "!", ",")]) <= 4
    leans = _CONTINUES.search(text) or _POINTS.search(text) or short and not re.search(r"\b(?:i|my|me)\b", text)
    group = memory.subject.where is not None
    if subject.where is not None:
        narrows = re.search(
            r"\b(?:of (?:them|those|these)|only (?:those|the ones)|which of|how many of (?:them|those)|among (?:them|those)|those)\b",
            text,
        )
        return replace(query, subject=replace(subject, previous=True)) if narrows and group else query
    if leans and (kinds & CASE_KINDS or group or memory.changes or kinds & {"again"}):
        return replace(query, subject=replace(subject, previous=True))
    return query
