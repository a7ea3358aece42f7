"""Fragments that take what was asked before over, with a part of their own in its place: "and in general?", "show some",
"and for how many months?", "and both", "the other way round", "it should be 2"."""

import re
from dataclasses import replace

from dialogue.understanding.asks.options import features
from dialogue.understanding.talk.amounts import age
from dialogue.understanding.talk.pointed import last_features
from explainers.types import Ask, Query, Subject

LEAD = r"^(?:(?:and|but|or|so|ok|okay|now|then|yes|no|well|what about|how about|what|how|also|please) )*"
END = r"(?: please| then| now| though| too| as well)*(?: [?.!])*$"
GENERAL = re.compile(
    rf"{LEAD}(?:is that (?:also |so )?)?(?:in general|generally|overall|on the whole|in (?:total|all)"
    rf"|for (?:everyone|everybody|all(?: (?:of them|GROUP|the GROUP|cases))?)|on average|as a whole|across the board){END}"
)
MINE = re.compile(
    rf"{LEAD}(?:(?:go |come |now |let us go )*(?:back|return) )?(?:(?:for|in|with|about|on|to) )?(?:me|mine|myself|my"
    rf" (?:own )?(?:GROUP|case|application|situation|result|file|loan|own)"
    rf"|(?:this|that) (?:GROUP|one|case)|in my case|myself){END}"
)
TURNED = re.compile(rf"{LEAD}(?:(?:is it |the )?(?:other|opposite) way (?:a?round|about)|vice versa|conversely|the (?:opposite|reverse)"
                    rf"|reversed|in reverse|if it (?:is|was|were) the (?:other way round|opposite)){END}")
MEASURE = re.compile(rf"{LEAD}(?:(?:for|over|with|at) )?how (?:many|much|long|old|high|low|big|large)(?: (?:FEATURE|\w+))?{END}")
TYPICAL = re.compile(rf"{LEAD}(?:is )?(?:there )?(?:anything |something )?(?:typical|common|usual|the pattern)\b.{{0,30}}$")
SAMPLE = re.compile(rf"{LEAD}(?:can you |could you )?(?:(?:show|give|list|name|see) (?:me )?)?(?:some|a few|a couple"
    rf"|examples?|an example|one|which ones?"
                    rf"|them|which)(?: (?:examples?|of (?:them|these|those)|for example))?{END}")
COUNTED = re.compile(rf"{LEAD}how many(?: (?:are|were) (?:there|they|those|these|it)| of them)?{END}")
OF_ONE = {"prediction", "likelihood", "why", "role", "path", "counterfactual", "threshold", "keep", "similar", "influence", "anchor",
          "label", "robustness", "boundary"}
OF_ALL = {"importance", "effect", "interactions", "statistic", "count", "performance", "mistakes", "fairness", "rules", "data", "define"}


def again(asks, subject=Subject(previous=True), changes=()):
    return Query(subject=subject, changes=tuple(changes), asks=tuple(asks))


def general(structure, kinds, memory, domain):
    """ "And in general?" after something about one case: what holds of the model; after a group: the same of everyone."""
    if not memory.asks or not GENERAL.search(structure.text()):
        return None
    last = memory.asks[0]
    if last.kind in ("role", "why", "path", "anchor"):
        names = last_features(memory)
        top = {"top": last.get("top")} if last.get("top") and not names else {}
        return again([Ask("importance", {"features": names} if names else top)], Subject(everyone=True))
    if last.kind in OF_ONE - {"prediction", "likelihood", "label"}:
        return None
    return again([Ask("again")], Subject(everyone=True))


def mine(structure, kinds, memory, domain):
    """ "And for my case?" after something about the model or others: what holds of the case at hand."""
    if not memory.asks or memory.case is None and memory.own is None or not MINE.search(structure.text()):
        return None
    last, names = memory.asks[0], last_features(memory)
    subject = Subject(case=memory.own) if memory.own not in (None, memory.case) else Subject()
    if last.kind not in OF_ALL:
        return again([Ask("again")], subject if subject.case or memory.subject.case is None else Subject(case=memory.case))
    if last.kind in ("importance", "effect", "interactions", "fairness") and names:
        ask = Ask("role", {"features": names})
    elif last.kind in ("statistic", "define", "data"):
        ask = Ask("show")
    else:
        top = {"top": last.get("top")} if last.get("top") else {}
        ask = Ask("why", top) if last.kind in ("importance", "rules", "interactions") else Ask("prediction")
    return again([ask], subject)


def turned(structure, kinds, memory, domain):
    """ "And the other way round?": the changes undone and done the other way, prediction and truth exchanged, the other outcome."""
    if not memory.asks or not TURNED.search(structure.text()):
        return None
    changes = [_reverse(change, domain) for change in memory.changes]
    if changes and all(changes):
        return again(memory.asks, changes=changes)
    where = memory.subject.where
    if where is not None:
        swapped = _swapped(where)
        return again([Ask("again")], Subject(where=swapped if swapped != where else {"not": where}))
    last = memory.asks[0]
    if last.kind == "counterfactual" and len(domain.outcomes) == 2:
        goal = last.get("target") or {}
        wanted = str(goal.get("outcome") or domain.favourable or next(iter(domain.outcomes)))
        return again([Ask("counterfactual", {"target": {"outcome": next(code for code in map(str, domain.outcomes) if code != wanted)}})])
    if last.kind in ("effect", "role", "importance", "interactions") and len(last.features) > 1:
        return again([replace(last, options={**last.options, "features": last.features[::-1]})])
    return Query(status="unclear")


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


