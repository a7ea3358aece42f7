"""The evidence of why, role and importance: what its numbers say must hold when the model is asked again."""
import json

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import roc_auc_score

from explainers.explain import explain
from explainers.types import Ask, Change, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of


def model(outcomes=2):
    kind = HistGradientBoostingRegressor if outcomes == 0 else HistGradientBoostingClassifier
    return in_pipeline(kind(max_iter=30, random_state=0))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return workspace_of(domain_of(tmp_path_factory.mktemp("toy") / "toy", table(500)), model())


@pytest.fixture(scope="module")
def points(tmp_path_factory):
    return workspace_of(domain_of(tmp_path_factory.mktemp("toy") / "toy", table(300, outcomes=0), 0), model(0))


def ask(workspace, kind, subject=None, changes=(), **options):
    subject = subject or Subject(case=workspace.domain.cases.index[2])
    return explain(Query(subject=subject, changes=changes, asks=(Ask(kind, options),)), workspace)[0]


# -- why -------------------------------------------------------------------------------------------------------------

def test_why_explains_the_probability_of_the_told_outcome(workspace):
    evidence = ask(workspace, "why")
    result = evidence.result
    row = workspace.domain.cases.iloc[[2]]
    assert (evidence.output, evidence.outcome) == ("probability", "0")
    assert result["value"] == pytest.approx(workspace.model.score(row, "0")[0], abs=1e-12)
    assert result["baseline"] + sum(c["contribution"] for c in result["contributions"]) == pytest.approx(result["value"], abs=1e-9)
    sizes = [abs(c["contribution"]) for c in result["contributions"]]
    assert sizes == sorted(sizes, reverse=True)
    assert {c["feature"] for c in result["contributions"]} == {"age", "amount", "job", "grade", "owner", "kind"}
    json.dumps(evidence.to_json(), allow_nan=False)


def test_why_with_changes_explains_the_changed_case(workspace):
    result = ask(workspace, "why", changes=(Change("age", "to", 70),)).result
    row = workspace.domain.cases.iloc[[2]].assign(age=70)
    assert result["value"] == pytest.approx(workspace.model.score(row, "0")[0], abs=1e-12)
    assert next(c for c in result["contributions"] if c["feature"] == "age")["value"] == 70


def test_values_are_set_beside_the_training_rows(workspace):
    domain = workspace.domain
    row = domain.cases.iloc[2]
    by_name = {c["feature"]: c for c in ask(workspace, "why").result["contributions"]}
    assert by_name["age"]["share_below"] == pytest.approx((domain.train["age"] < row["age"]).mean())
    assert by_name["job"]["share"] == pytest.approx((domain.train["job"] == row["job"]).mean())
    kinds = np.where(domain.train["kindA"] == 1, "kindA", np.where(domain.train["kindB"] == 1, "kindB", None))
    own = "kindA" if row["kindA"] == 1 else "kindB" if row["kindB"] == 1 else None
    assert by_name["kind"]["value"] == own and by_name["kind"]["share"] == pytest.approx((kinds == own).mean())
    liked = domain.train[workspace.outcomes(domain.train) == "1"]
    assert abs(by_name["age"]["typical"] - liked["age"].median()) <= 1
    assert by_name["job"]["typical"] == liked["job"].mode()[0]


def test_why_of_a_group_is_the_mean_of_its_cases(workspace):
    where = {"and": [{"prediction": "0"}, {"feature": "age", "is": ">", "value": 60}]}
    group = ask(workspace, "why", Subject(where=where))
    rows = workspace.domain.cases[(workspace.domain.cases["age"] > 60) & (workspace.outcomes(workspace.domain.cases) == "0")]
    assert 1 < len(rows) <= 40 and group.result["size"] == group.result["sampled"] == len(rows)
    alone = [{c["feature"]: c["contribution"] for c in ask(workspace, "why", Subject(case=case)).result["contributions"]}
             for case in rows.index]
    for entry in group.result["contributions"]:
        assert entry["contribution"] == pytest.approx(np.mean([each[entry["feature"]] for each in alone]), abs=1e-9)
        assert entry["share_negative"] == pytest.approx(np.mean([each[entry["feature"]] < 0 for each in alone]))


def test_why_of_a_regression_is_in_its_unit(points):
    evidence = ask(points, "why")
    assert evidence.output == "points" and evidence.outcome is None
    assert evidence.result["value"] == pytest.approx(points.model.predict(points.domain.cases.iloc[[2]])[0], abs=1e-9)


def test_log_odds_are_given_where_asked_for(workspace):
    evidence = ask(workspace, "why", method="log_odds")
    score = workspace.model.score(workspace.domain.cases.iloc[[2]], "0")[0]
    assert evidence.output == "log_odds" and evidence.result["value"] == pytest.approx(np.log(score / (1 - score)), abs=1e-9)


# -- role ------------------------------------------------------------------------------------------------------------

def test_the_role_of_a_feature_is_its_place_among_the_contributions(workspace):
    why = ask(workspace, "why").result["contributions"]
    role = ask(workspace, "role", features=["owner"]).result
    assert role["contribution"] == next(c["contribution"] for c in why if c["feature"] == "owner")
    assert why[role["rank"] - 1]["feature"] == "owner" and role["of"] == 6


