"""A supposition with a direction and no amount asks what that direction would do."""
import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain


@pytest.fixture(scope="module")
def credit():
    return load_domain("credit")


def asks(text, domain, case="0"):
    memory = Memory().about(case) if case else Memory()
    return understand(Question(text), memory, domain).to_json()["asks"]


@pytest.mark.parametrize("text, feature, direction", [
    ("what if the amount were lower?", "amount", "lower"), ("what if i was older", "age", "higher"),
    ("would a smaller loan help?", "amount", "lower"), ("what if I borrowed less", "amount", "lower"),
    ("if my savings were higher would i get the loan", "savings", "higher"), ("and a shorter duration?", "duration", "lower"),
    ("what if my purpose were different", "purpose", "other"), ("what happens if the duration goes up", "duration", "higher")])
def test_direction_without_amount(text, feature, direction, credit):
    assert asks(text, credit) == [{"kind": "threshold", "features": [feature], "direction": direction}]


def test_without_a_case_it_is_the_effect_over_all(credit):
    assert asks("what if the amount were lower?", credit, None) == [{"kind": "effect", "features": ["amount"]}]


@pytest.mark.parametrize("text", [
    "how does the outcome change as savings gets bigger", "How do predictions change as the amount increases?",
    "does a higher amount usually help"])
def test_said_of_nobody_it_is_the_effect_in_general(text, credit):
    assert [ask["kind"] for ask in asks(text, credit)] == ["effect"]


@pytest.mark.parametrize("text, kind", [("what if the amount were 200 lower", "prediction"), ("why is my score lower", "why"),
                                        ("what is the most I could borrow?", "threshold")])
def test_an_amount_or_another_question_is_not_taken_for_it(text, kind, credit):
    found = asks(text, credit)
    assert [ask["kind"] for ask in found] == [kind] and found[0].get("direction") not in ("higher", "lower", "other")
