"""Records: complete, unguessable, exact, safe under many writers."""
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from app.database import Database
from app.records import ROOT, Records, code_version, new_id
from dialogue.types import Memory
from explainers.errors import InputProblem
from explainers.types import Evidence, Query


@pytest.fixture
def space(toy):
    return toy


def test_a_record_holds_everything_that_the_answer_came_from(database, make_turn, space):
    records, turn, before = Records(database), make_turn("why me?"), Memory(case="7")
    kept = records.keep(turn, before, space)
    found = Records(Database(database.path)).find(kept.record)
    assert found.question == turn.question.to_json()
    assert Query.from_json(found.parsed) == turn.parsed and Query.from_json(found.query) == turn.query
    assert Memory.from_json(found.memory) == before
    assert tuple(Evidence.from_json(entry) for entry in found.evidence) == turn.evidence
    assert found.answer["text"] == turn.answer.text
    assert found.data_hash == space.domain.data_hash and found.code_version == code_version()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.created)
    assert (found.session, found.turn, found.milliseconds) == ("s", 1, 12.3)
    assert found.participant is None and found.condition is None


def test_a_study_can_say_who_asked_under_which_condition(database, make_turn, space):
    records = Records(database)
    found = records.find(records.keep(make_turn(), Memory(), space, participant="P07", condition="chat").record)
    assert (found.participant, found.condition) == ("P07", "chat")


def test_text_that_no_database_column_would_take_is_kept(database, make_turn, space):
    records = Records(database)
    text = "why\x00? \ud800 '); drop table records; -- {{7*7}} 🦆"
    assert records.find(records.keep(make_turn(text), Memory(), space).record).question["text"] == text


def test_record_ids_are_safe_in_an_address_and_do_not_repeat():
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(re.fullmatch(r"[b-z]{5}-[b-z]{5}-[b-z]{5}", id) for id in ids)


def test_an_id_is_found_however_it_is_typed_and_an_unknown_one_is_a_problem(database, make_turn, space):
    records = Records(database)
    id = records.keep(make_turn(), Memory(), space).record
    assert records.find(f" {id.upper()} ").id == id
    with pytest.raises(InputProblem) as raised:
        records.find("no-such-record")
    assert raised.value.code == "unknown_record"


def test_sixteen_threads_keep_every_record(database, make_turn, space):
    records = Records(database)
    with ThreadPoolExecutor(16) as threads:
        keep = lambda n: (n, records.keep(make_turn(f"q{n}", session=f"s{n % 16}"), Memory(), space).record)
        ids = list(threads.map(keep, range(160)))
    assert len({id for _, id in ids}) == 160
    assert all(records.find(id).question["text"] == f"q{n}" for n, id in ids)


WRITER = """
import sys
from pathlib import Path
from types import SimpleNamespace
from app.database import Database
from app.pipeline import Turn
from app.records import Records
from dialogue.types import Answer, Memory, Question
from explainers.types import Query
space = SimpleNamespace(domain=SimpleNamespace(name="toy", path=Path("/nowhere"), data_hash="d"), model_hash="m")
records = Records(Database(sys.argv[1]))
for n in range(25):
    answer = Answer("understood", "text", "plain", "en")
    turn = Turn(Question(str(n)), Query(), Query(), (), answer, Memory(), 1.0)
    print(records.keep(turn, Memory(), space).record)
"""


def test_several_processes_keep_every_record(tmp_path):
    path = tmp_path / "shared.db"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    outputs = [process.communicate() for process in running]
    assert [error for _, error in outputs] == [""] * 3
    ids = [id for output, _ in outputs for id in output.split()]
    assert len(set(ids)) == 75 and Database(path).tables["records"].count == 75


def test_a_domain_outside_the_data_folder_is_recorded_by_its_path(database, make_turn, toy, toy_folder):
    records = Records(database)
    assert records.find(records.keep(make_turn(), Memory(), toy).record).domain == str(toy_folder)
    here = SimpleNamespace(domain=SimpleNamespace(name="credit", path=_data() / "credit", data_hash="d"), model_hash="")
    assert records.find(records.keep(make_turn(), Memory(), here).record).domain == "credit"


def _data():
    from explainers.domain import DATA
    return DATA.resolve()