@pytest.mark.parametrize("feature", ["age", "job", "grade", "owner", "kind", "kindA"])
def test_what_is_said_of_changing_a_feature_alone_holds_when_the_model_is_asked(workspace, feature):
    domain = workspace.domain
    for case in domain.cases.index[:8]:
        role = ask(workspace, "role", Subject(case=case), features=[feature]).result
        now = workspace.outcomes(domain.case(case))[0]
        if role["alone_flips"]:
            assert outcome_with(workspace, case, role["feature"], role["flips_at"]) == role["flips_to"] != now
        if feature == "age":
            tried = {age: outcome_with(workspace, case, "age", age) for age in range(18, 80)}
            flips = [abs(age - role["value"]) for age, outcome in tried.items() if outcome != now]
            assert role["alone_flips"] == bool(flips)
            if flips:
                assert abs(role["flips_at"] - role["value"]) == min(flips)
        else:
            assert set(role["turning"]) == {value for value in VALUES[feature] if value != role["value"]
                                            and outcome_with(workspace, case, role["feature"], value) != now}


VALUES = {"job": ("clerk", "nurse", "pilot"), "grade": (1, 2, 3, 4), "owner": (True, False),
          "kind": ("kindA", "kindB", None), "kindA": ("kindA", "kindB", None)}


def outcome_with(workspace, case, feature, value):
    row = workspace.domain.case(case).copy()
    if feature == "kind":
        row["kindA"], row["kindB"] = int(value == "kindA"), int(value == "kindB")
    else:
        row[feature] = workspace.domain.features[feature].read(value)
    return workspace.outcomes(row)[0]


def test_two_features_are_compared_in_the_order_asked(workspace):
    role = ask(workspace, "role", features=["kindB", "age"]).result
    assert [entry["feature"] for entry in role["features"]] == ["kind", "age"]


def test_of_a_regression_the_range_is_told_and_no_flip(points):
    role = ask(points, "role", features=["age"]).result
    row = points.domain.cases.iloc[[2]]
    highest = max(points.model.predict(row.assign(age=age))[0] for age in range(18, 80))
    assert role["alone_flips"] is None and role["highest"]["score"] == pytest.approx(max(highest, role["highest"]["score"]))


# -- importance ------------------------------------------------------------------------------------------------------

def test_importance_is_the_fall_in_auc_when_a_feature_is_shuffled(workspace):
    domain = workspace.domain
    result = ask(workspace, "importance", Subject(everyone=True)).result
    good = (domain.cases_target == "1").to_numpy()
    assert result["quality"] == pytest.approx(roc_auc_score(good, workspace.model.score(domain.cases, "1")))
    falls = []
    for seed in range(40):
        order = np.random.default_rng(seed).permutation(len(domain.cases))
        shuffled = domain.cases.assign(age=domain.cases["age"].to_numpy()[order])
        falls.append(result["quality"] - roc_auc_score(good, workspace.model.score(shuffled, "1")))
    age = next(entry for entry in result["features"] if entry["feature"] == "age")
    assert age["importance"] == pytest.approx(np.mean(falls), abs=4 * np.std(falls) / np.sqrt(5))
    assert age["low"] < age["importance"] < age["high"]
    assert result["features"] == sorted(result["features"], key=lambda entry: -entry["importance"])


def test_a_feature_that_the_model_never_uses_has_no_importance(tmp_path):
    rows = table(300).assign(owner=0)
    rows.loc[0, "owner"] = 1
    workspace = workspace_of(domain_of(tmp_path / "toy", rows), model())
    result = ask(workspace, "importance", Subject(everyone=True)).result
    owner = next(entry for entry in result["features"] if entry["feature"] == "owner")
    assert (owner["importance"], owner["low"], owner["high"]) == (0, 0, 0)


@pytest.mark.parametrize("outcomes, measure", [(0, "mean_absolute_error"), (3, "log_loss")])
def test_importance_for_regression_and_several_outcomes(tmp_path, outcomes, measure):
    workspace = workspace_of(domain_of(tmp_path / "toy", table(300, outcomes=outcomes), outcomes), model(outcomes))
    result = ask(workspace, "importance", Subject(everyone=True)).result
    assert result["measure"] == measure and result["features"][0]["importance"] > 0
    assert all(entry["low"] <= entry["importance"] <= entry["high"] for entry in result["features"])


def test_importance_by_contributions_is_their_mean_size(workspace):
    result = ask(workspace, "importance", Subject(everyone=True), method="shap").result
    cases = [point["case"] for point in result["points"]]
    sizes = [{c["feature"]: abs(c["contribution"]) for c in ask(workspace, "why", Subject(case=case)).result["contributions"]}
             for case in cases[:3]]
    for point, expected in zip(result["points"], sizes):
        assert {name: abs(value) for name, value in point["contributions"].items()} == pytest.approx(expected)
    for entry in result["features"]:
        assert entry["importance"] == pytest.approx(np.mean([abs(point["contributions"][entry["feature"]]) for point in result["points"]]))
