"""How groups fare: shares counted by hand, small groups held back, gaps that are planted or chance."""

import json

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.fairness import SMALLEST
from explainers.rates import share_of
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

MARKED = {
    "job": {"type": "category", "sensitive": True},
    "age": {"sensitive": True},
    "grade": {"type": "category", "values": {n: f"grade {n}" for n in (1, 2, 3, 4)}},
}


def fairness(workspace, **options):
    evidence = explain(Query(subject=Subject(everyone=True), asks=(Ask("fairness", options),)), workspace)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(600), holdout=0.4, features=MARKED)
    return workspace_of(domain, in_pipeline(LogisticRegression(max_iter=500), scale=True))


def test_the_shares_of_a_group_are_those_counted_by_hand(workspace):
    rows, truth = workspace.domain.cases, workspace.domain.cases_target
    said = workspace.outcomes(rows)
    found = {entry["feature"]: entry for entry in fairness(workspace)["features"]}
    assert set(found) == {"job", "age"}
    assert [group["value"] for group in found["job"]["groups"]] == ["clerk", "nurse", "pilot"]
    for group in found["job"]["groups"]:
        met = (rows["job"] == group["value"]).to_numpy()
        good = met & (truth == "1").to_numpy()
        bad = met & (truth == "0").to_numpy()
        assert group["rated"] == share_of((said[met] == "1").sum(), met.sum())
        assert group["true"] == share_of(good.sum(), met.sum())
        assert group["missed"] == share_of((said[good] == "0").sum(), good.sum())
        assert group["passed"] == share_of((said[bad] == "1").sum(), bad.sum())
        assert group["right"] == share_of((said[met] == truth.to_numpy()[met]).sum(), met.sum())


def test_a_number_is_cut_into_thirds_of_the_training_rows(workspace):
    age = next(entry for entry in fairness(workspace)["features"] if entry["feature"] == "age")
    cuts = [workspace.domain.train["age"].quantile(q, interpolation="nearest") for q in (1 / 3, 2 / 3)]
    ages = workspace.domain.cases["age"]
    sizes = [(ages <= cuts[0]).sum(), ((ages > cuts[0]) & (ages <= cuts[1])).sum(), (ages > cuts[1]).sum()]
    assert [group["size"] for group in age["groups"]] == sizes
    assert age["groups"][0]["to"] <= cuts[0] < age["groups"][1]["from"]


def test_a_group_with_too_few_rows_is_named_without_rates(tmp_path):
    rows = table(300)
    rows.loc[::12, "job"] = "diver"
    domain = domain_of(tmp_path / "toy", rows, features=MARKED)
    found = fairness(workspace_of(domain, in_pipeline(LogisticRegression(max_iter=500), scale=True)), features=["job"])["features"][0]
    few = int((domain.cases["job"] == "diver").sum())
    assert 0 < few < SMALLEST
    assert [(group["value"], group["size"]) for group in found["small"]] == [("diver", few)]
    assert "diver" not in [group["value"] for group in found["groups"]]
    assert all("rated" not in group for group in found["small"])


def test_a_planted_gap_is_clear_and_a_feature_without_use_turns_nobody(tmp_path):
    rows = table(600)
    rows["target"] = (rows["job"] == "pilot").astype(int)
    domain = domain_of(tmp_path / "toy", rows, features=MARKED | {"owner": {"type": "yes_no", "sensitive": True}})
    found = {
        entry["feature"]: entry
        for entry in fairness(workspace_of(domain, in_pipeline(DecisionTreeClassifier(random_state=0))))["features"]
    }
    gap = found["job"]["gaps"]["rated"]
    assert gap["clear"] and gap["difference"] == 1 and gap["chance"] < 0.001
    assert found["job"]["groups"][gap["highest"]]["value"] == "pilot"
    assert found["job"]["flips"]["share"] == 1.0
    assert found["owner"]["flips"]["count"] == 0 and not found["owner"]["gaps"]["rated"]["clear"]


def test_the_chance_of_a_gap_is_that_of_all_reshufflings(tmp_path):
    """Two groups of 10: the exact probability from the hypergeometric distribution, within sampling error."""
    from scipy.stats import hypergeom

    from explainers.fairness import _gap

    number = np.repeat([0, 1], 10)
    values = np.array([1] * 8 + [0] * 2 + [1] * 3 + [0] * 7, dtype=bool)
    gap = _gap([number == 0, number == 1], values, np.ones(20, dtype=bool), 20)
    first = np.arange(2, 11)
    exact = sum(hypergeom(20, 11, 10).pmf(k) for k in first if abs(k - (11 - k)) >= 5)
    assert gap["difference"] == pytest.approx(0.5)
    assert gap["chance"] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 2000))


def test_a_regression_compares_mean_estimates_and_errors(tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table(400, outcomes=0), 0, features=MARKED), in_pipeline(LinearRegression()))
    rows, truth = workspace.domain.cases, workspace.domain.cases_target.to_numpy(dtype=float)
    value = workspace.model.predict(rows)
    job = next(entry for entry in fairness(workspace)["features"] if entry["feature"] == "job")
    for group in job["groups"]:
        met = (rows["job"] == group["value"]).to_numpy()
        assert group["estimate"]["value"] == pytest.approx(value[met].mean())
        assert group["error"]["value"] == pytest.approx((value - truth)[met].mean())
    assert job["flips"] is None


def test_without_sensitive_features_nothing_is_compared_until_one_is_named(tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table(200)), in_pipeline(LogisticRegression(max_iter=500), scale=True))
    assert fairness(workspace)["features"] == []
    assert [entry["feature"] for entry in fairness(workspace, features=["kind"])["features"]] == ["kindA", "kindB"]
    assert all(entry["flips"] is None for entry in fairness(workspace, features=["kind"])["features"])
    with pytest.raises(InputProblem):
        fairness(workspace, features=["moon"])


def test_the_role_of_a_sensitive_value_stands_beside_how_its_group_is_rated(workspace):
    rows = workspace.domain.cases
    said, case = workspace.outcomes(rows) == "1", rows.index[3]
    found = explain(Query(subject=Subject(case=case), asks=(Ask("role", {"features": ["job"]}),)), workspace)[0].result
    met = (rows["job"] == rows.loc[case, "job"]).to_numpy()
    assert found["group"]["group"] == share_of(said[met].sum(), met.sum())
    assert found["group"]["others"] == share_of(said[~met].sum(), (~met).sum())
    plain = explain(Query(subject=Subject(case=case), asks=(Ask("role", {"features": ["amount"]}),)), workspace)[0].result
    assert plain["group"] is None
