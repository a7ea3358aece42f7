"""Fragments that take what was asked before over, with a part of their own in its place: "and in general?", "show some",
"and for how many months?", "and both", "the other way round", "it should be 2"."""

import re
from dataclasses import replace

from dialogue.understanding.asks.options import features
from dialogue.understanding.sentence.conditions import condition
from dialogue.understanding.talk.amounts import age, of_size
from dialogue.understanding.talk.pointed import last_features, two
from dialogue.understanding.talk.searching import after_search
from explainers.types import Ask, Change, Query, Subject

_LEAD = r"^(?:(?:and|but|or|so|ok|okay|now|then|yes|no|well|what about|how about|what|how|also|please) )*"
_END = r"(?: please| then| now| though| too| as well)*(?: [?.!])*$"
GENERAL = re.compile(
    rf"{_LEAD}(?:is that (?:also |so )?)?(?:in general|generally|overall|on the whole|in (?:total|all)"
    rf"|for (?:everyone|everybody|all(?: (?:of them|GROUP|the GROUP|cases))?)|on average|as a whole|across the board){_END}"
)
MINE = re.compile(
    rf"{_LEAD}(?:(?:for|in|with|about|on|to) )?(?:me|mine|myself|my (?:own )?(?:GROUP|case|application|situation|result|file|loan|own)"
    rf"|(?:this|that) (?:GROUP|one|case)|in my case|myself){_END}"
)
TURNED = re.compile(rf"{_LEAD}(?:(?:is it |the )?(?:other|opposite) way (?:a?round|about)|vice versa|conversely|the (?:opposite|reverse)"
                    rf"|reversed|in reverse|if it (?:is|was|were) the (?:other way round|opposite)){_END}")
BOTH = re.compile(rf"{_LEAD}(?:for |if |with )?(?:both|the two|all of (?:them|that|this))(?: of (?:them|those|these|that))?"
                  rf"(?: together| at once| at the same time)?{_END}")
MEASURE = re.compile(rf"{_LEAD}(?:(?:for|over|with|at) )?how (?:many|much|long|old|high|low|big|large)(?: (?:FEATURE|\w+))?{_END}")
TYPICAL = re.compile(rf"{_LEAD}(?:is )?(?:there )?(?:anything |something )?(?:typical|common|usual|the pattern)\b.{{0,30}}$")
SAMPLE = re.compile(rf"{_LEAD}(?:can you |could you )?(?:(?:show|give|list|name|see) (?:me )?)?(?:some|a few|a couple|examples?|an example|one|which ones?"
                    rf"|them|which)(?: (?:examples?|of (?:them|these|those)|for example))?{_END}")
COUNTED = re.compile(rf"{_LEAD}how many(?: (?:are|were) (?:there|they|those|these|it)| of them)?{_END}")
OF_ONE = {"prediction", "likelihood", "why", "role", "path", "counterfactual", "threshold", "keep", "similar", "influence", "anchor",
          "label", "robustness", "boundary"}
OF_ALL = {"importance", "effect", "interactions", "statistic", "count", "performance", "mistakes", "fairness", "rules", "data", "define"}


def taken_up(structure, kinds, memory, domain):
    """The Query of a question that leans on the talk in one of these ways; None where it does not.

    kinds: what it seems to ask by itself.
    """
    for take in (after_search, _general, _mine, _turned, _both, _styled, _come_of_those, _measured, _rest, _narrowed, _corrected):
        query = take(structure, kinds, memory, domain)
        if query is not None:
            return query
    return None


def _again(asks, subject=Subject(previous=True), changes=()):
    return Query(subject=subject, changes=tuple(changes), asks=tuple(asks))


def _general(structure, kinds, memory, domain):
    """ "And in general?" after something about one case: what holds of the model; after a group: the same of everyone."""
    if not memory.asks or not GENERAL.search(structure.text()):
        return None
    last = memory.asks[0]
    if last.kind in ("role", "why", "path", "anchor"):
        names = last_features(memory)
        top = {"top": last.get("top")} if last.get("top") and not names else {}
        return _again([Ask("importance", {"features": names} if names else top)], Subject(everyone=True))
    if last.kind in OF_ONE - {"prediction", "likelihood", "label"}:
        return None
    return _again([Ask("again")], Subject(everyone=True))


