"""Takes back, or puts right, what was said before; `dialogue/memory.py` then asks the last question once more."""
from dialogue.phrasing.trace import traced
from explainers.explain import changed

ABOUT = "talk"
OPTIONS = ("drop", "put")
LIMITS = ("without", "only", "at_most", "limits", "unlike")


def query_facts(query, domain, memory):
    """What is back as it was, what stays changed and what is newly so, with the values of the case at hand; and whether
    anything is still ruled out."""
    before, now = {c.feature: c for c in memory.changes}, {c.feature: c for c in query.changes}
    own, then = _values(query, domain, memory)
    entry = lambda name, values: traced({"feature": name, "value": values[name]}, f"values.{name}")
    names = {name: name for name in (*before, *now)}
    return {
        "back": [entry(name, own) for name in names if name not in now and own],
        "stays": [entry(name, then) for name in now if before.get(name) == now[name] and then],
        "newly": [entry(name, then) for name in now if before.get(name) != now[name] and then],
        "freed": bool(memory.limits) and not _limits(query), "ruled_out": bool(memory.limits) and bool(_limits(query)),
    }


def _values(query, domain, memory):
    """(the values of the one at hand, the same under the changes in force); ({}, {}) for a group."""
    case = memory.subject.case if memory.subject.case is not None else memory.case
    if memory.subject.new is not None:
        rows = domain.rows([memory.subject.new])
    elif case is not None and memory.subject.where is None:
        rows = domain.case(case)
    else:
        return {}, {}
    return domain.values(rows), domain.values(changed(rows, query.changes, domain))


def _limits(query):
    return [name for ask in query.asks if ask.kind == "counterfactual" for name in LIMITS if ask.get(name)]


def suggestions(evidence, domain):
    return [("prediction", {}), ("why", {})]
