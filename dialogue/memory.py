"""What was said before: fills what a question leaves out, and keeps what the next one may lean on."""
from dataclasses import replace

from dialogue.languages import languages
from dialogue.limits import LIMITS, aimed, limited, others
from dialogue.operations import operations
from dialogue.revision import revised, revision
from dialogue.types import LEVELS
from explainers.errors import InputProblem
from explainers.types import Ask, Subject

FEATURES, SUBJECTS = 4, 3         # how many of those named before are kept
ANEW = ("again", "more", "revise", "level", "language", "term", "define")    # each time another thing: no fuller answer
AGAIN = ("again", "more")         # what was asked is asked once more; the answer to a repeated question is fuller


def resolve(query, memory):
    """The Query with `previous`, `again`, `more` and the case at hand filled in: what is to be computed.

    Raises InputProblem("no_case") where a case is needed and none is chosen.
    """
    if query.status != "understood":
        return query
    if revision(query) is not None:
        memory = revised(memory, query)
        query = replace(query, subject=Subject(previous=True), changes=())
        query = replace(query, asks=(revision(query), *memory.asks))
    if [ask.kind for ask in query.asks] == ["level"] and memory.asks:
        query = replace(query, subject=Subject(previous=True), asks=(*query.asks, *memory.asks))
    query = _about_last(query, memory)
    if any(ask.kind == "more" for ask in query.asks) and memory.asks and not _named(query.subject):
        query = replace(query, subject=replace(query.subject, previous=True))
    asks = tuple(done for ask in query.asks for done in (_repeated(ask, memory) if ask.kind in AGAIN else (ask,)))
    previous = query.subject.previous
    subject = _subject(query.subject, memory, asks)
    changes = query.changes
    if previous and not _named(query.subject):
        changes = _merged(memory.changes, changes)
    goes_on = previous and not query.changes and not _named(query.subject)
    more = (lambda ask: ask) if revision(query) is not None else (lambda ask: others(ask, memory))
    asks = tuple(aimed(more(ask), memory) if goes_on and ask in query.asks else ask for ask in asks)
    asks = asks if _another(subject, memory) else tuple(limited(ask, memory) for ask in asks)
    asks = _put_right(asks, query.changes)
    level = level_in_force(memory.level, asks, memory.asked)
    asks = tuple(_operation(ask).at_level(ask, level) if hasattr(_operation(ask), "at_level") else ask for ask in asks)
    return replace(query, subject=subject, changes=changes, asks=asks)


def _another(subject, memory):
    """Is it another case than the one at hand? What was ruled out for that one does not hold for this one."""
    return subject.case is not None and memory.case is not None and subject.case != memory.case


def _put_right(asks, changes):
    """What is on record cannot be changed here, but what the model says with the right value can be told."""
    wanted = changes and [ask.kind for ask in asks] == ["correct"]
    return (*asks, Ask("prediction")) if wanted else asks


def level_in_force(level, asks, asked):
    """The level; one that the asks themselves want holds at once, and `more` is told one level up (the second in a row two).

    asked: kinds asked so far, without these asks.
    """
    wanted = [ask.get("to") for ask in asks if ask.kind == "level"]
    if wanted and wanted[-1]:
        return wanted[-1]
    if len(asks) > 1 and asks[0].kind == "more":
        up = 2 if "more" in asked[-len(asks):] else 1
        return LEVELS[min(LEVELS.index(level) + up, len(LEVELS) - 1)]
    return level


def _operation(ask):
    return operations().get(ask.kind)


def _about_last(query, memory):
    """Kinds about what was asked last are told what that was, and are about the same case or group."""
    if not query.asks or not all(getattr(_operation(ask), "ABOUT_LAST", False) for ask in query.asks):
        return query
    kinds = list(dict.fromkeys(ask.kind for ask in memory.asks))
    last = {name: ask.get(name) for ask in memory.asks for name in ("foil", "method") if ask.get(name)}
    asks = tuple(replace(ask, options={**ask.options, **last, "of": kinds}) for ask in query.asks) if kinds else query.asks
    previous = bool(kinds) and not _named(query.subject)
    return replace(query, subject=replace(query.subject, previous=previous or query.subject.previous), asks=asks)


