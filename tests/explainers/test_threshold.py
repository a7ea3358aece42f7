"""Threshold: one feature over its whole range, exact to its step, whatever shape the model has."""
import numpy as np
import pytest

from explainers.errors import DomainProblem, InputProblem
from tests.explainers.counterfactual_fixtures import LOAN, asked, loan, loan_rows, refused, workspace


def banded(rows):
    """Granted with an income from 20 to 25 or from 41 on, never in between."""
    income = rows["income"].to_numpy(dtype=float)
    score = np.where(((income >= 20) & (income <= 25)) | (income >= 41), 0.8, 0.1)
    return np.column_stack([1 - score, score])


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return loan(tmp_path_factory.mktemp("loan"))


@pytest.fixture(scope="module")
def bands(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("bands"), LOAN.replace("min: 0", "min: 0, max: 90"), loan_rows(), banded)


def test_every_value_of_the_ranges_has_the_outcome_that_is_told(space):
    for case in refused(space, 5):
        found = asked(space, case, "threshold", features=["income"])
        row = space.domain.values(space.domain.case(case))
        values = [value for run in found["ranges"] for value in range(run["from"], run["to"] + 1)]
        told = [run["outcome"] for run in found["ranges"] for _ in range(run["from"], run["to"] + 1)]
        rows = space.domain.rows([{**row, "income": value} for value in values])
        assert values == list(range(values[0], values[-1] + 1))
        assert space.outcomes(rows).tolist() == told


def test_all_ranges_are_found_where_the_model_is_not_monotone(bands):
    found = asked(bands, refused(bands)[0], "threshold", features=["income"])
    assert [(run["from"], run["to"], run["outcome"]) for run in found["ranges"]] == [
        (0, 19, "0"), (20, 25, "1"), (26, 40, "0"), (41, 90, "1")]
    assert found["exact"]


def test_the_nearest_largest_and_smallest_value_are_told_apart(bands):
    case = next(case for case in refused(bands, 50) if 26 <= int(bands.domain.case(case)["income"].iloc[0]) <= 31)
    assert asked(bands, case, "threshold", features=["income"])["best"] == 25
    assert asked(bands, case, "threshold", features=["income"], direction="min")["best"] == 20
    seen = int(bands.domain.train["income"].max())
    assert asked(bands, case, "threshold", features=["income"], direction="max")["best"] == seen


def test_a_category_is_told_value_by_value(space):
    case = refused(space)[0]
    found = asked(space, case, "threshold", features=["home"])
    row = space.domain.values(space.domain.case(case))
    assert {run["from"] for run in found["ranges"]} == set("abc")
    for run in found["ranges"]:
        assert space.outcomes(space.domain.rows([{**row, "home": run["from"]}]))[0] == run["outcome"]


def test_a_wide_fine_range_is_narrowed_down_to_the_step(tmp_path):
    frame = loan_rows()
    frame["income"] = frame["income"] * 1000.0 + 0.25
    text = LOAN.replace("step: 1, min: 0", "step: 0.01, min: 0, max: 100000")
    rich = lambda rows: np.column_stack([rows["income"] < 43210.98, rows["income"] >= 43210.98]).astype(float)
    space = workspace(tmp_path, text, frame, rich)
    found = asked(space, refused(space)[0], "threshold", features=["income"])
    assert found["best"] == 43210.98 and not found["exact"]


def test_the_feature_has_to_be_named(space):
    with pytest.raises(InputProblem) as problem:
        asked(space, refused(space)[0], "threshold")
    assert problem.value.code == "threshold_feature_needed"


def test_a_fixed_feature_is_answered_and_marked(space):
    assert asked(space, refused(space)[0], "threshold", features=["age"])["fixed"] == "sensitive"


def test_keep_tells_how_far_each_changeable_value_may_move(bands):
    cases = bands.domain.cases
    case = next(case for case in cases.index[bands.outcomes(cases) == "1"] if cases.loc[case, "income"] <= 25)
    found = {entry["feature"]: entry for entry in asked(bands, case, "keep")["features"]}
    assert set(found) == {"income", "months", "grade", "home"}
    assert found["income"]["keeps"] == {"from": 20, "to": 25} and not found["income"]["any"]
    assert found["months"]["any"] and found["home"]["any"]
    assert sorted(found["home"]["keeps"]) == list("abc")


def test_keep_of_one_feature_asks_about_that_one_only(bands):
    found = asked(bands, refused(bands)[0], "keep", features=["income"])
    assert [entry["feature"] for entry in found["features"]] == ["income"] and found["outcome"] == "0"


GRADES = """
data: rows.csv
target: points
unit: points
features:
  hours: {type: number, step: 1, min: 0, max: 20}
  help: {type: yes_no}
"""


def graded(folder, text=GRADES):
    import pandas as pd
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"hours": random.integers(0, 15, 80), "help": random.choice(["yes", "no"], 80)})
    frame["points"] = 2.0 * frame["hours"] + 1
    return workspace(folder, text, frame, lambda rows: 2.0 * rows["hours"].to_numpy(dtype=float) + (rows["help"] == "yes"), ())


