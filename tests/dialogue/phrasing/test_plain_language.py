"""Plain answers to real questions about real cases stay easy to read, and are made fast."""
import time

import pytest

from dialogue.phrasing import phrase
from dialogue.types import Memory, Question
from explainers.explain import explain
from explainers.types import Ask, Change, Query, Subject
from explainers.workspace import open_workspace
from tests.dialogue.phrasing.readability import grade, mean_sentence, sentences, syllables

CASES = 34
SEARCHED = 8                                    # cases for which a search for changes is run as well; it takes longest
ASKED = [
    (Ask("prediction"), ()), (Ask("likelihood"), ()), (Ask("why"), ()), (Ask("role", {"features": ["age"]}), ()),
    (Ask("prediction"), (Change("duration", "to", 12),)),
    (Ask("prediction"), (Change("amount", "times", 0.5), Change("duration", "to", 24))), (Ask("counterfactual"), ())]


@pytest.fixture(scope="module")
def answers():
    """[(kind, plain text, seconds)] of every question about each of CASES held-out applicants."""
    workspace, found = open_workspace("credit"), []
    for turn, case in enumerate(workspace.domain.cases.index[:CASES]):
        for ask, changes in ASKED if turn < SEARCHED else ASKED[:-1]:
            query = Query(subject=Subject(case=case), asks=(ask,), changes=changes)
            evidence = explain(query, workspace)
            started = time.perf_counter()
            answer = phrase(Question("?", turn=turn), query, evidence, workspace.domain, Memory(case=case))
            found.append((ask.kind, answer.text, time.perf_counter() - started))
    return found


def test_words_are_counted_as_the_formula_wants():
    assert [
    syllables(word) for word in (
        "cat",
        "table",
        "because",
        "application",
        "score",
        "repaying",
        "12")] == [
            1,
            2,
            2,
            4,
            1,
            3,
             2]
    assert [len(words) for words in sentences("One two. Three!\n- four five\n\n1. six")] == [2, 1, 2, 1]
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_plain_answers_need_eight_years_of_school_at_most(answers):
    assert len(answers) >= 200
    hard = [(round(grade(text), 1), text) for _, text, _ in answers if grade(text) > 8]
    assert not hard, hard[:3]


def test_sentences_of_plain_answers_are_short(answers):
    long = [(round(mean_sentence(text), 1), text) for _, text, _ in answers if mean_sentence(text) > 20]
    assert not long, long[:3]


def test_an_answer_is_phrased_in_a_few_milliseconds(answers):
    """Half of all answers within 15 ms, on a machine that may be busy with other things."""
    seconds = sorted(seconds for _, _, seconds in answers)
    assert seconds[len(seconds) // 2] < 0.015
