"""The database file: made once by whoever comes first, brought up to date, safe for many at once."""
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.database import Database, migrations
from explainers.errors import InputProblem

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_file_has_every_table_and_the_write_ahead_log(database):
    assert {"sessions", "records"} <= set(database.tables.table_names())
    assert database.tables.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_opening_again_applies_nothing_twice(database):
    first = [step.name for step in migrations.applied(database.tables)]
    assert [step.name for step in migrations.applied(Database(database.path).tables)] == first
    assert not migrations.pending(database.tables)


def test_each_thread_has_its_own_connection(database):
    with ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: database.tables).result() is not database.tables
    assert database.tables is database.tables


def test_a_failed_transaction_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError):
        with database.writing() as tables:
            columns = ("id", "domain", "memory", "transcript", "created", "updated")
            tables["sessions"].insert(dict.fromkeys(columns, "x"))
            1 / 0
    assert database.tables["sessions"].count == 0


def test_sixteen_threads_read_then_write_without_losing_a_count(database):
    with database.writing() as tables:
        tables["counter"].insert({"id": 1, "value": 0}, pk="id")
    start = threading.Barrier(16)

    def count():
        start.wait()
        for _ in range(20):
            with database.writing() as tables:
                value = tables["counter"].get(1)["value"]
                tables["counter"].update(1, {"value": value + 1})

    with ThreadPoolExecutor(16) as threads:
        for done in [threads.submit(count) for _ in range(16)]:
            done.result()
    assert database.tables["counter"].get(1)["value"] == 320


def test_processes_that_make_the_file_at_the_same_time_agree(tmp_path):
    program = ("import sys; from app.database import Database; d = Database(sys.argv[1])\n"
               "for n in range(20):\n"
               "    with d.writing() as t: t['met'].insert({'who': sys.argv[2], 'n': n})")
    path = tmp_path / "shared.db"
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(who)], stderr=subprocess.PIPE, cwd=ROOT)
               for who in range(4)]
    assert [(p.communicate()[1].decode(), p.returncode) for p in running] == [("", 0)] * 4
    assert sqlite3.connect(path).execute("select count(*), count(distinct who) from met").fetchone() == (80, 4)


def test_a_file_that_is_no_database_is_a_problem_that_names_it(tmp_path):
    path = tmp_path / "because.db"
    path.write_text("this is a letter, not a database" * 100)
    with pytest.raises(InputProblem) as raised:
        Database(path)
    assert raised.value.code == "database_unusable" and raised.value.facts["file"] == str(path)
