"""What would change it, in a conversation: other options, nothing to change, groups, and a replay that gives the same."""
import pytest

from app.database import Database
from app.pipeline import respond
from app.records import Records, replay
from dialogue.types import Memory
from explainers.types import Ask, Query, Subject
from explainers.workspace import open_workspace

OTHERS = Query(subject=Subject(previous=True), asks=(Ask("counterfactual"),))
ASKED = Query(asks=(Ask("counterfactual"),))


@pytest.fixture(scope="module")
def work():
    return open_workspace("credit")


def talk(work, case, *queries):
    memory, turns = Memory().about(case), []
    for query in queries:
        turns.append(respond("What would have to change?", memory, work, picked=query))
        memory = turns[-1].memory
    return turns


def shown(turn):
    return [{change["feature"] for change in option["changes"]} for option in turn.evidence[0].result["options"]]


@pytest.mark.parametrize("case", ["882", "770", "593"])
def test_something_else_gives_other_options_until_there_are_no_more(work, case):
    turns = talk(work, case, ASKED, *[OTHERS] * 6)
    seen = shown(turns[0])
    assert seen
    for turn in turns[1:]:
        assert not any(old <= new for old in seen for new in shown(turn))
        seen += shown(turn)
    assert shown(turns[-1]) == [] and "no more ways" in turns[-1].answer.text


def test_the_same_question_once_more_gives_the_same_answer(work):
    first, second = talk(work, "882", ASKED, ASKED)
    assert first.evidence[0].result == second.evidence[0].result


def test_an_accepted_applicant_is_told_that_nothing_has_to_change(work):
    turn, = talk(work, "538", ASKED)
    assert "already, so nothing has to change" in turn.answer.text
    assert any("bad credit risk" in text for text in turn.answer.suggestions)


def test_of_a_group_the_changes_that_help_most_are_told_with_their_counts(work):
    query = Query(subject=Subject(where={"prediction": "0"}), asks=(Ask("counterfactual"),))
    turn = respond("What would help most of them?", Memory(), work, picked=query)
    group = turn.evidence[0].result["group"]
    best = group["changes"][0]
    assert group["without"] == group["size"] == 48 and best["helped"] == max(c["helped"] for c in group["changes"])
    assert f"{best['helped']} of {group['asked']}" in turn.answer.text


def test_a_replay_in_another_workspace_gives_the_same_evidence(work, tmp_path):
    store = Records(Database(tmp_path / "records.db"))
    memory = Memory().about("593")
    for query in (ASKED, OTHERS):
        turn = respond("What would have to change?", memory, work, "s", store, picked=query)
        memory = turn.memory
        _, differs = replay(store.find(turn.record), open_workspace("credit"))
        assert differs == []
