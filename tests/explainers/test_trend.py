"""A direction without an amount: what the model says of every value on that side of the present one."""
import pytest

from tests.explainers.counterfactual_fixtures import LOAN, asked, loan_rows, refused, workspace
from tests.explainers.test_threshold import banded


@pytest.fixture(scope="module")
def bands(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("bands"), LOAN.replace("min: 0", "min: 0, max: 90"), loan_rows(), banded)


def of(space, case, direction):
    return asked(space, case, "threshold", features=["income"], direction=direction)


def with_income(space, between):
    return next(case for case in refused(space) if between[0] <= space.domain.case(case)["income"].iloc[0] <= between[1])


def test_only_the_side_asked_about_is_told(bands):
    case = with_income(bands, (27, 39))
    lower, higher = of(bands, case, "lower"), of(bands, case, "higher")
    assert [(run["from"], run["to"]) for run in lower["turned"]] == [(20, 25)]
    assert [run["from"] for run in higher["turned"]] == [41] and higher["turned"][0]["outcome"] == "1"
    assert all(step["value"] < lower["now"] for step in lower["steps"])
    assert all(step["value"] > higher["now"] for step in higher["steps"])
    assert lower["turns"] and higher["turns"]


def test_steps_are_scored_by_the_model_and_end_with_the_data(bands):
    case = with_income(bands, (27, 39))
    found, row = of(bands, case, "higher"), bands.domain.values(bands.domain.case(case))
    told = [step["score"] for step in found["steps"]]
    rows = bands.domain.rows([{**row, "income": step["value"]} for step in found["steps"]])
    assert told == pytest.approx([p[bands.model.classes.index("0")] for p in bands.model.predict(rows)])
    assert found["steps"][-1]["value"] == bands.domain.train["income"].max()


def test_nothing_turns_where_no_value_on_that_side_has_another_outcome(bands):
    found = of(bands, with_income(bands, (0, 19)), "lower")
    assert found["turned"] == [] and found["turns"] is False


def test_another_value_looks_both_ways(bands):
    found = of(bands, with_income(bands, (27, 39)), "other")
    assert {(run["from"]) for run in found["turned"]} == {20, 41}
    assert {step["value"] > found["now"] for step in found["steps"]} == {True, False}