def _mine(structure, kinds, memory, domain):
    """ "And for my case?" after something about the model or others: what holds of the case at hand."""
    if not memory.asks or memory.case is None and memory.own is None or not MINE.search(structure.text()):
        return None
    last, names = memory.asks[0], last_features(memory)
    subject = Subject(case=memory.own) if memory.own not in (None, memory.case) else Subject()
    if last.kind not in OF_ALL:
        return _again([Ask("again")], subject if subject.case or memory.subject.case is None else Subject(case=memory.case))
    if last.kind in ("importance", "effect", "interactions", "fairness") and names:
        ask = Ask("role", {"features": names})
    elif last.kind in ("statistic", "define", "data"):
        ask = Ask("show")
    else:
        top = {"top": last.get("top")} if last.get("top") else {}
        ask = Ask("why", top) if last.kind in ("importance", "rules", "interactions") else Ask("prediction")
    return _again([ask], subject)


def _turned(structure, kinds, memory, domain):
    """ "And the other way round?": the changes undone and done the other way, prediction and truth exchanged, the other outcome."""
    if not memory.asks or not TURNED.search(structure.text()):
        return None
    changes = [_reverse(change, domain) for change in memory.changes]
    if changes and all(changes):
        return _again(memory.asks, changes=changes)
    where = memory.subject.where
    if where is not None:
        swapped = _swapped(where)
        return _again([Ask("again")], Subject(where=swapped if swapped != where else {"not": where}))
    last = memory.asks[0]
    if last.kind == "counterfactual" and len(domain.outcomes) == 2:
        goal = last.get("target") or {}
        wanted = str(goal.get("outcome") or domain.favourable or next(iter(domain.outcomes)))
        return _again([Ask("counterfactual", {"target": {"outcome": next(code for code in map(str, domain.outcomes) if code != wanted)}})])
    if last.kind in ("effect", "role", "importance", "interactions") and len(last.features) > 1:
        return _again([replace(last, options={**last.options, "features": last.features[::-1]})])
    return None


def _reverse(change, domain):
    """The Change the other way: less for more, no for yes; None where there is no one other way."""
    if change.how == "by":
        return replace(change, value=-change.value)
    if change.how == "times":
        return replace(change, value=round(1 / change.value, 4)) if change.value else None
    if isinstance(change.value, bool):
        return replace(change, value=not change.value)
    values = list(domain.features[change.feature].values or {})
    rest = [code for code in values if str(code) != str(change.value)]
    return replace(change, value=rest[0]) if len(values) == 2 and len(rest) == 1 else None


def _swapped(where):
    """A condition with what the model says and what really came exchanged."""
    for key in ("and", "or"):
        if key in where:
            return {key: [_swapped(part) for part in where[key]]}
    if "not" in where:
        return {"not": _swapped(where["not"])}
    return {"label": where["prediction"]} if "prediction" in where else {"prediction": where["label"]} if "label" in where else where


def _both(structure, kinds, memory, domain):
    """ "And both?": of the two groups, or the two features, spoken of last."""
    if not memory.asks or not BOTH.search(structure.text()):
        return None
    last, where = memory.asks[0], memory.subject.where
    earlier = [one.where for one in memory.before if one.where is not None and one.where != where]
    if where is not None and earlier and last.kind not in OF_ONE:
        return _again([last], Subject(where={"and": [earlier[-1], where]}))
    names = two(memory)
    if len(names) == 2 and last.features and not memory.changes:
        return _again([replace(last, options={**last.options, "features": names})])
    return None


OUTCOME_OF_THOSE = re.compile(rf"{_LEAD}(?:did|do|does|have|had|were|are|was|is) (?:they|those|these|the others|them|GROUP|the other GROUP)(?: \w+){{0,3}} (?:OUTCOME|TARGET){_END}"
                              rf"|{_LEAD}(?:what|how)?(?: (?:happened|became|came|did|happen))* (?:to|of|with) (?:them|those|these|GROUP){_END}")


