"""Anchors: the rule that a known model follows is found, and its figures hold on rows counted by hand."""
import json

import numpy as np
import pytest

from explainers.conditions import mask
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, loan_rows, workspace
from tests.explainers.test_threshold import graded


def anchor(space, case):
    evidence = explain(Query(subject=Subject(case=case), asks=(Ask("anchor"),)), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


def owner_with_high_grade(rows):
    met = ((rows["home"] == "b") & (rows["grade"] == 3)).to_numpy()
    return np.column_stack([~met, met]).astype(float)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("anchor"), LOAN, loan_rows(400), owner_with_high_grade)


def test_the_two_values_that_decide_are_the_rule(space):
    cases = space.domain.cases
    case = cases.index[space.outcomes(cases) == "1"][0]
    found = anchor(space, case)
    assert {(c["feature"], c["value"]) for c in found["conditions"]} == {("home", "b"), ("grade", 3)}
    assert found["met"] and found["precision"]["share"] == 1.0
    others = cases[cases.index != case]
    holds = (others["home"] == "b") & (others["grade"] == 3)
    assert (found["coverage"]["count"], found["coverage"]["size"]) == (holds.sum(), len(others))
    assert found["held_out"]["count"] == found["held_out"]["size"] == holds.sum()
    train = space.domain.train
    share = ((train["home"] == "b") & (train["grade"] == 3)).mean()
    assert found["base"]["low"] <= share <= found["base"]["high"]


def test_one_value_is_enough_where_one_is(space):
    cases = space.domain.cases
    case = next(case for case in cases.index if cases.loc[case, "home"] == "a" and cases.loc[case, "grade"] != 3)
    found = anchor(space, case)
    assert len(found["conditions"]) == 1 and found["conditions"][0]["feature"] in ("home", "grade")
    assert found["precision"]["share"] == 1.0


def test_a_rule_holds_for_its_case_and_is_the_same_each_time(space):
    for case in space.domain.cases.index[:6]:
        found = anchor(space, case)
        assert found == anchor(space, case)
        assert all(mask(condition, space.domain, space.domain.case(case)).all() for condition in found["conditions"])


def test_a_number_is_kept_on_its_side_of_a_quartile(tmp_path):
    rich = lambda rows: np.column_stack([rows["income"] <= 30, rows["income"] > 30]).astype(float)
    space = workspace(tmp_path, LOAN, loan_rows(400), rich)
    cases = space.domain.cases
    found = anchor(space, cases["income"].idxmax())
    cut = space.domain.train["income"].quantile(0.75, interpolation="nearest")
    assert found["conditions"] == [{"feature": "income", "is": ">", "value": int(cut)}]


def test_a_model_that_always_says_the_same_needs_no_value(tmp_path):
    always = lambda rows: np.column_stack([np.zeros(len(rows)), np.ones(len(rows))])
    space = workspace(tmp_path, LOAN, loan_rows(), always)
    found = anchor(space, space.domain.cases.index[0])
    assert found["conditions"] == [] and found["coverage"]["share"] == 1.0


def test_where_no_few_values_are_enough_that_is_said(tmp_path):
    """The outcome is the parity of all values: it takes every one of them."""
    def parity(rows):
        odd = (rows[["income", "months", "grade", "age"]].astype(int).sum(axis=1) + rows["home"].map({"a": 0, "b": 1, "c": 2})) % 2 == 1
        return np.column_stack([~odd, odd]).astype(float)
    space = workspace(tmp_path, LOAN, loan_rows(), parity)
    found = anchor(space, space.domain.cases.index[0])
    assert not found["met"] and found["precision"]["share"] < 0.95


def test_an_estimate_is_kept_within_its_tolerance_by_the_values_that_make_it(tmp_path):
    """2 x hours, 1 more with help: the hours come first, and the share is that of the training rows that fit the rule."""
    space = graded(tmp_path)
    hours = space.domain.cases["hours"]
    case = hours.index[np.argmax(hours)]
    found, train = anchor(space, case), space.domain.train
    kept = {condition["feature"]: mask(condition, space.domain, train) for condition in found["conditions"]}
    assert "hours" in kept and found["outcome"] is None and found["precision"]["share"] > found["base"]["share"]
    assert found["within"]["high"] - found["within"]["value"] == pytest.approx(found["within"]["tolerance"])
    helps = (train["help"] == "yes").to_numpy(dtype=float)
    helps = helps[kept["help"]] if "help" in kept else helps
    estimates = 2.0 * train["hours"].to_numpy(dtype=float)[kept["hours"]][:, None] + helps
    near = (np.abs(estimates - found["within"]["value"]) <= found["within"]["tolerance"]).mean()
    assert found["precision"]["low"] - 0.02 <= near <= found["precision"]["high"] + 0.02
