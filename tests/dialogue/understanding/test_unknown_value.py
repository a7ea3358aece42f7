"""A what-if with a value that does not exist is kept as it was said, so that the answer can name it."""

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain


@pytest.fixture(scope="module")
def credit():
    return load_domain("credit")


def parsed(text, domain, language="en"):
    return understand(Question(text, language), Memory().about("0"), domain).to_json()


@pytest.mark.parametrize(
    "text",
    [
        "what if the purpose were a zeppelin?",
        "change purpose to zeppelin",
        "purpose zeppelin, if that is possible",
        "suppose my purpose is zeppelin",
        "and if the purpose was zeppelin",
    ],
)
def test_word_that_is_no_value_stays_in_the_change(text, credit):
    query = parsed(text, credit)
    assert query["changes"] == [{"feature": "purpose", "to": "zeppelin"}] and query["asks"] == [{"kind": "prediction"}]


def test_the_other_changes_of_the_question_are_kept(credit):
    changes = parsed("what if age were 40 and purpose zeppelin", credit)["changes"]
    assert {"feature": "age", "to": 40} in changes and {"feature": "purpose", "to": "zeppelin"} in changes


@pytest.mark.parametrize(
    "text",
    [
        "what if housing mattered more",
        "what if my age was not considered",
        "does it matter if the purpose was repairs",
        "what if the purpose were a used car",
        "what if the purpose were different",
    ],
)
def test_words_said_of_any_feature_are_no_value(text, credit):
    assert not any(isinstance(change.get("to"), str) for change in parsed(text, credit)["changes"])


def test_value_whose_second_word_is_said_of_much_else_needs_all_of_its_words(credit):
    assert parsed("what if the purpose were a used car", credit)["changes"] == [{"feature": "purpose", "to": 2}]
    assert parsed("is the age used?", credit)["changes"] == []


@pytest.mark.parametrize(
    "text", ["Was wäre, wenn der Verwendungszweck Zeppelin wäre?", "Und wenn der Verwendungszweck ein Zeppelin ist?"]
)
def test_german_word_is_told_as_it_was_written(text):
    assert parsed(text, load_domain("credit", "de"), "de")["changes"] == [{"feature": "purpose", "to": "Zeppelin"}]