def _come_of_those(structure, kinds, memory, domain):
    """ "Did those have it?" after cases like this one: what really came of them."""
    alike = bool(memory.asks) and memory.asks[0].kind in ("similar", "influence")
    return _again([Ask("label")]) if alike and OUTCOME_OF_THOSE.search(structure.text()) else None


def _styled(structure, kinds, memory, domain):
    """ "Show some", "what is typical of them", "how many?" after the model's mistakes."""
    if not memory.asks or memory.asks[0].kind != "mistakes":
        return None
    text = structure.text()
    style = next((name for name, form in (("typical", TYPICAL), ("count", COUNTED), ("sample", SAMPLE)) if form.search(text)), None)
    return _again([Ask("mistakes", {"style": style})]) if style and style != memory.asks[0].get("style") else None


REST = re.compile(rf"{_LEAD}(?:for |with |about )?the (?:others|rest|other ones|other GROUP|remaining(?: ones| GROUP)?)(?: of them)?{_END}")
NARROWED = re.compile(rf"{_LEAD}(?:only|just) (?:for |with )?(?:(?:those|the ones|GROUP|the GROUP|them|those of them) )?(?:who (?:are |have )?|with )?"
                      rf"(?:the )?COND(?: (?:and|or) COND)*(?: (?:GROUP|ones))?{_END}")


def _rest(structure, kinds, memory, domain):
    """ "And the others?": the same of those that the last condition left out."""
    where = memory.subject.where
    if where is None or not memory.asks or not REST.search(structure.text()):
        return None
    parts = list(where["and"]) if "and" in where else [where]
    turned = parts[-1]["not"] if "not" in parts[-1] else {"not": parts[-1]}
    return _again([Ask("again")], Subject(where={"and": [*parts[:-1], turned]} if parts[:-1] else turned))


def _narrowed(structure, kinds, memory, domain):
    """ "Only those over 40": the same of fewer."""
    wheres = structure.wheres()
    if not memory.asks or memory.subject.where is None or not wheres or not NARROWED.search(structure.text()):
        return None
    where = condition(wheres, structure.row)
    return _again(memory.asks, Subject(where=where, previous=True))


def _measured(structure, kinds, memory, domain):
    """ "And for how many months?" after the most or least that was possible: the same of what is measured so."""
    last = memory.asks[0] if memory.asks else None
    if last is None or last.kind not in ("threshold", "keep", "statistic") or not MEASURE.search(structure.text()):
        return None
    names = features(structure, 0, len(structure.tagged.tokens)) or _of_measure(structure, domain)
    return _again([replace(last, options={**last.options, "features": names})]) if names and names != last.features else None


def _of_measure(structure, domain):
    """ "How long?", "how many months?": the number feature in such a unit, where there is only one."""
    words = set(structure.words().split())
    unit = {"long": ("month", "months"), "old": ("year", "years")}
    wanted = {word for said, units in unit.items() if said in words for word in units} | words
    if "old" in words:
        return [name for name in (age(domain),) if name]
    fits = [f.name for f in domain.features.values() if f.type == "number" and f.unit and f.unit.lower() in wanted]
    return fits if len(fits) == 1 else []


_STATING = re.compile(
    r"^(?:no |but |sorry |actually |well |oh |wrong |hm |, )*(?:i am|i have|i do|i was|i only|i earn|i own|my|he|she|it|its|this|that|we|should|the real)\b"
)
_ASKS = re.compile(r"\?$|\b(?:if|what|why|how|would|could|suppose|did|does|when|which|me|should i|can)\b")


def _corrected(structure, kinds, memory, domain):
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
    numbers = [item.value for item in structure.row if item.letter == "N" and not item.value.ordinal]
    feature = domain.features[name]
    if len(numbers) != 1:
        return None
    if feature.type == "number":
        return Change(name, "to", numbers[0].value)
    code = feature.code(numbers[0].value)
    return None if code is None else Change(name, "to", int(code) if str(code).isdigit() else code)


_NOT = re.compile(r"\b(?:NUM|COND|CHANGE|CASE|VALUE) (?:\w+ )?,? ?(?:and |, )?(?:not|instead of|rather than) (?:\w+ )?(?:NUM|CASE|VALUE|COND)\b")


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
