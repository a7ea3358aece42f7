"""Shuffling a feature gives what the model says of the shuffled raw rows, whichever short way is taken; odd models go through."""
import numpy as np
import pandas as pd
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier

from explainers.explain import explain
from explainers.loading import from_estimator
from explainers.shapley.engines import engine_of
from explainers.shuffling import ASKED, Shuffler, shuffled
from explainers.types import Ask, Query, Subject
from explainers.workspace import Workspace
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

pytestmark = pytest.mark.filterwarnings("ignore")


def numbers_only(folder, columns=("age", "amount", "grade")):
    rows = table()[[*columns, "target"]]
    return domain_of(folder / "toy", rows, families={}, features={})


SHORT, READ = "codes", "read"


@pytest.mark.parametrize("make, way", [
    (lambda folder: workspace_of(domain_of(folder / "toy", table()), in_pipeline(MLPClassifier((4,), max_iter=50), scale=True)), SHORT),
    (lambda folder: workspace_of(numbers_only(folder), KNeighborsClassifier(3)), SHORT),
    (lambda folder: workspace_of(domain_of(folder / "toy", table()), in_pipeline(LogisticRegression(max_iter=900), scale=True)), READ),
    (lambda folder: workspace_of(numbers_only(folder), RandomForestClassifier(5, random_state=0)), READ),
    (lambda folder: workspace_of(domain_of(folder / "toy", table(missing=True)), in_pipeline(
        HistGradientBoostingClassifier(max_iter=5, random_state=0), one_hot=False)), READ),
    (lambda folder: workspace_of(domain_of(folder / "toy", table(outcomes=3), 3), in_pipeline(
        GradientBoostingClassifier(n_estimators=5, random_state=0))), READ),
    (lambda folder: workspace_of(domain_of(folder / "toy", table(outcomes=0), 0), in_pipeline(
        RandomForestRegressor(5, random_state=0))), READ),
    (lambda folder: workspace_of(domain_of(folder / "toy", table()), in_pipeline(CalibratedClassifierCV(
        RandomForestClassifier(5, random_state=0), cv=3))), READ)])
def test_the_short_way_gives_what_the_raw_rows_give(make, way, tmp_path):
    workspace = make(tmp_path)
    rows, players = workspace.domain.cases, workspace.domain.players
    random = np.random.default_rng(0)
    orders = [[random.permutation(len(rows)) for _ in range(2)] for _ in players]
    shuffler = Shuffler(workspace, rows, orders)
    assert getattr(shuffler, way) is not None
    assert np.allclose(shuffler.before, workspace.model.predict(rows), atol=1e-11)
    for number, player in enumerate(players):
        for order, found in zip(orders[number], shuffler.predictions(number)):
            assert np.allclose(found, workspace.model.predict(shuffled(rows, player.columns, order)), atol=1e-11)


def test_a_model_that_is_read_is_not_asked_and_one_that_is_asked_gets_fewer_rows_of_many_features(tmp_path):
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(3000, 300)), columns=[f"m{place}" for place in range(300)])
    rows["target"] = (rows["m7"] > 0).astype(int)
    domain = domain_of(tmp_path / "toy", rows, families={}, features={})
    importance = Query(subject=Subject(everyone=True), asks=(Ask("importance"),))
    asked = explain(importance, workspace_of(domain, KNeighborsClassifier(3)))[0].result
    assert asked["rows"] * asked["repeats"] * 300 <= ASKED and len(asked["features"]) == 300
    workspace = workspace_of(domain, DecisionTreeClassifier(random_state=0))
    engine_of(workspace)
    workspace.model.predict = None
    read = explain(importance, workspace)[0].result
    assert read["rows"] == len(domain.cases) and read["features"][0]["feature"] == "m7"
    assert all(each["importance"] == 0 for each in read["features"][1:])


def test_a_model_with_one_feature_is_explained_to_experts_without_checks(tmp_path):
    workspace = workspace_of(numbers_only(tmp_path, ("age",)), DecisionTreeClassifier(max_depth=3, random_state=0))
    case = str(workspace.domain.cases.index[0])
    found = explain(Query(subject=Subject(case=case), asks=(Ask("why", {"checks": True}),)), workspace)[0]
    assert len(found.result["contributions"]) == 1 and "checks" not in found.result


def test_a_model_on_categories_by_their_type_can_be_fitted_again(tmp_path):
    domain = domain_of(tmp_path / "toy", table())
    train = domain.train.assign(job=domain.train["job"].astype("category"))
    model = HistGradientBoostingClassifier(max_iter=10, categorical_features="from_dtype", random_state=0)
    workspace = Workspace(domain)
    workspace.model = from_estimator(model.fit(train, domain.train_target.astype(int)), domain, "toy")
    case = str(domain.cases.index[0])
    found = explain(Query(subject=Subject(case=case), asks=(Ask("robustness"),)), workspace)[0]
    assert found.result["models"]["refitted"] == 8 and found.result["models"]["good"] > 0


def test_a_rule_of_a_wide_model_is_searched_among_what_counts_most(tmp_path):
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(200, 60)), columns=[f"m{place}" for place in range(60)])
    rows["target"] = (rows["m7"] > 0).astype(int)
    workspace = workspace_of(domain_of(tmp_path / "toy", rows, families={}, features={}), DecisionTreeClassifier(random_state=0))
    case = str(workspace.domain.cases.index[0])
    found = explain(Query(subject=Subject(case=case), asks=(Ask("anchor"),)), workspace)[0]
    assert {condition["feature"] for condition in found.result["conditions"]} == {"m7"} and found.result["met"]
    assert found.result["tried"] <= 2 + 2 * 30
