"""Evidence -> what is said about it, the short way for tests."""
from dialogue.phrasing import phrase_traced
from dialogue.types import Memory, Question
from explainers.types import Ask, Query, Subject


def say(evidence, domain, level="plain", turn=1, repeated=False, ask=None, language="en"):
    """(Answer, trace) for one Evidence."""
    query = Query(subject=Subject(case="3"), asks=(ask or Ask(evidence.kind),))
    memory = Memory(case="3", level=level, language=language, asked=(evidence.kind,) if repeated else ())
    return phrase_traced(Question("?", language, level, turn=turn), query, (evidence,), domain, memory)
