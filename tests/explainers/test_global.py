"""What the model does in general and what the data hold: each number worked out a second way."""
import json

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LinearRegression
from sklearn.metrics import accuracy_score, f1_score, precision_score, r2_score, recall_score, roc_auc_score
from sklearn.tree import DecisionTreeClassifier

from explainers.conditions import mask
from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.rates import share_of
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

EVERYONE = Subject(everyone=True)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(600), holdout=0.4)
    return workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=30, random_state=0)))


@pytest.fixture(scope="module")
def points(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(400, outcomes=0, missing=True), 0)
    return workspace_of(domain, in_pipeline(HistGradientBoostingRegressor(max_iter=30, random_state=0)))


def result(workspace, kind, subject=EVERYONE, **options):
    evidence = explain(Query(subject=subject, asks=(Ask(kind, options),)), workspace)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


# -- performance and mistakes ----------------------------------------------------------------------------------------

def test_performance_is_what_the_libraries_measure(workspace):
    found = {entry["metric"]: entry for entry in result(workspace, "performance")["metrics"]}
    truth, said = workspace.domain.cases_target, workspace.outcomes(workspace.domain.cases)
    score = workspace.model.score(workspace.domain.cases, "1")
    assert found["accuracy"]["value"] == pytest.approx(accuracy_score(truth, said))
    assert found["auc"]["value"] == pytest.approx(roc_auc_score(truth == "1", score))
    assert found["brier"]["value"] == pytest.approx(np.mean((score - (truth == "1")) ** 2))
    for metric, measure in (("recall", recall_score), ("precision", precision_score), ("f1", f1_score)):
        assert found[metric]["outcome"] == "0" and found[metric]["value"] == pytest.approx(measure(truth, said, pos_label="0"))
    for metric in ("accuracy", "auc", "recall", "precision"):
        assert found[metric]["low"] < found[metric]["value"] < found[metric]["high"]


def test_performance_of_a_regression_is_in_its_unit(points):
    found = {entry["metric"]: entry["value"] for entry in result(points, "performance")["metrics"]}
    truth, said = points.domain.cases_target, points.model.predict(points.domain.cases)
    assert found["mean_absolute_error"] == pytest.approx(np.abs(truth - said).mean())
    assert found["r2"] == pytest.approx(r2_score(truth, said))


def test_the_interval_of_a_share_is_wilsons():
    found = share_of(8, 10)
    assert (found["low"], found["high"]) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert share_of(0, 5)["low"] == 0 and share_of(5, 5)["high"] == 1 and share_of(0, 0)["share"] is None


def test_mistakes_of_a_regression_are_how_far_it_is_off(points):
    found, domain = result(points, "mistakes"), points.domain
    signed = points.model.predict(domain.cases) - domain.cases_target.to_numpy(dtype=float)
    off = np.abs(signed)
    assert found["error"]["value"] == pytest.approx(off.mean())
    assert found["error"]["low"] < found["error"]["value"] < found["error"]["high"]
    assert (off <= found["median"]).mean() == pytest.approx(0.5, abs=0.02)
    assert (off >= found["tenth"]).mean() == pytest.approx(0.1, abs=0.02)
    assert found["high"]["count"] == (signed > 0).sum() and found["low"]["count"] == (signed < 0).sum()
    assert [case["off"] for case in found["cases"]] == pytest.approx(sorted(off, reverse=True)[:5])
    for case in found["cases"]:
        place = domain.cases.index.get_loc(case["case"])
        assert case["outcome"] - case["label"] == pytest.approx(signed[place])
    for group in found["groups"]:
        met = mask(group["where"], domain, domain.cases)
        assert group["size"] == met.sum() and group["error"] == pytest.approx(off[met].mean())
        assert group["clear"] == (not group["low"] <= off.mean() <= group["high"])


def test_mistakes_are_the_cases_that_turned_out_otherwise(workspace):
    found = result(workspace, "mistakes")
    domain = workspace.domain
    wrong = workspace.outcomes(domain.cases) != domain.cases_target
    assert found["count"] == wrong.sum() and sum(entry["count"] for entry in found["by_label"]) == wrong.sum()
    for case in found["cases"]:
        assert domain.cases_target[case["case"]] == case["label"] != case["outcome"]
    for group in found["groups"]:
        met = mask(group["where"], domain, domain.cases)
        assert (group["size"], group["count"]) == (met.sum(), wrong[met].sum())


