"""Turns made by hand, so that records and sessions are tested without a model."""
import pytest

from app.pipeline import Turn
from dialogue.types import Answer, Memory, Question
from explainers.types import Ask, Change, Evidence, Query, Subject


@pytest.fixture
def make_turn():
    def make(text="why?", number=1, session="s", case="7"):
        query = Query(subject=Subject(case=case), changes=(Change("age", "by", -5),), asks=(Ask("why", {"top": 3}),))
        evidence = Evidence(
            "why", {"kind": "case", "case": case}, "0", None, "probability", "shapley", "shap 0.51.0", "m" * 16,
            "d" * 16, 20, 0.012345, ({"code": "near_boundary", "score": 0.51},),
            {"baseline": 0.1 + 0.2, "contributions": [{"feature": "age", "contribution": -1e-17}]})
        answer = Answer("understood", f"Because of {text} – ü", "plain", "en", suggestions=("What now?",))
        memory = Memory(case=case, subject=Subject(case=case), asks=(Ask("why"),), turn=number)
        question = Question(text, "en", "plain", session, number)
        return Turn(question, Query(asks=(Ask("why"),)), query, (evidence,), answer, memory, 12.3)
    return make
