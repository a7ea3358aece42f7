"""Shuffling a feature gives what the model says of the shuffled raw rows, whichever short way is taken; odd models go through."""
import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from explainers.explain import explain
from explainers.loading import from_estimator
from explainers.shuffling import Shuffler, shuffled
from explainers.types import Ask, Query, Subject
from explainers.workspace import Workspace
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

pytestmark = pytest.mark.filterwarnings("ignore")


def numbers_only(folder, columns=("age", "amount", "grade")):
    rows = table()[[*columns, "target"]]
    return domain_of(folder / "toy", rows, families={}, features={})


@pytest.mark.parametrize("make, short", [
    (lambda folder: workspace_of(domain_of(folder / "toy", table()), in_pipeline(LogisticRegression(max_iter=900), scale=True)), True),
    (lambda folder: workspace_of(numbers_only(folder), RandomForestClassifier(5, random_state=0)), True),
    (lambda folder: workspace_of(domain_of(folder / "toy", table(missing=True)), in_pipeline(
        HistGradientBoostingClassifier(max_iter=5, random_state=0), one_hot=False)), True)])
def test_the_short_way_gives_what_the_raw_rows_give(make, short, tmp_path):
    workspace = make(tmp_path)
    rows = workspace.domain.cases
    shuffler = Shuffler(workspace, rows)
    assert (shuffler.codes is not None) == short
    orders = [np.random.default_rng(seed).permutation(len(rows)) for seed in range(2)]
    for player in workspace.domain.players:
        for order, found in zip(orders, shuffler.predictions(player, orders)):
            assert np.allclose(found, workspace.model.predict(shuffled(rows, player.columns, order)), atol=1e-12)


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