# -- the data --------------------------------------------------------------------------------------------------------

def test_counting_and_labels_agree_with_the_data(workspace):
    where = {"feature": "age", "is": "<", "value": 40}
    domain = workspace.domain
    met = domain.cases["age"] < 40
    counted = result(workspace, "count", Subject(where=where))
    assert (counted["size"], counted["of"]) == (met.sum(), len(domain.cases))
    assert {entry["outcome"]: entry["count"] for entry in counted["labels"]} == domain.cases_target[met].value_counts().to_dict()
    case = domain.cases.index[4]
    label = result(workspace, "label", Subject(case=case))
    assert label["label"] == domain.cases_target[case] and label["right"] == (label["label"] == label["outcome"])
    shown = result(workspace, "show", Subject(case=case))
    assert shown["cases"][0]["values"] == domain.values(domain.case(case))


def test_what_became_of_somebody_new_is_not_known(workspace):
    new = {"age": 40, "amount": 100.0, "job": "nurse", "grade": 2, "owner": True, "kindA": False, "kindB": False}
    with pytest.raises(InputProblem):
        result(workspace, "label", Subject(new=new))
    assert result(workspace, "show", Subject(new=new))["cases"][0]["label"] is None


def test_statistics_are_those_of_pandas(points):
    rows = points.domain.cases
    amount, job, kind = result(points, "statistic", features=["amount", "job", "kindA"])["features"]
    assert (amount["mean"], amount["median"], amount["spread"]) == (
        pytest.approx(rows["amount"].mean()), pytest.approx(rows["amount"].median()), pytest.approx(rows["amount"].std()))
    assert amount["missing"] == rows["amount"].isna().sum()
    assert {entry["value"]: entry["count"] for entry in job["values"]} == rows["job"].value_counts().to_dict()
    assert {entry["value"]: entry["count"] for entry in kind["values"]}["kindA"] == rows["kindA"].sum()


def test_data_and_model_are_described(workspace, points):
    data, model = result(workspace, "data"), result(workspace, "model")
    assert (data["rows"], data["trained_on"], data["held_out"]) == (600, 360, 240)
    assert model["family"] == "HistGradientBoostingClassifier" and model["trees"] == 30
    assert model["performance"]["rows"] == 240
    assert result(points, "data")["values"]["count"] == 400


# -- similar ---------------------------------------------------------------------------------------------------------

def test_similar_cases_are_the_nearest_others(workspace):
    domain = workspace.domain
    case = domain.cases.index[7]
    found = result(workspace, "similar", Subject(case=case))
    spans = {name: domain.train[name].max() - domain.train[name].min() for name in ("age", "amount")}
    row = domain.cases.loc[case]
    apart = sum((np.minimum((domain.cases[name] - row[name]).abs() / spans[name], 1) if name in spans else domain.cases[name] != row[name])
                for name in domain.features) / len(domain.features)
    nearest = apart.drop(case).sort_values(kind="stable")
    assert [entry["distance"] for entry in found["cases"]] == pytest.approx(nearest.to_list()[:5])
    assert case not in [entry["case"] for entry in found["cases"]] and found["size"] >= 5
    assert sum(entry["count"] for entry in found["labels"]) == found["size"]


# -- effect and interactions -----------------------------------------------------------------------------------------

def test_partial_dependence_is_that_of_scikit_learn(workspace):
    found = result(workspace, "effect", features=["age"])
    estimator, rows = workspace.model.estimator, workspace.domain.train
    sample = rows if len(rows) <= 300 else rows.sample(300, random_state=20).sort_index()
    values = np.array([point["value"] for point in found["points"]], dtype=float)
    theirs = partial_dependence(estimator, sample.astype({"age": float}), ["age"], custom_values={"age": values}, method="brute",
                                response_method="predict_proba", kind="average")["average"][0]
    assert [1 - point["mean"] for point in found["points"]] == pytest.approx(theirs.tolist(), abs=1e-9)


