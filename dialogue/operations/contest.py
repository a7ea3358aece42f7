"""I disagree: what can be done? Where values are named ("but I always paid on time"), what is on record is told."""
from dialogue.phrasing.trace import traced

ABOUT = "talk"
OPTIONS = ("features",)


def talk_facts(ask, domain, memory):
    """The values on record of the features named, for the case at hand."""
    case = memory.case if memory.case is not None else memory.subject.case
    if case is None:
        return {"on_record": []}
    values = domain.values(domain.case(case))
    names = [str(name) for name in ask.get("features") or [] if str(name) in values]
    return {"on_record": [traced({"feature": name, "value": values[name]}, f"cases.{case}.{name}") for name in names]}


def suggestions(evidence, domain):
    return [("why", {}), ("correct", {}), ("human_review", {}), ("rights", {}), ("letter", {})]
