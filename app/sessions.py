"""Conversations, kept in the database: a reload finds one again by its id, and any process can go on with it."""
import json
import secrets
from dataclasses import dataclass, replace

from app.database import Database, now
from dialogue.types import Memory


@dataclass(frozen=True)
class Session:
    """One visitor's conversation about one domain.

    memory       what the next question starts from
    transcript   [{"question": text, "answer": Answer as JSON, "record": id, "query": Query as computed,
                 "searches": counterfactual results}], in order
    """
    id: str
    domain: str
    memory: Memory = Memory()
    transcript: tuple = ()
    created: str = ""
    updated: str = ""

    @property
    def language(self):
        return self.memory.language

    @property
    def level(self):
        return self.memory.level


class Sessions:
    """`id` is a secret that only its visitor holds: 128 random bits."""

    def __init__(self, database=None):
        self.database = database or Database()

    def start(self, domain, language="en", level="plain"):
        """A new conversation, stored at once."""
        return self.save(Session(secrets.token_urlsafe(16), domain, Memory(language=language, level=level)))

    def find(self, id):
        """The stored conversation, or None."""
        row = next(self.database.tables["sessions"].rows_where("id = ?", [id]), None)
        return _from_row(row) if row else None

    def open(self, id, domain, language="en", level="plain"):
        """The conversation `id` where it exists and is about `domain`, else a new one."""
        found = self.find(id) if id else None
        return found if found and found.domain == domain else self.start(domain, language, level)

    def save(self, session):
        """Store memory and transcript as they are in `session`; returns it with its times."""
        with self.database.writing() as tables:
            return _store(tables, session)

    def add(self, session, turn):
        """Store a turn: its memory, and what was said at the end of the transcript as it is stored by now."""
        said = {"question": turn.question.text, "answer": turn.answer.to_json(), "record": turn.record,
                "query": turn.query.to_json(),
                "searches": [{"outcome": found.outcome, **found.result} for found in turn.evidence
                             if found.kind == "counterfactual"]}
        with self.database.writing() as tables:
            row = next(tables["sessions"].rows_where("id = ?", [session.id]), None)
            transcript = _from_row(row).transcript if row else session.transcript
            return _store(tables, replace(session, memory=turn.memory, transcript=transcript + (said,)))

    def clear(self, session):
        """The conversation begun anew: case, level and language stay, what was said is dropped (records stay)."""
        memory = Memory(language=session.language, level=session.level)
        if session.memory.case is not None:
            memory = memory.about(session.memory.case)
        return self.save(replace(session, memory=memory, transcript=()))


def _store(tables, session):
    session = replace(session, created=session.created or now(), updated=now())
    tables["sessions"].upsert({
        "id": session.id, "domain": session.domain, "language": session.language, "level": session.level,
        "memory": json.dumps(session.memory.to_json()), "transcript": json.dumps(list(session.transcript)),
        "created": session.created, "updated": session.updated}, pk="id")
    return session


def _from_row(row):
    return Session(row["id"], row["domain"], Memory.from_json(json.loads(row["memory"])),
                   tuple(json.loads(row["transcript"])), row["created"], row["updated"])
