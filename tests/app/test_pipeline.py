"""The way of a question, on a small domain: what is refused, recorded, remembered; many visitors at once."""
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.pipeline import LONGEST, compute, respond
from app.records import Records, replay
from dialogue.types import Memory, Question
from explainers.types import Ask, Change, Query, Subject

PREDICTION = Query(asks=(Ask("prediction"),))


@pytest.fixture
def memory(toy):
    return Memory().about(toy.domain.cases.index[0])


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "a" * (LONGEST + 1)], ids=["nothing", "spaces", "blank lines", "too long"])
def test_what_cannot_be_read_is_told_so_and_changes_nothing_but_the_turn(text, memory, toy):
    turn = respond(text, memory, toy)
    assert turn.answer.status == "failed" and turn.evidence == ()
    assert turn.memory.to_json() == memory.to_json() | {"turn": 1}


def test_the_longest_question_is_read(memory, toy):
    assert respond("why " * (LONGEST // 4), memory, toy).answer.status != "failed"


def test_a_picked_query_needs_no_understanding(memory, toy):
    turn = respond("12 months, I meant", memory, toy, picked=Query(changes=(Change("duration", "to", 12),), asks=(Ask("prediction"),)))
    assert turn.answer.status == "understood"
    assert turn.evidence[0].result["changes"][0]["to"] == 12
    assert turn.memory.changes == (Change("duration", "to", 12),)


def test_parsed_stays_as_said_and_query_is_as_computed(memory, toy):
    turn = respond("what?", memory, toy, picked=PREDICTION)
    assert turn.parsed == PREDICTION
    assert turn.query.subject == Subject(case=memory.case)


def test_what_fails_while_computing_keeps_what_was_understood(memory, toy):
    picked = Query(changes=(Change("income", "to", -5),), asks=(Ask("prediction"),))
    turn = respond("what if the income were -5?", memory, toy, picked=picked)
    assert (turn.answer.status, turn.parsed, turn.evidence) == ("failed", picked, ())
    assert turn.memory.changes == ()


def test_without_a_case_a_question_about_one_says_what_is_needed(toy):
    turn = respond("why?", Memory(), toy, picked=Query(asks=(Ask("why"),)))
    assert turn.answer.status == "failed" and "case" in turn.answer.text.lower() + toy.domain.file.case[0]


def test_a_live_what_if_is_computed_and_not_recorded(memory, toy, database):
    query = Query(changes=(Change("income", "to", 3200), Change("duration", "to", 6)), asks=(Ask("prediction"),))
    turn = compute(Question("", level=memory.level), query, memory, toy)
    assert turn.evidence[0].result["outcome"] == "1"
    assert turn.record is None and database.tables["records"].count == 0


def test_a_recorded_turn_can_be_replayed_with_its_memory(memory, toy, database):
    records = Records(database)
    first = respond("what if?", memory, toy, store=records,
                    picked=Query(changes=(Change("duration", "to", 12),), asks=(Ask("prediction"),)))
    second = respond("again", first.memory, toy, store=records,
                     picked=Query(subject=Subject(previous=True), asks=(Ask("again"),)))
    assert second.evidence[0].result["changes"] == first.evidence[0].result["changes"]
    for turn in (first, second):
        again, differs = replay(records.find(turn.record), toy)
        assert differs == [] and again.answer.text == turn.answer.text


def test_a_refused_question_is_recorded_and_replayed_too(memory, toy, database):
    records = Records(database)
    turn = respond(" ", memory, toy, store=records)
    assert replay(records.find(turn.record), toy)[1] == []


def test_sixteen_visitors_at_once_get_their_own_answers(toy, database):
    """Each asks about another case, twice; alone or together, evidence and words are the same."""
    records, cases = Records(database), list(toy.domain.cases.index[:16])

    def visit(case):
        first = respond("what?", Memory().about(case), toy, case, records, picked=PREDICTION)
        second = respond("if?", first.memory, toy, case, records,
                         picked=Query(changes=(Change("duration", "by", 6),), asks=(Ask("prediction"),)))
        assert (first.evidence[0].scope["case"], second.evidence[0].scope["case"]) == (case, case)
        return [(turn.answer.text, turn.evidence[0].result) for turn in (first, second)]

    alone = [visit(case) for case in cases]
    with ThreadPoolExecutor(16) as threads:
        together = list(threads.map(visit, cases))
    assert together == alone
    assert database.tables["records"].count == 64
    assert {row["session"] for row in database.tables["records"].rows} == set(cases)


@pytest.mark.parametrize("kind, to, level, language", [
    ("language", "xx", "plain", "en"), ("language", None, "plain", "en"), ("language", "en", "plain", "en"),
    ("level", "expert", "expert", "en")])
def test_only_a_language_and_a_level_that_exist_are_switched_to(kind, to, level, language, memory, toy):
    turn = respond("please", memory, toy, picked=Query(asks=(Ask(kind, {"to": to}),)))
    assert (turn.memory.level, turn.memory.language) == (level, language)
    assert respond("why?", turn.memory, toy).answer.text


def test_the_domain_speaks_the_language_of_the_conversation(toy_folder, tmp_path):
    import shutil
    from explainers.workspace import open_workspace
    folder = shutil.copytree(toy_folder, tmp_path / "toy")
    (folder / "words").mkdir()
    (folder / "words/xx.yaml").write_text("features:\n  income: {label: ingreso}\n", encoding="utf-8")
    space = open_workspace(str(folder))
    other = space.speaking("xx")
    assert other.domain.features["income"].label == "ingreso" and space.domain.features["income"].label == "income"
    assert space.speaking("xx") is other and other.speaking("en") is space
    assert other.model is space.model and other.model_hash == space.model.hash
