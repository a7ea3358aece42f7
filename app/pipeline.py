"""The way of a question: understand, explain, phrase, record. Every front end goes through here."""
import time
from dataclasses import dataclass, replace

from dialogue.memory import remember, resolve
from dialogue.phrasing import phrase, phrase_problem
from dialogue.phrasing.attachments import completed
from dialogue.spoken import spoken_language
from dialogue.types import Answer, Memory, Question
from dialogue.understanding import understand
from explainers.errors import InputProblem, Problem
from explainers.explain import explain
from explainers.types import Query

LONGEST = 2000      # characters of one question


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


def respond(text, memory, workspace, session="", store=None, picked=None):
    """Answer one question; with a `store` (app/records.py) the turn is recorded and carries its record id.

    picked: a Query that need not be read from the text: a choice that was clicked, a panel's settings, a replay.
    """
    started = time.perf_counter()
    if picked is None:
        memory = replace(memory, language=spoken_language(text, memory.language))
    question = Question(text, memory.language, memory.level, session, memory.turn + 1)
    workspace = workspace.speaking(memory.language)
    try:
        check(text)
        parsed = picked or understand(question, memory, workspace.domain)
        turn = compute(question, parsed, memory, workspace)
    except Problem as problem:
        turn = _failed(problem, question, picked or Query("unclear"), None, memory, workspace)
    turn = replace(turn, milliseconds=round(1000 * (time.perf_counter() - started), 1))
    return store.keep(turn, memory, workspace) if store else replace(turn, answer=completed(turn.answer))


def check(text):
    """Raises InputProblem where there is nothing to read, or more than one question can be."""
    if not text.strip():
        raise InputProblem("empty_question")
    if len(text) > LONGEST:
        raise InputProblem("question_too_long", length=len(text), longest=LONGEST)


def compute(question, parsed, memory, workspace):
    """The steps after understanding; nothing is recorded, so a live what-if panel can call it as well."""
    query, evidence = parsed, ()
    try:
        query = resolve(parsed, memory)
        evidence = explain(query, workspace)
        answer = phrase(question, query, evidence, workspace.domain, memory)
    except Problem as problem:
        return _failed(problem, question, parsed, query, memory, workspace)
    return Turn(question, parsed, query, evidence, answer, remember(memory, query, evidence), 0.0)


def _failed(problem, question, parsed, query, memory, workspace):
    answer = phrase_problem(problem, question, workspace.domain, memory)
    query = query or parsed
    return Turn(question, parsed, query, (), answer, remember(memory, query, ()), 0.0)
