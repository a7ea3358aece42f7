"""LIME: weights known from the model's own sum, a fit that is told, one that is none, and what other methods say."""
import json

import numpy as np
import pytest

from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.lime import fitted, kernel
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, loan_rows, workspace

LIME = (Ask("why", {"method": "lime"}),)


def steps(frame):
    """A score of 0.2, 0.3 more with the home b, 0.4 more with grade 3."""
    met = 0.2 + 0.3 * (frame["home"] == "b").to_numpy() + 0.4 * (frame["grade"] == 3).to_numpy()
    return np.column_stack([1 - met, met])


def chance(frame):
    """A score that jumps with the last digit of the income: nothing that a sum of weights could follow."""
    met = np.where(frame["income"].to_numpy(dtype=int) % 2 == 1, 0.9, 0.1)
    return np.column_stack([1 - met, met])


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("steps"), LOAN, loan_rows(400), steps)


def lime(space, case):
    evidence = explain(Query(subject=Subject(case=case), asks=LIME), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence


def case_with(space, **values):
    cases = space.domain.cases
    return cases.index[np.logical_and.reduce([cases[name] == value for name, value in values.items()])][0]


def weights(evidence):
    return {entry["feature"]: entry["contribution"] for entry in evidence.result["contributions"]}


def test_a_feature_that_the_case_has_at_its_best_counts_by_its_whole_step(space):
    """With home b the score is 0.3 higher than with any other, with grade 3 by 0.4: that is the stand-in's own form."""
    evidence = lime(space, case_with(space, home="b", grade=3))
    sign = 1 if evidence.outcome == "1" else -1
    found = weights(evidence)
    assert found["home"] * sign == pytest.approx(0.3, abs=0.005) and found["grade"] * sign == pytest.approx(0.4, abs=0.005)
    assert all(abs(found[name]) < 0.005 for name in ("income", "months", "age"))
    assert evidence.result["fidelity"]["r2"] == pytest.approx(1, abs=1e-3)
    assert [entry["feature"] for entry in evidence.result["contributions"][:2]] == ["grade", "home"]
    assert evidence.result["agreement"]["first"] == evidence.result["agreement"]["second_first"] == "grade"


def test_a_feature_that_the_case_has_otherwise_counts_by_the_share_of_others_that_have_it(space):
    """Not at home b: another home is b in that share of training rows not like here, and then the score is 0.3 higher."""
    train = space.domain.train
    others = train["home"][train["home"] != "a"]
    evidence = lime(space, case_with(space, home="a", grade=3))
    sign = 1 if evidence.outcome == "1" else -1
    assert weights(evidence)["home"] * sign == pytest.approx(-0.3 * (others == "b").mean(), abs=0.02)


def test_a_poor_fit_is_told_as_one(tmp_path):
    space = workspace(tmp_path, LOAN, loan_rows(400), chance)
    result = lime(space, space.domain.cases.index[0]).result
    assert result["fidelity"]["r2"] < 0.2
    assert result["exact"] is False and len(result["contributions"]) == result["players"] == 5


def test_the_same_question_gets_the_same_weights(space):
    case = space.domain.cases.index[3]
    assert lime(space, case).result == lime(space, case).result


def test_lime_is_for_one_case(space):
    with pytest.raises(InputProblem) as problem:
        explain(Query(subject=Subject(everyone=True), asks=LIME), space)
    assert problem.value.code == "lime_needs_one_case"


def test_the_fit_finds_the_weights_of_a_weighted_sum_and_errors_of_its_noise():
    random = np.random.default_rng(0)
    same = (random.random((4000, 3)) < 0.6).astype(float)
    start, found, errors = fitted(same, 1 + same @ [2.0, -1.0, 0.0], kernel(same))
    assert start == pytest.approx(1, abs=0.02) and found == pytest.approx([2, -1, 0], abs=0.02)
    noisy = 1 + same @ [2.0, -1.0, 0.0] + random.normal(0, 1, 4000)
    _, found, errors = fitted(same, noisy, kernel(same))
    assert (np.abs(found - [2, -1, 0]) < 5 * errors + 0.01).all() and (errors > 0.01).all()


def test_nearer_rows_weigh_more():
    """exp(-d / (0.75^2 n)): none of four features apart weighs 1, all four exp(-1 / 0.5625)."""
    found = kernel(np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 0, 0]], dtype=float))
    assert found == pytest.approx([1, np.exp(-0.5 / 0.5625), np.exp(-1 / 0.5625)])