def test_effects_of_a_straight_line_are_its_slope(tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table(400, outcomes=0), 0), in_pipeline(LinearRegression()))
    found = result(workspace, "effect", features=["age"])
    slope = workspace.model.estimator[-1].coef_[-5]
    first, last = found["points"][0], found["points"][-1]
    away = last["value"] - first["value"]
    assert last["mean"] - first["mean"] == pytest.approx(slope * away) and last["ale"] - first["ale"] == pytest.approx(slope * away)
    assert found["direction"] == ("rising" if slope > 0 else "falling")
    pairs = result(workspace, "interactions")["pairs"]
    assert all(pair["size"] < 1e-9 for pair in pairs)


def test_effects_of_categories_and_families_give_each_value(workspace):
    job, kind = result(workspace, "effect", features=["job", "kind"])["features"]
    assert [point["value"] for point in job["points"]] == ["clerk", "nurse", "pilot"]
    assert [point["value"] for point in kind["points"]] == ["kindA", "kindB", None]
    rows = workspace.domain.train
    sample = rows if len(rows) <= 300 else rows.sample(300, random_state=20).sort_index()
    assert kind["points"][2]["mean"] == pytest.approx(workspace.model.score(sample.assign(kindA=0, kindB=0), "0").mean())


def test_two_features_that_only_work_together_are_found(tmp_path):
    rows = table(600)
    rows["target"] = ((rows["age"] > 48) ^ (rows["amount"] > 2500)).astype(int)
    workspace = workspace_of(domain_of(tmp_path / "toy", rows), in_pipeline(HistGradientBoostingClassifier(max_iter=60, random_state=0)))
    pairs = result(workspace, "interactions")["pairs"]
    assert set(pairs[0]["features"]) == {"age", "amount"} and pairs[0]["strength"] > 0.7


# -- rules -----------------------------------------------------------------------------------------------------------

def test_rules_say_what_the_model_says_as_often_as_they_claim(workspace):
    found = result(workspace, "rules")
    domain = workspace.domain
    said = workspace.outcomes(domain.cases)
    agreed = covered = 0
    for rule in found["rules"]:
        met = mask({"and": rule["conditions"]}, domain, domain.cases)
        assert met.sum() == rule["rows"] and (said[met] == rule["outcome"]).sum() == rule["agreement"]["count"]
        agreed, covered = agreed + rule["agreement"]["count"], covered + rule["rows"]
    assert covered == len(domain.cases) and found["fidelity"]["count"] == agreed


def test_a_short_tree_is_told_exactly_by_its_rules(tmp_path):
    rows = table(600)
    rows["target"] = ((rows["age"] > 48) & (rows["job"] == "pilot")).astype(int)
    workspace = workspace_of(domain_of(tmp_path / "toy", rows), in_pipeline(DecisionTreeClassifier(max_depth=2, random_state=0)))
    assert result(workspace, "rules")["fidelity"]["share"] == 1.0


def test_a_path_ends_where_the_rules_put_the_case(workspace):
    domain = workspace.domain
    for case in domain.cases.index[:10]:
        path = result(workspace, "path", Subject(case=case))
        assert mask({"and": path["conditions"]}, domain, domain.case(case)).all()
        assert path["model_outcome"] == workspace.outcomes(domain.case(case))[0]
        assert path["agrees"] == (path["outcome"] == path["model_outcome"])


def test_rules_of_a_regression_give_values(points):
    found = result(points, "rules")
    assert found["fidelity"]["measure"] == "r2" and 0.3 < found["fidelity"]["share"] <= 1
    assert len({rule["value"] for rule in found["rules"]}) > 3


def test_columns_of_one_thing_are_shown_as_one_value(workspace):
    """kindA and kindB are a family: a row with kindB = 1 has the value kindB, one with neither has none."""
    domain = workspace.domain
    family = next(player for player in domain.players if len(player.columns) == 2)
    for column, wanted in (("kindA", "kindA"), ("kindB", "kindB"), (None, None)):
        row = next(case for case in domain.cases.index if (domain.cases.loc[case, ["kindA", "kindB"]] == [
            int(column == "kindA"), int(column == "kindB")]).all())
        shown = result(workspace, "show", Subject(case=row))["cases"][0]["features"]
        assert {entry["feature"]: entry["value"] for entry in shown}[family.name] == wanted
        assert len(shown) == len(domain.players) and not {"kindA", "kindB"} & {entry["feature"] for entry in shown}
