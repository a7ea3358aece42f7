"""The SQLite database: one connection for each thread, write-ahead log, and the steps that made its tables.

    database = Database()                 # var/because.db
    database.tables["records"].get(id)    # reading
    with database.writing() as tables:    # several statements that belong together; read-then-write is safe here
        tables["records"].insert({...})
"""
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import sqlite_utils
from sqlite_utils.migrations import Migrations

from explainers.errors import InputProblem

TIMEOUT = 30.0
migrations = Migrations("because")


# Steps are only ever added at the end: a database made by any earlier version is brought up by those it lacks.

@migrations()
def sessions_and_records(tables):
    tables["sessions"].create({
        "id": str, "domain": str, "language": str, "level": str, "memory": str, "transcript": str,
        "created": str, "updated": str}, pk="id", not_null={"domain", "memory", "transcript", "created", "updated"})
    tables["records"].create({
        "id": str, "created": str, "session": str, "turn": int, "domain": str, "language": str, "level": str,
        "question": str, "parsed": str, "query": str, "memory": str, "evidence": str, "answer": str,
        "milliseconds": float, "model_hash": str, "data_hash": str, "code_version": str,
        "participant": str, "condition": str}, pk="id", not_null={"created", "domain", "question", "query", "answer"})
    tables["records"].create_index(["session", "turn"])


@migrations()
def feedback(tables):
    tables["feedback"].create({
        "record": str, "session": str, "value": str, "missing": str, "created": str, "updated": str}, pk="record",
        not_null={"session", "value", "created", "updated"})
    tables["feedback"].create_index(["session"])


class Database:
    """One file, shared by all threads and processes.

    Raises InputProblem("database_unusable") where it cannot be opened.
    """

    def __init__(self, path=None):
        if path is None:
            from explainers.loading import VAR
            path = VAR / "because.db"
        self.path = Path(path)
        self._own = threading.local()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except (OSError, sqlite3.DatabaseError) as error:
            raise InputProblem("database_unusable", file=str(self.path), reason=str(error)) from error

    @property
    def tables(self):
        """This thread's connection. A connection is never shared: threads would lose each other's writes."""
        if getattr(self._own, "process", None) != os.getpid():
            connection = sqlite3.connect(self.path, timeout=TIMEOUT)
            # With the write-ahead log this is safe against a crash of the program, and spares a disk flush an answer.
            connection.execute("PRAGMA synchronous=NORMAL")
            self._own.tables = sqlite_utils.Database(connection, execute_plugins=False)
            self._own.process = os.getpid()
        return self._own.tables

    @contextmanager
    def writing(self):
        """One transaction that holds the write lock from its start: what it reads stays true until it writes."""
        tables = self.tables
        tables.conn.execute("BEGIN IMMEDIATE")
        try:
            yield tables
            tables.commit()
        finally:
            tables.rollback()

    def close(self):
        """Close this thread's connection."""
        if getattr(self._own, "process", None) == os.getpid():
            self._own.tables.close()
            self._own.process = None

    def _prepare(self):
        self._write_ahead()
        if migrations.pending(self.tables):
            with self.writing() as tables:
                migrations.apply(tables)

    def _write_ahead(self):
        """Switch the file to the write-ahead log; the switch does not wait for other connections: it is repeated."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            try:
                return self.tables.enable_wal()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)


def now():
    """UTC time as text that sorts, e.g. 2026-03-01T12:00:00.123Z."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