def _repeated(ask, memory):
    """What was asked last; `more` stays before it, as its answer is to be fuller."""
    return (ask, *memory.asks) if ask.kind == "more" else memory.asks or (Ask("prediction"),)


def _named(subject):
    return subject.case is not None or subject.where is not None or subject.new is not None or subject.everyone


def _subject(subject, memory, asks):
    """About whom, with nothing left open; a condition on those just spoken of narrows them."""
    if subject.previous:
        return _narrowed(memory.subject, subject, memory.case)
    if _named(subject):
        return subject
    about = {operations()[ask.kind].ABOUT for ask in asks if ask.kind in operations()}
    if "case" in about:
        case = memory.case if memory.case is not None else memory.subject.case
        if case is None and memory.subject.new is None:
            raise InputProblem("no_case")
        return Subject(case=case) if case is not None else memory.subject
    return Subject(everyone=True) if "model" in about else Subject()


def _narrowed(last, subject, case):
    if not _named(last):
        last = Subject(case=case) if case is not None else Subject(everyone=True)
    if subject.case is not None or subject.new is not None:
        return replace(subject, previous=False)
    if subject.where is not None:
        where = {"and": [last.where, subject.where]} if last.where is not None else subject.where
        return Subject(where=where)
    return last


def _merged(old, new):
    """Earlier changes, each replaced by a newer one of the same feature that sets a value."""
    replaced = {change.feature for change in new if change.how == "to"}
    return tuple(change for change in old if change.feature not in replaced) + tuple(new)


def remember(memory, query, evidence):
    """The memory after this turn; a question that was not understood changes nothing but the turn and what was offered."""
    memory = replace(memory, turn=memory.turn + 1, offered=query.choices if query.status == "choose" else ())
    for ask in query.asks:
        if ask.kind in ("level", "language") and ask.get("to") in (*LEVELS, *languages()):
            memory = replace(memory, **{ask.kind: ask.get("to")})
    if query.status == "understood" and revision(query) is not None:
        memory = revised(memory, query) if revision(query).get("drop") in ("all", "limits") else memory
        memory = replace(memory, changes=query.changes) if memory.asks else memory
    if query.status != "understood":
        return memory
    memory = replace(memory, features=features_named(memory, query))
    asks = tuple(ask for ask in query.asks if getattr(operations().get(ask.kind), "ABOUT", "talk") != "talk")
    if not evidence:
        memory = _told(memory, query)
        kept = asks or tuple(ask for ask in query.asks if getattr(operations().get(ask.kind), "LEANED_ON", False))
        return replace(memory, asks=kept) if kept else memory  # a definition, or what failed for want of a case or a value
    memory = replace(memory, asked=(memory.asked + tuple(ask.kind for ask in query.asks))[-50:])
    if _another(query.subject, memory):
        memory = replace(memory, options=(), limits=None)
    if asks:
        memory = replace(memory, asks=asks, subject=query.subject, changes=query.changes,
                         case=query.subject.case or memory.case, before=spoken_before(memory, query.subject))
    return _with_options(memory, asks, evidence)


def features_named(memory, query):
    """Features named in the talk, those of this turn last."""
    named = [name for ask in query.asks for name in ask.features] + [change.feature for change in query.changes]
    named = list(dict.fromkeys(named))
    return tuple([name for name in memory.features if name not in named] + named)[-FEATURES:]


def spoken_before(memory, subject):
    """Those spoken of before, each once, the latest last."""
    last = memory.subject
    if last == subject or not _named(last):
        return memory.before
    return tuple([one for one in memory.before if one != last] + [last])[-SUBJECTS:]


def _told(memory, query):
    """Questions about rights, help and the like need no evidence; asked again, they are answered more fully as well."""
    told = tuple(ask.kind for ask in query.asks if ask.kind not in ANEW and getattr(_operation(ask), "ABOUT", None) == "talk")
    return replace(memory, asked=(memory.asked + told)[-50:])


def _with_options(memory, asks, evidence):
    for ask, found in zip(asks, (e for e in evidence if e.kind == "counterfactual")):
        if ask.kind == "counterfactual":
            limits = {key: ask.options[key] for key in LIMITS if ask.options.get(key)}
            options = tuple(option["changes"] for option in found.result["options"])
            memory = replace(memory, options=options, limits=limits or None)
    return memory
