"""What must hold for Shapley values whatever the model, and what happens where an exact way is not to be had."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy.special import expit, logit
from sklearn.decomposition import PCA
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, Normalizer, PolynomialFeatures, StandardScaler

from explainers.shapley import blackbox
from explainers.shapley.additive import additive_values
from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.shapley.blackbox import Estimate, blackbox_values
from explainers.shapley.encoding import encoding_of
from explainers.shapley.engines import background_for, engine_of
from explainers.shapley.several import all_at_once, explain_rows, together
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of

COLUMNS = list("abcdef")


def numbers(seed, rows):
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(rows, len(COLUMNS))), columns=COLUMNS)


def values_of(function, x, background, seed=1):
    return blackbox_values(x, background, [(column,) for column in COLUMNS], function, seed)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), weights=st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_contributions_add_up_and_unused_features_get_nothing(seed, weights):
    weights[2] = 0.0
    function = lambda frame: np.tanh(frame.to_numpy() @ weights) + frame["a"].to_numpy() * frame["b"].to_numpy()
    x, background = numbers(seed, 1), numbers(seed + 1, 9)
    found = values_of(function, x, background)
    assert found.values.sum() == pytest.approx(function(x)[0] - function(background).mean(), abs=1e-9)
    assert found.values[2] == pytest.approx(0, abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_features_that_act_alike_get_the_same(seed):
    x, background = numbers(seed, 1), numbers(seed + 1, 7)
    x["b"], background["b"] = x["a"], background["a"]
    found = values_of(lambda frame: np.exp(frame["a"].to_numpy() + frame["b"].to_numpy()) * frame["c"].to_numpy(), x, background)
    assert found.values[0] == pytest.approx(found.values[1], abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_values_of_a_sum_of_models_are_sums(seed):
    x, background = numbers(seed, 1), numbers(seed + 1, 5)
    one = lambda frame: np.sin(frame.to_numpy().sum(axis=1))
    two = lambda frame: frame["a"].to_numpy() * frame["f"].to_numpy()
    both = values_of(lambda frame: one(frame) + two(frame), x, background)
    assert np.allclose(both.values, values_of(one, x, background).values + values_of(two, x, background).values, atol=1e-12)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.floats(0.1, 6))
def test_the_integral_through_a_sigmoid_equals_all_coalitions(seed, size):
    random = np.random.default_rng(seed)
    terms = random.normal(0, size, (3, 9, 1)) * (random.random((3, 9, 1)) < 0.8)
    base = random.normal(0, 2, (3, 1))
    tables = additive_values(base, terms, "sigmoid", 1)
    from explainers.shapley.additive import _through_sigmoid

    integral = np.mean([_through_sigmoid(start, add) for start, add in zip(base[:, 0], terms[:, :, 0])], axis=0)
    assert np.abs(tables - integral).max() < 1e-11


def test_many_players_of_a_logistic_model_are_still_exact():
    random = np.random.default_rng(3)
    terms, base = random.normal(0, 0.7, (4, 60, 1)), random.normal(0, 1, (4, 1))
    found = additive_values(base, terms, "sigmoid", 1)
    total = expit(base[:, 0] + terms[:, :, 0].sum(axis=1)) - expit(base[:, 0])
    assert found.sum() == pytest.approx(total.mean(), abs=1e-11)
    assert np.allclose(additive_values(base, terms, "sigmoid", 0), -found)


# -- where it is estimated -------------------------------------------------------------------------------------------


def network():
    x = numbers(1, 150)
    target = (x["a"] * x["b"] + x["c"] > 0).astype(int)
    return MLPClassifier((8,), max_iter=300, random_state=0).fit(x, target)


@pytest.mark.filterwarnings("ignore")
def test_estimates_lie_within_their_stated_errors_and_repeat_with_the_seed(monkeypatch):
    model = network()
    function = lambda frame: model.predict_proba(frame)[:, 1]
    x, background = numbers(2, 1), numbers(3, 20)
    exact = values_of(function, x, background)
    monkeypatch.setattr(blackbox, "LARGEST_EXACT", 10)
    runs = [values_of(function, x, background, seed) for seed in range(8)]
    assert exact.errors is None and all(run.errors is not None for run in runs)
    distances = np.array([(run.values - exact.values) / np.maximum(run.errors, 1e-9) for run in runs])
    assert np.abs(distances).max() < 6 and 0.3 < np.sqrt((distances**2).mean()) < 2.0
    assert np.array_equal(runs[0].values, values_of(function, x, background, 0).values)
    for run in runs:
        assert run.values.sum() == pytest.approx(exact.values.sum(), abs=1e-9)


@pytest.mark.filterwarnings("ignore")
def test_sampling_goes_on_until_the_order_of_the_reasons_is_settled(monkeypatch):
    monkeypatch.setattr(blackbox, "LARGEST_EXACT", 10)
    x, background = numbers(2, 1), numbers(3, 20)
    far = values_of(lambda frame: frame.to_numpy() @ [6.0, 5.0, 4.0, 3.0, 2.0, 1.0], x, background)
    model = network()
    near = values_of(lambda frame: model.predict_proba(frame)[:, 1], x, background)
    assert far.stable and far.rows < near.rows


# -- which way is taken ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def domain(tmp_path_factory):
    return domain_of(tmp_path_factory.mktemp("toy") / "toy", table())


def test_an_exact_way_that_does_not_add_up_is_not_used(domain, monkeypatch):
    workspace = workspace_of(domain, in_pipeline(RandomForestClassifier(10, random_state=0)))
    background, row = background_of(workspace, 20), domain.cases.iloc[[0]]
    honest = attribute(workspace, row, background, "1")
    engine = engine_of(workspace)
    monkeypatch.setattr(type(engine), "explained", lambda self, *given: Estimate(np.full(self.n_players, 0.01), None, 0))
    found = attribute(workspace, row, background, "1")
    assert found.method == "exact Shapley values over all coalitions"
    assert np.allclose(found.values, honest.values, atol=1e-9)


@pytest.mark.parametrize("mixing", [PCA(3), PolynomialFeatures(2), Normalizer(), FunctionTransformer(lambda codes: codes * 2)])
def test_a_step_that_mixes_columns_is_not_taken_apart(domain, mixing):
    workspace = workspace_of(domain, in_pipeline(make_pipeline(mixing, LogisticRegression(max_iter=2000))))
    assert encoding_of(workspace.model) is None
    background, row = background_of(workspace, 15), domain.cases.iloc[[0]]
    found = attribute(workspace, row, background, "1")
    wanted = brute_force(workspace, row, background.rows, lambda shares: shares[:, 1])
    assert found.exact and np.abs(found.values - wanted).max() < 1e-9


@pytest.mark.parametrize(
    "model",
    [
        HistGradientBoostingClassifier(max_iter=20, random_state=0),
        LogisticRegression(max_iter=2000),
        GradientBoostingClassifier(n_estimators=15, random_state=0),
    ],
)
@pytest.mark.parametrize("outcome", ["0", "1"])
def test_log_odds_are_explained_on_request(domain, model, outcome):
    workspace = workspace_of(domain, in_pipeline(model))
    background, row = background_of(workspace, 20), domain.cases.iloc[[1]]
    found = attribute(workspace, row, background, outcome, "log_odds")
    wanted = brute_force(workspace, row, background.rows, lambda shares: logit(shares[:, int(outcome)]))
    assert found.exact and np.abs(found.values - wanted).max() < 1e-6
    assert found.value == pytest.approx(float(logit(workspace.model.score(row, outcome)[0])))


def test_a_category_never_seen_in_training_is_explained(domain):
    workspace = workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=20, random_state=0)))
    row = domain.cases.iloc[[1]].assign(job="astronaut")
    background = background_of(workspace, 20)
    found = attribute(workspace, row, background, "1")
    wanted = brute_force(workspace, row, background.rows, lambda shares: shares[:, 1])
    assert np.abs(found.values - wanted).max() < 1e-6


def test_thresholds_in_single_precision_are_compared_as_the_forest_compares_them(domain):
    """Values that differ only beyond single precision stand on the same side of a split."""
    workspace = workspace_of(
        domain, make_pipeline(in_pipeline("passthrough"), StandardScaler(), RandomForestClassifier(30, random_state=0))
    )
    background = background_of(workspace, 20)
    for case in range(3):
        row = domain.train.iloc[[case]]
        found = attribute(workspace, row, background, "1")
        assert found.method.startswith("exact Shapley values from the leaves") and found.additivity_error < 1e-12


# -- background ------------------------------------------------------------------------------------------------------


def test_the_background_is_of_training_rows_like_all_of_them(domain):
    workspace = workspace_of(domain, in_pipeline(LogisticRegression(max_iter=2000)))
    background = background_of(workspace, 50)
    assert len(background.rows) == 50 and set(background.rows.index) <= set(domain.train.index)
    assert background.which == "training"
    assert abs(background.predicted[:, 1].mean() - workspace.model.predict(domain.train)[:, 1].mean()) < 0.01
    assert abs(background.rows["age"].mean() - domain.train["age"].mean()) < 0.15 * domain.train["age"].std()
    again = workspace_of(domain, in_pipeline(LogisticRegression(max_iter=2000)))
    assert list(background_of(again, 50).rows.index) == list(background.rows.index)


def test_a_foil_is_compared_with_rows_of_that_outcome(domain):
    workspace = workspace_of(domain, in_pipeline(LogisticRegression(max_iter=2000)))
    background = background_for(workspace, "1")
    assert set(workspace.outcomes(background.rows)) == {"1"}
    row = domain.cases.iloc[[0]]
    found = attribute(workspace, row, background, "0")
    assert found.baseline == pytest.approx(workspace.model.score(background.rows, "0").mean())
    assert found.baseline < attribute(workspace, row, background_for(workspace), "0").baseline


WIDE = {
    "two outcomes": (HistGradientBoostingClassifier(max_iter=30, random_state=0), 2, 1),
    "the other of two": (HistGradientBoostingClassifier(max_iter=30, random_state=0), 2, 0),
    "three outcomes": (HistGradientBoostingClassifier(max_iter=12, random_state=0), 3, 2),
    "counts": (HistGradientBoostingRegressor(loss="poisson", max_iter=15, random_state=0), 0, 0),
}


@pytest.mark.parametrize("name", WIDE)
def test_a_model_too_wide_for_tables_is_estimated_on_its_leaves_within_the_stated_errors(name, tmp_path, monkeypatch):
    estimator, outcomes, output = WIDE[name]
    rows = table(outcomes=outcomes)
    if not outcomes:
        rows["target"] = rows["target"].abs()
    domain = domain_of(tmp_path / "toy", rows, outcomes)
    workspace = workspace_of(domain, in_pipeline(estimator))
    background, row = background_of(workspace, 20), domain.cases.iloc[[2]]
    outcome = str(output) if outcomes else None
    exact = attribute(workspace, row, background, outcome)
    monkeypatch.setattr("explainers.shapley.tree_engine.LARGEST_TABLE", 1)
    monkeypatch.setattr("explainers.shapley.tree_engine.WALKED", 1)
    runs = [attribute(workspace, row, background, outcome, seed=seed) for seed in range(8)]
    assert exact.exact and all(run.method == "Shapley values estimated on the leaves of the trees" for run in runs)
    assert all(run.additivity_error < 1e-6 for run in runs)
    moves = [run.errors > 1e-9 for run in runs]
    distances = np.concatenate([((run.values - exact.values) / np.maximum(run.errors, 1e-9))[moving] for run, moving in zip(runs, moves)])
    assert np.abs(distances).max() < 6 and 0.3 < np.sqrt((distances**2).mean()) < 2.0
    assert np.array_equal(runs[0].values, attribute(workspace, row, background, outcome, seed=0).values)


def test_the_sum_without_interactions_is_known_exactly_to_the_estimate():
    from explainers.shapley.additive import _through_sigmoid
    from explainers.shapley.walks import NODES, simple_values

    random = np.random.default_rng(8)
    base, control = random.normal(0, 1.5, 5), random.normal(0, 0.6, (5, 40))
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    found = np.empty_like(control)
    simple_values(base, control, (nodes + 1) / 2, weights / 2, 1, found)
    wanted = np.stack([_through_sigmoid(start, add) for start, add in zip(base, control)])
    assert np.abs(found - wanted).max() < 1e-5      # far below the errors of sampling


ADDED = {
    "forest": (RandomForestClassifier(30, random_state=0), 2, "1", "probability"),
    "forest, three outcomes": (RandomForestClassifier(20, random_state=0), 3, "0", "probability"),
    "boosting": (GradientBoostingClassifier(n_estimators=30, random_state=0), 2, "0", "log_odds"),
    "regression": (HistGradientBoostingRegressor(max_iter=30, random_state=0), 0, None, "probability"),
}


@pytest.mark.parametrize("name", ADDED)
def test_many_rows_at_once_get_what_each_gets_alone(name, tmp_path):
    estimator, outcomes, outcome, space = ADDED[name]
    domain = domain_of(tmp_path / "toy", table(outcomes=outcomes, missing=name != "boosting"), outcomes)
    workspace = workspace_of(domain, in_pipeline(estimator))
    background, rows = background_of(workspace, 20), domain.cases
    found = together(workspace, engine_of(workspace), rows, background, outcome, space, all_at_once)
    alone = [attribute(workspace, rows.iloc[[at]], background, outcome, space) for at in range(len(rows))]
    assert np.abs(found.values - np.stack([each.values for each in alone])).max() < 1e-9
    assert np.allclose(found.value, [each.value for each in alone]) and found.additivity_error < 1e-6
    assert all(each.exact for each in alone)


@pytest.mark.parametrize(
    "affordable, other_space, rows, space", [(10**9, True, 52, "probability"), (1, True, 52, "log_odds"), (1, False, 20, "probability")]
)
def test_where_probabilities_of_all_rows_cost_too_much_log_odds_or_fewer_rows_are_taken(
    affordable, other_space, rows, space, domain, monkeypatch
):
    monkeypatch.setattr("explainers.shapley.several.AFFORDABLE", affordable)
    monkeypatch.setattr("explainers.shapley.several.FEWEST", 20)
    workspace = workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=20, random_state=0)))
    found = explain_rows(workspace, domain.cases, background_of(workspace, 20), "1", other_space=other_space)
    assert len(domain.cases) == 52 and (len(found.rows), found.space, found.exact) == (rows, space, True)
    row = found.rows.iloc[[-1]]
    alone = attribute(workspace, row, background_of(workspace, 20), "1", space)
    assert np.abs(found.values[-1] - alone.values).max() < 1e-9 and found.value[-1] == pytest.approx(alone.value)


def test_log_odds_next_to_certainty_are_exact(domain):
    """A probability next to 1 has lost the precision of its log-odds, above all in single precision."""
    from xgboost import XGBClassifier

    workspace = workspace_of(
        domain, in_pipeline(XGBClassifier(n_estimators=300, max_depth=4, learning_rate=0.5, reg_lambda=0.01, n_jobs=1, random_state=0))
    )
    rows = domain.train.iloc[np.argsort(workspace.model.predict(domain.train)[:, 1])[-1:]]
    found = attribute(workspace, rows, background_of(workspace, 20), "1", "log_odds")
    booster = workspace.model.estimator.steps[-1][1]
    margin = booster.predict(workspace.model.estimator[:-1].transform(rows), output_margin=True)[0]
    assert margin > 7 and found.exact and found.value == pytest.approx(margin, rel=1e-5)


def test_many_rows_are_worked_out_once_and_again_where_a_value_changed(domain, monkeypatch):
    from explainers.shapley import several

    workspace = workspace_of(domain, in_pipeline(RandomForestClassifier(10, random_state=0)))
    background, rows = background_for(workspace), domain.cases.iloc[:12]
    asked = []
    own = several._explain_rows
    monkeypatch.setattr(several, "_explain_rows", lambda *given: asked.append(1) or own(*given))
    first, second = (explain_rows(workspace, rows, background, "1") for _ in range(2))
    assert first is second and len(asked) == 1
    other = explain_rows(workspace, rows.assign(age=rows["age"] + 1), background, "1")
    assert len(asked) == 2 and not np.array_equal(other.values, first.values)
