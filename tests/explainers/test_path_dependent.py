"""Path-dependent SHAP on request: against the definition, and against shap where each player is one column."""
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.naive_bayes import GaussianNB

from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

ASK = Ask("why", {"method": "path_dependent"})


def asked(workspace, case="3", **subject):
    return explain(Query(subject=Subject(case=str(workspace.domain.cases.index[int(case)]), **subject), asks=(ASK,)), workspace)[0]


def expected(tree, codes, known, node=0):
    """The mean of the leaves, splits of columns outside `known` by the share of rows on each branch: the definition itself."""
    if tree.children_left[node] < 0:
        return tree.value[node, 0]
    left, right = tree.children_left[node], tree.children_right[node]
    if tree.feature[node] in known:
        return expected(tree, codes, known, left if codes[tree.feature[node]] <= tree.threshold[node] else right)
    share = tree.weighted_n_node_samples[left] / tree.weighted_n_node_samples[node]
    return share * expected(tree, codes, known, left) + (1 - share) * expected(tree, codes, known, right)


def by_definition(workspace, row):
    """Shapley values of the mean of a forest's trees, all columns of a player known together."""
    pipeline, players = workspace.model.estimator, workspace.domain.players
    codes = np.asarray(pipeline[:-1].transform(row), dtype=np.float32)[0]
    names = [name.split("__")[1] for name in pipeline[0].get_feature_names_out()]
    columns = [{i for i, name in enumerate(names) if any(name == own or name.startswith(own + "_") for own in player.columns)}
               for player in players]
    assert sum(map(len, columns)) == len(names)
    value = {}
    for size in range(len(players) + 1):
        for some in combinations(range(len(players)), size):
            known = set().union(*(columns[i] for i in some)) if some else set()
            value[frozenset(some)] = np.mean([expected(each.tree_, codes, known) for each in pipeline[-1].estimators_], axis=0)
    result = np.zeros((len(players), len(value[frozenset()])))
    for i in range(len(players)):
        for some, base in value.items():
            if i not in some:
                result[i] += factorial(len(some)) * factorial(len(players) - len(some) - 1) / factorial(len(players)) * (
                    value[some | {i}] - base)
    return result, value[frozenset()]


@pytest.mark.parametrize("outcomes", [2, 0])
def test_columns_of_one_feature_are_known_together_as_in_the_definition(tmp_path, outcomes):
    forest = (RandomForestRegressor if outcomes == 0 else RandomForestClassifier)(6, max_depth=5, random_state=0)
    workspace = workspace_of(domain_of(tmp_path / "toy", table(outcomes=outcomes), outcomes), in_pipeline(forest))
    wanted, base = by_definition(workspace, workspace.domain.cases.iloc[[3]])
    evidence = asked(workspace)
    output = workspace.model.classes.index(evidence.outcome) if outcomes else 0
    order = [player.name for player in workspace.domain.players]
    found = {entry["feature"]: entry["contribution"] for entry in evidence.result["contributions"]}
    assert np.abs(np.array([found[name] for name in order]) - wanted[:, output]).max() < 1e-9
    assert evidence.result["baseline"] == pytest.approx(base[output], abs=1e-9)
    assert evidence.output == ("points" if outcomes == 0 else "probability") and evidence.result["additivity_error"] < 1e-9


def one_column_a_player(tmp_path, last, missing=False):
    rows = table(missing=missing).drop(columns=["kindA", "kindB"])
    domain = domain_of(tmp_path / "toy", rows, families={}, features={"job": {"type": "category"}})
    return workspace_of(domain, in_pipeline(last, one_hot=False))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["hist", "gradient", "xgboost", "lightgbm"])
def test_boosted_trees_are_told_in_log_odds_and_equal_shap(tmp_path, name):
    import shap
    from lightgbm import LGBMClassifier
    from xgboost import XGBClassifier

    last = {"hist": HistGradientBoostingClassifier(max_iter=20, random_state=0), "gradient": GradientBoostingClassifier(n_estimators=20),
            "xgboost": XGBClassifier(n_estimators=20, max_depth=4), "lightgbm": LGBMClassifier(n_estimators=20, verbose=-1)}[name]
    workspace = one_column_a_player(tmp_path, last, missing=name != "gradient")
    pipeline = workspace.model.estimator
    evidence = asked(workspace)
    sign = 1 if evidence.outcome == "1" else -1
    found = {entry["feature"]: sign * entry["contribution"] for entry in evidence.result["contributions"]}
    names = [each.split("__")[1] for each in pipeline[0].get_feature_names_out()]
    explainer = shap.TreeExplainer(pipeline[-1], feature_perturbation="tree_path_dependent")
    wanted = explainer(pipeline[:-1].transform(workspace.domain.cases.iloc[[3]])).values[0]
    assert evidence.output == "log_odds" and evidence.result["reference"] == "tree_paths"
    assert np.abs([found[column] for column in names] - wanted.reshape(len(names), -1)[:, -1]).max() < 1e-5
    chance = workspace.model.predict(workspace.domain.cases.iloc[[3]])[0, workspace.model.classes.index(evidence.outcome)]
    assert 1 / (1 + np.exp(-evidence.result["value"])) == pytest.approx(chance, abs=1e-6)


def test_xgboosts_own_contributions_are_the_same_so_they_are_no_second_method(tmp_path):
    import xgboost

    workspace = one_column_a_player(tmp_path, xgboost.XGBClassifier(n_estimators=15, max_depth=3))
    pipeline, row = workspace.model.estimator, workspace.domain.cases.iloc[[3]]
    own = pipeline[-1].get_booster().predict(xgboost.DMatrix(pipeline[:-1].transform(row)), pred_contribs=True)[0, :-1]
    evidence = asked(workspace)
    sign = 1 if evidence.outcome == "1" else -1
    found = {entry["feature"]: sign * entry["contribution"] for entry in evidence.result["contributions"]}
    assert np.abs([found[each.split("__")[1]] for each in pipeline[0].get_feature_names_out()] - own).max() < 1e-5


def test_a_group_gets_the_mean_of_its_cases(tmp_path):
    workspace = one_column_a_player(tmp_path, HistGradientBoostingClassifier(max_iter=20, random_state=0))
    whole = explain(Query(subject=Subject(everyone=True), asks=(ASK,)), workspace)[0].result
    single = [asked(workspace, str(i)).result["contributions"] for i in range(len(workspace.domain.cases))]
    for entry in whole["contributions"]:
        values = [each["contribution"] for one in single for each in one if each["feature"] == entry["feature"]]
        assert entry["contribution"] == pytest.approx(np.mean(values), abs=1e-9)
        assert entry["mean_size"] == pytest.approx(np.abs(values).mean(), abs=1e-9)


def test_models_that_are_no_sum_of_trees_are_told_so(tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), in_pipeline(GaussianNB()))
    with pytest.raises(InputProblem) as problem:
        asked(workspace)
    assert problem.value.code == "no_path_dependent" and problem.value.facts["model"] == "GaussianNB"