def test_a_regression_has_a_value_to_reach(tmp_path):
    space = graded(tmp_path)
    case = next(case for case in space.domain.cases.index if space.domain.cases.loc[case, "hours"] <= 5)
    found = asked(space, case, "threshold", features=["hours"], target={"at_least": 18})
    assert found["best"] == 9                   # 2 x 9 is 18; 2 x 8 + 1, with help, is 17
    options = asked(space, case, target={"at_least": 18})["options"]
    assert options and all(option["value"] >= 18 for option in options)


def test_a_threshold_without_a_value_to_reach_is_that_of_the_next_clearly_better_one(tmp_path):
    """Half of the targets lie within about 14 of each other, so a trifle is 1.4: from 2 h (with help 2 h + 1) to 2 h + 2 (+ 3)."""
    space = graded(tmp_path)
    for case in [case for case in space.domain.cases.index if space.domain.cases.loc[case, "hours"] <= 5][:4]:
        hours, helped = space.domain.cases.loc[case, ["hours", "help"]]
        found = asked(space, case, "threshold", features=["hours"])
        assert found["aim"] == {"at_least": 2 * hours + (3 if helped == "yes" else 2)} and found["aim_chosen_by"] == "default"
        assert found["best"] == hours + 1
    assert asked(space, case, "threshold", features=["hours"], target={"at_least": 18})["aim_chosen_by"] == "person"


def test_values_of_a_regression_may_move_until_the_estimate_leaves_its_usual_error(tmp_path):
    """The model is off by 1 without help and by nothing with it: its mean error is the share without help, under 1. An hour more
    moves the estimate by 2 and help by 1, so neither may change."""
    space = graded(tmp_path)
    cases, case = space.domain.cases, space.domain.cases.index[3]
    found = asked(space, case, "keep")
    assert found["within"]["tolerance"] == pytest.approx((cases["help"] == "no").mean()) and found["within"]["tolerance"] < 1
    kept = {entry["feature"]: entry for entry in found["features"]}
    assert kept["hours"]["keeps"] == {"from": cases.loc[case, "hours"], "to": cases.loc[case, "hours"]}
    assert kept["help"]["keeps"] == [cases.loc[case, "help"] == "yes"] and not kept["help"]["any"]
    asked_for = asked(space, case, "keep", target={"at_least": -5})
    assert asked_for["within"] is None and all(entry["any"] for entry in asked_for["features"])


def test_without_a_value_to_reach_it_is_the_next_whole_one_that_is_better_by_more_than_a_trifle(tmp_path):
    space = graded(tmp_path)
    targets = space.domain.train_target.to_numpy(dtype=float)
    trifle = np.subtract(*np.quantile(targets, [0.75, 0.25])) / 10
    case = next(case for case in space.domain.cases.index if space.domain.cases.loc[case, "hours"] <= 5)
    result = asked(space, case)
    now = result["present"]["value"]
    assert result["target"] == {"at_least": np.ceil(now + trifle)} and result["target_chosen_by"] == "default"
    assert result["options"] and all(option["value"] >= now + trifle for option in result["options"])


def test_where_lower_is_better_the_value_looked_for_lies_below(tmp_path):
    space = graded(tmp_path, GRADES + "better: lower\n")
    targets = space.domain.train_target.to_numpy(dtype=float)
    trifle = np.subtract(*np.quantile(targets, [0.75, 0.25])) / 10
    case = next(case for case in space.domain.cases.index if space.domain.cases.loc[case, "hours"] >= 8)
    result = asked(space, case)
    now = result["present"]["value"]
    assert result["target"] == {"at_most": np.floor(now - trifle)} and result["target_chosen_by"] == "default"
    assert result["options"] and all(option["value"] <= now - trifle for option in result["options"])


def test_a_range_that_people_hope_for_is_looked_for_from_both_sides(tmp_path):
    space = graded(tmp_path, GRADES + "better: {from: 10, to: 12}\n")
    met = 0
    for case in space.domain.cases.index[:12]:
        hours = space.domain.cases.loc[case, "hours"]
        if 4 <= hours <= 6:
            continue
        options = asked(space, case)["options"]
        assert options and all(10 <= option["value"] <= 12 for option in options)
        met += 1
    assert met


def test_better_without_a_number_to_reach_is_refused(tmp_path):
    with pytest.raises(DomainProblem) as problem:
        loan(tmp_path, LOAN + "better: lower\n")
    assert problem.value.code == "better_needs_a_number"


def test_a_regression_range_is_met_from_both_sides(tmp_path):
    space = graded(tmp_path)
    for case in space.domain.cases.index[:10]:
        try:
            options = asked(space, case, target={"from": 10, "to": 12})["options"]
        except InputProblem as problem:
            assert problem.code == "target_value_reached"
            continue
        assert options and all(10 <= option["value"] <= 12 for option in options)
