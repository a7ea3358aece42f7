"""Every answer with all that it came from, so that it can be looked up, checked and computed again."""
import hashlib
import json
import secrets
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from app.database import Database, now
from dialogue.phrasing.attachments import completed
from dialogue.types import Memory, Question
from explainers.domain import DATA
from explainers.errors import InputProblem
from explainers.types import Query

ROOT = Path(__file__).resolve().parent.parent
ANSWERING = ("explainers", "dialogue", "app/pipeline.py")
LETTERS = "bcdfghjkmnpqrstvwxz"     # no vowels: no words; no digits: nothing to mistake for a number of the answer
SAME = ("status", "text", "warnings", "suggestions", "figures", "attachments")     # what a replay of an answer must give again
AS_JSON = ("question", "parsed", "query", "memory", "evidence", "answer")


@dataclass(frozen=True)
class Record:
    """One stored turn. The fields in AS_JSON are JSON values; `memory` is that before the question.

    domain                   folder name in data/, or the path of a domain folder elsewhere
    model_hash               empty where no answer of the process had needed the model by then
    code_version             see the function of that name
    participant, condition   who asked, and under which condition, when answers are given in a study
    """
    id: str
    created: str
    session: str
    turn: int
    domain: str
    language: str
    level: str
    question: Mapping[str, Any]
    parsed: Mapping[str, Any]
    query: Mapping[str, Any]
    memory: Mapping[str, Any]
    evidence: list
    answer: Mapping[str, Any]
    milliseconds: float
    model_hash: str
    data_hash: str
    code_version: str
    participant: str | None = None
    condition: str | None = None

    def to_json(self):
        return {f.name: getattr(self, f.name) for f in fields(self)}


class Records:
    """The store that the pipeline hands its turns to."""

    def __init__(self, database=None):
        self.database = database or Database()
        code_version()      # read now: later the files may have changed, not the program that runs

    def keep(self, turn, memory, workspace, participant=None, condition=None):
        """Store a turn with the `memory` that it started from; returns the turn with its record id."""
        question, id, created = turn.question, new_id(), now()
        turn = replace(turn, record=id, answer=completed(turn.answer, id, created))
        record = Record(
            id=id, created=created, session=question.session, turn=question.turn, domain=domain_name(workspace.domain),
            language=question.language, level=question.level, question=question.to_json(), parsed=turn.parsed.to_json(),
            query=turn.query.to_json(), memory=memory.to_json(), evidence=[e.to_json() for e in turn.evidence],
            answer=turn.answer.to_json(), milliseconds=turn.milliseconds, model_hash=workspace.model_hash,
            data_hash=workspace.domain.data_hash, code_version=code_version(), participant=participant,
            condition=condition)
        row = record.to_json() | {name: json.dumps(getattr(record, name)) for name in AS_JSON}
        with self.database.writing() as tables:
            tables["records"].insert(row)
        return turn

    def find(self, id):
        """The record; raises InputProblem("unknown_record") where there is none."""
        row = next(self.database.tables["records"].rows_where("id = ?", [id.strip().lower()]), None)
        if row is None:
            raise InputProblem("unknown_record", record=id[:40])
        return Record(**row | {name: json.loads(row[name]) for name in AS_JSON})


def replay(record, workspace):
    """Answer the recorded question once more from what was understood then; returns (turn, what differs).

    Differences are names: "evidence" (apart from the seconds taken), "text", "warnings", "suggestions", "figures",
    "attachments" for the answer, "model", "data" and "code" for what it was made with.
    """
    from app.pipeline import respond
    question = Question(**record.question)
    turn = respond(question.text, Memory.from_json(record.memory), workspace, question.session,
                   store=_AsOf(record), picked=Query.from_json(record.parsed))
    pairs = {"evidence": (_timeless(record.evidence), _timeless(e.to_json() for e in turn.evidence)),
             "model": (record.model_hash, workspace.model.hash if record.model_hash else ""),
             "data": (record.data_hash, workspace.domain.data_hash),
             "code": (record.code_version, code_version())}
    answer = _as_stored(turn.answer.to_json())
    pairs |= {name: (record.answer[name], answer[name]) for name in SAME}
    return turn, [name for name, (then, today) in pairs.items() if then != today]


@dataclass(frozen=True)
class _AsOf:
    """Gives a turn the number and the time of a record, and stores nothing."""
    record: Record

    def keep(self, turn, memory, workspace):
        return replace(turn, answer=completed(turn.answer, self.record.id, self.record.created))


def _timeless(evidence):
    return [{key: value for key, value in _as_stored(entry).items() if key != "seconds"} for entry in evidence]


def _as_stored(value):
    return json.loads(json.dumps(value))


def new_id():
    """Fifteen letters in three groups: 63 random bits, read out easily, safe in an address."""
    letters = [secrets.choice(LETTERS) for _ in range(15)]
    return "-".join("".join(letters[start:start + 5]) for start in (0, 5, 10))


def domain_name(domain):
    """What finds the domain again: its name in data/, else its path."""
    return domain.name if domain.path == (DATA / domain.name).resolve() else str(domain.path)


@lru_cache
def code_version():
    """Hash of every file that takes part in making an answer, templates and words included."""
    digest = hashlib.sha256()
    for part in ANSWERING:
        path = ROOT / part
        files = sorted(f for f in path.rglob("*") if f.is_file() and "__pycache__" not in f.parts) if path.is_dir() else [path]
        for file in files:
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