OUTCOME_OF_THOSE = re.compile(rf"{LEAD}(?:did|do|does|have|had|were|are|was|is) (?:they|those|these|the others|them|GROUP"
    rf"|the other GROUP)(?: \w+){{0,3}} (?:OUTCOME|TARGET){END}"
                              rf"|{LEAD}(?:what|how)?(?: (?:happened|became|came|did|happen))* (?:to|of|with) (?:them|those"
                              rf"|these|GROUP){END}")


def come_of_those(structure, kinds, memory, domain):
    """ "Did those have it?" after cases like this one: what really came of them."""
    alike = bool(memory.asks) and memory.asks[0].kind in ("similar", "influence")
    text = structure.text()
    told = OUTCOME_OF_THOSE.search(text)
    told = told or kinds == {"prediction"} and re.search(rf"{LEAD}(?:did|were|have|had) (?:they|those|these|GROUP)\b", text)
    return again([Ask("label")]) if alike and told else None


def styled(structure, kinds, memory, domain):
    """ "Show some", "what is typical of them", "how many?" after the model's mistakes."""
    if not memory.asks or memory.asks[0].kind != "mistakes":
        return None
    text = structure.text()
    style = next((name for name, form in (("typical", TYPICAL), ("count", COUNTED), ("sample", SAMPLE)) if form.search(text)), None)
    return again([Ask("mistakes", {"style": style})]) if style else None


def measured(structure, kinds, memory, domain):
    """ "And for how many months?" after the most or least that was possible: the same of what is measured so."""
    last = memory.asks[0] if memory.asks else None
    if last is None or last.kind not in ("threshold", "keep", "statistic") or not MEASURE.search(structure.text()):
        return None
    names = features(structure, 0, len(structure.tagged.tokens)) or _of_measure(structure, domain)
    return again([replace(last, options={**last.options, "features": names})]) if names and names != last.features else None


def _of_measure(structure, domain):
    """ "How long?", "how many months?": the number feature in such a unit, where there is only one."""
    words = set(structure.words().split())
    unit = {"long": ("month", "months"), "old": ("year", "years")}
    wanted = {word for said, units in unit.items() if said in words for word in units} | words
    if "old" in words:
        return [name for name in (age(domain),) if name]
    fits = [f.name for f in domain.features.values() if f.type == "number" and f.unit and f.unit.lower() in wanted]
    return fits if len(fits) == 1 else []


COMPARED = re.compile(
    rf"{LEAD}(?:which|what)(?: one)?(?: of (?:them|these|those|both|the|these two|those two))*(?: (?:NUM|two|both"
    rf"|one))?(?: (?:is|was|did|does))?"
    rf"(?: the)? (?:more|most|bigger|stronger|counted|counts|count|matter|matters|mattered|weighs|weighed)"
    rf"(?: (?:more|most|important|matter|count|one|influence|for \w+|here))*{END}"
)


def compared(structure, kinds, memory, domain):
    """ "Which of them counted more?": the two features named last, against each other."""
    names = memory.features[-2:]
    if len(names) < 2 or not memory.asks or not memory.asks[0].features or not COMPARED.search(structure.text()):
        return None
    kind = memory.asks[0].kind if memory.asks[0].kind in ("importance", "role") else "role"
    return again([Ask(kind, {"features": list(names)})])


ACTING = re.compile(rf"{LEAD}(?:how )?(?:does|do|did|would) (?:it|this|that|they|those) (?:act|behave|affect|influence|impact"
    rf"|drive|move)\b.{{0,40}}$")


def acting(structure, kinds, memory, domain):
    """ "How does it act?" after a feature: its effect, not how the model works."""
    names = memory.asks[0].features if memory.asks else []
    if not names or features(structure, 0, len(structure.tagged.tokens)) or not ACTING.search(structure.text()):
        return None
    return Query(asks=(Ask("effect", {"features": list(names)}),)) if "how" in structure.text() else None


WITH_THAT = re.compile(
    rf"{LEAD}(?:would|will|does|did|could) (?:that|this|it|they) (?:\w+ )?(?:change|help|alter|flip|matter|improve"
    rf"|make a difference|be enough)"
    rf"(?: (?:the|my|his|her|it|that|this|anything|something|things|much|a lot|OUTCOME|TARGET|result|outcome|answer|score"
    rf"|decision|prediction))*{END}"
    rf"|{LEAD}(?:would|will|does|did) (?:that|this|it) change{END}"
)


def with_that(structure, kinds, memory, domain):
    """ "Would that change the result?" after a change was named: what the model says with it."""
    return again([Ask("prediction")]) if memory.changes and WITH_THAT.search(structure.text()) else None


BACK = re.compile(r"^(?:and |but |so |or |now )*(?:without|not|no) .{3,40} changes?(?: after all)?(?: [?.!])*$")


def taken_back(structure, kinds, memory, domain):
    """ "Without the glucose change": one of the changes in force is taken back."""
    named = {name for _, names in structure.mentions for name in names} | {s.options[0] for s, _ in structure.statements}
    names = [change.feature for change in memory.changes if change.feature in named]
    return Query(asks=(Ask("revise", {"drop": names}),)) if names and BACK.search(structure.words()) else None
