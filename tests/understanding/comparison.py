"""When is a parsed Query right? The rules of README.md as code.

    for turn, memory in walk(entry, domain):
        verdict = judge(understand(Question(turn["text"]), memory, domain), turn, memory, domain)
"""
from dataclasses import dataclass, replace

from dialogue.memory import features_named, resolve, spoken_before
from dialogue.types import Memory
from explainers.conditions import COMPARE
from explainers.errors import InputProblem
from explainers.types import Query, Subject

TALK = {"help", "about", "term", "method", "more", "revise", "level", "language", "greet", "thanks", "bye"}
PERSON = {"contest", "correct", "human_review", "rights", "letter"}
ABOUT_A_CASE = {"prediction", "likelihood", "why", "role", "path", "counterfactual", "threshold", "keep", "similar",
                "influence", "anchor"}
NOT_ANSWERED = {"unclear", "unsupported"}
OPPOSITE = {"=": "!=", "==": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
TOGETHER = {"boundary", "interactions"}
LIMITS = ("without", "only", "at_most", "limits")


@dataclass(frozen=True)
class Verdict:
    """kind: status and set of kinds are right; full: all of it; false_answer: answered what should not be."""
    kind: bool
    full: bool
    false_answer: bool


def walk(entry, domain):
    """(turn, memory before it) of an entry; the memory is what the gold turns so far leave."""
    memory = Memory(case=domain.cases.index[0])
    for turn in entry.get("turns", [entry]):
        yield turn, memory
        memory = advance(memory, Query.from_json(turn["query"]), turn.get("options"))


def judge(query, turn, memory, domain):
    """Verdict on `query`, a Query as parsed, for one turn of an entry."""
    right = [Query.from_json(reading) for reading in (turn["query"], *turn.get("accept", ()))]
    answered = query.status in ("understood", "social")
    return Verdict(
        kind=any(_same_kind(query, gold, memory) for gold in right),
        full=any(same(query, gold, memory, domain) for gold in right),
        false_answer=answered and all(gold.status in NOT_ANSWERED | {"choose"} for gold in right))


def same(query, gold, memory, domain):
    """Do both mean the same, as parsed or as resolved?"""
    query = _named_only(query, gold)
    if _answered(gold) != _answered(query):
        return False
    if gold.status == "choose":
        return not gold.choices or _same_choices(query, gold, memory, domain)
    if gold.status in NOT_ANSWERED:
        return True
    try:
        return (canonical(query, domain) == canonical(gold, domain)
                or canonical(resolved(query, memory), domain) == canonical(resolved(gold, memory), domain))
    except InputProblem:
        return False


def _answered(query):
    return "understood" if query.status == "social" else "refused" if query.status in NOT_ANSWERED else query.status


def _named_only(query, gold):
    """A kind that is understood but not there yet comes as `unsupported` with its name: understood all the same."""
    if query.status == "unsupported" and query.asks and _answered(gold) == "understood":
        return replace(query, status="understood")
    return query


def _kinds(query, memory):
    kinds = {ask.kind for ask in query.asks}
    return kinds - {"again"} | ({ask.kind for ask in memory.asks} or {"prediction"} if "again" in kinds else set())


def _same_kind(query, gold, memory):
    query = _named_only(query, gold)
    if _answered(query) != _answered(gold):
        return False
    return _answered(gold) != "understood" or _kinds(query, memory) == _kinds(gold, memory)


def _same_choices(query, gold, memory, domain):
    """Two of the readings wanted are offered: the same Query, or one about the same features where it names any."""
    found = [any(_features(choice.query) == _features(wanted.query) != set()
                 or same(choice.query, wanted.query, memory, domain) for choice in query.choices)
             for wanted in gold.choices]
    return sum(found) >= 2


def _features(query):
    return {name for ask in query.asks for name in ask.get("features") or ()} | {c.feature for c in query.changes}


def resolved(query, memory):
    """`resolve`, with the case at hand for every kind that is about one."""
    try:
        query = resolve(query, memory)
    except InputProblem:
        return query
    if query.subject == Subject() and ABOUT_A_CASE & {ask.kind for ask in query.asks}:
        query = replace(query, subject=Subject(case=memory.case))
    return query


def advance(memory, gold, options=None):
    """The memory after a gold turn: what was understood, without its evidence."""
    memory = replace(memory, turn=memory.turn + 1)
    revised = [ask for ask in gold.asks if ask.kind == "revise"]
    if revised:
        drop = revised[0].get("drop")
        kept = [c for c in memory.changes if isinstance(drop, (list, tuple)) and c.feature not in drop]
        memory = replace(memory, changes=tuple(memory.changes[:-1] if drop == "last" else kept))
    asks = [ask for ask in gold.asks if ask.kind not in TALK]
    if gold.status != "understood" or not asks:
        return memory
    done = resolved(replace(gold, asks=tuple(asks)), memory)
    limits = [{key: ask.options[key] for key in LIMITS if ask.options.get(key)}
              for ask in done.asks if ask.kind == "counterfactual"]
    memory = replace(memory, features=features_named(memory, done), before=spoken_before(memory, done.subject))
    return replace(memory, asks=done.asks, subject=done.subject, changes=done.changes,
                   case=done.subject.case or memory.case, limits=(limits[-1] or None) if limits else memory.limits,
                   options=tuple(options) if options else memory.options)


def canonical(query, domain):
    """A form in which equal meanings are equal; raises InputProblem where a name or value does not exist."""
    kinds = {ask.kind for ask in query.asks}
    subject = query.subject
    everyone = subject.everyone and bool(kinds & ABOUT_A_CASE)
    return (
        query.status == "choose", subject.case, subject.previous, everyone,
        None if subject.where is None else _condition(subject.where, domain),
        frozenset((name, _value(name, value, domain)) for name, value in (subject.new or {}).items()),
        frozenset(_change(change, domain) for change in query.changes),
        frozenset(_ask(single, domain) for ask in query.asks for single in _singly(ask)))


def _singly(ask):
    """One ask a feature, except where the features belong together."""
    features = ask.get("features") or ()
    if len(features) < 2 or ask.kind in TOGETHER:
        return [ask]
    return [replace(ask, options={**ask.options, "features": [feature]}) for feature in features]


def _value(name, value, domain):
    raw = domain.feature(name).read(value)
    return float(raw) if isinstance(raw, (int, float)) else str(raw)


def _change(change, domain):
    if change.how == "to":
        return change.feature, "to", _value(change.feature, change.value, domain)
    domain.feature(change.feature)
    return change.feature, change.how, float(f"{float(change.value):.3g}")


def _condition(condition, domain):
    for join in ("and", "or"):
        if join in condition:
            return _joined(join, [_condition(part, domain) for part in condition[join]])
    if "not" in condition:
        turned = _opposite(condition["not"])
        return ("not", _condition(turned["not"], domain)) if "not" in turned else _condition(turned, domain)
    if "feature" not in condition:
        (key, outcome), = condition.items()
        return key, str(outcome)
    feature, how = domain.feature(condition["feature"]), condition["is"]
    if feature.type != "number":
        return feature.name, "in", _codes(feature, how, condition["value"])
    value = _value(feature.name, condition["value"], domain)
    if feature.whole and how in ("<", ">"):
        value, how = value + (1 if how == ">" else -1), how + "="
    return feature.name, how.replace("==", "="), value


def _codes(feature, how, value):
    """The codes of a category or yes/no feature that meet a comparison: "not owned" is "rented or free"."""
    codes = list(feature.codes.values())
    wanted = codes.index(feature.read(value))
    return frozenset(code for place, code in enumerate(codes) if COMPARE[how](place, wanted))


def _joined(join, parts):
    """Joins inside the same join are dissolved, codes of one feature taken together."""
    flat = [inner for part in parts for inner in (part[1] if part[0] == join else [part])]
    codes, others = {}, []
    for part in flat:
        if len(part) == 3 and part[1] == "in":
            known = codes.get(part[0], part[2])
            codes[part[0]] = known | part[2] if join == "or" else known & part[2]
        else:
            others.append(part)
    found = frozenset(others) | {(name, "in", met) for name, met in codes.items()}
    return next(iter(found)) if len(found) == 1 else (join, found)


def _opposite(condition):
    """The condition turned round, without `not` around anything but an outcome."""
    for join, other in (("and", "or"), ("or", "and")):
        if join in condition:
            return {other: [_opposite(part) for part in condition[join]]}
    if "not" in condition:
        return condition["not"]
    if "feature" in condition:
        return {**condition, "is": OPPOSITE[condition["is"]]}
    return {"not": condition}


def _ask(ask, domain):
    if ask.kind == "revise":
        return ask.kind
    options = dict(ask.options)
    options.pop("presumed", None)    # what a question takes for given: said for the answer, no other question
    parts = []
    if options.get("target") and domain.regression is False:
        best = domain.favourable or "0"
        target = {key: value for key, value in options.pop("target").items() if (key, str(value)) != ("outcome", best)}
        parts += [("target", key, str(value)) for key, value in target.items() if value is not None]
    for key, value in options.items():
        if key == "limits":
            parts.append((key, frozenset(_condition(limit, domain) for limit in value)))
        elif isinstance(value, (list, tuple)):
            value = [str(item) if isinstance(item, (list, dict)) else item for item in value]
            parts.append((key, tuple(value) if ask.kind == "boundary" else frozenset(value)))
        elif isinstance(value, dict):
            parts.append((key, frozenset((k, str(v)) for k, v in value.items())))
        elif value is not None:
            parts.append((key, "".join(letter for letter in str(value).lower() if letter.isalnum())))
    return ask.kind, frozenset(parts)
