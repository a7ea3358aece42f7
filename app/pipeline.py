"""The way of a question: understand, explain, phrase, record. Every front end goes through here."""
import time
from dataclasses import dataclass, replace

from dialogue.memory import remember, resolve
from dialogue.phrasing import phrase, phrase_problem
from dialogue.types import Answer, Memory, Question
from dialogue.understanding import understand
from explainers.errors import Problem
from explainers.explain import explain
from explainers.types import Query


@dataclass(frozen=True)
class Turn:
    """One question with everything that came of it; `memory` is what the next question starts from."""
    question: Question
    parsed: Query
    query: Query
    evidence: tuple
    answer: Answer
    memory: Memory
    milliseconds: float
    record: str | None = None


def respond(text, memory, workspace, session="", store=None):
    """Answer one question; with a `store` (app/records.py) the turn is recorded and carries its record id."""
    started = time.perf_counter()
    question = Question(text, memory.language, memory.level, session, memory.turn + 1)
    parsed = understand(question, memory, workspace.domain)
    turn = compute(question, parsed, memory, workspace)
    turn = replace(turn, milliseconds=round(1000 * (time.perf_counter() - started), 1))
    return store.keep(turn, memory, workspace) if store else turn


def compute(question, parsed, memory, workspace):
    """The steps after understanding; also what a picked choice, the what-if panel and a replay go through."""
    query, evidence = parsed, ()
    try:
        query = resolve(parsed, memory)
        evidence = explain(query, workspace)
        answer = phrase(question, query, evidence, workspace.domain, memory)
    except Problem as problem:
        answer = phrase_problem(problem, question, workspace.domain, memory)
    return Turn(question, parsed, query, evidence, answer, remember(memory, query, evidence), 0.0)
