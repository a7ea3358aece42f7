"""Ensembles of models: read from their members, or estimated on them; see test_contributions.py for each kind by brute force."""
import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier, StackingClassifier, VotingClassifier
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from explainers.loading import from_estimator
from explainers.shapley import blackbox, curve, tree_engine
from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.shapley.engines import engine_of
from explainers.workspace import Workspace
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of

pytestmark = pytest.mark.filterwarnings("ignore")


def forest(count=8):
    return RandomForestClassifier(count, max_depth=5, random_state=0)


def boosted():
    return HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, random_state=0)


def case_of(workspace):
    """(background, row, outcome, values by brute force)"""
    background, row, outcome = background_of(workspace, 25), workspace.domain.cases.iloc[[3]], workspace.model.classes[-1]
    return background, row, outcome, brute_force(workspace, row, background.rows, lambda shares: shares[:, -1])


def test_a_calibrator_of_a_model_that_was_fitted_before(tmp_path):
    domain = domain_of(tmp_path / "toy", table())
    target = domain.train_target.astype(int)
    inner = in_pipeline(forest(), scale=True).fit(domain.train.iloc[::2], target.iloc[::2])
    workspace = Workspace(domain)
    workspace.model = from_estimator(CalibratedClassifierCV(FrozenEstimator(inner), method="isotonic").fit(
        domain.train.iloc[1::2], target.iloc[1::2]), domain, "toy")
    background, row, outcome, wanted = case_of(workspace)
    found = attribute(workspace, row, background, outcome)
    assert found.method == "exact Shapley values from the members of the model"
    assert np.abs(found.values - wanted).max() < 1e-9


@pytest.mark.parametrize("last, outcomes", [
    (CalibratedClassifierCV(forest(), method="isotonic", cv=2), 2),
    (CalibratedClassifierCV(boosted(), cv=2), 3),
    (StackingClassifier([("a", boosted()), ("b", LogisticRegression(max_iter=900))], cv=2), 2)])
def test_estimates_on_the_members_lie_within_their_errors(last, outcomes, tmp_path, monkeypatch):
    workspace = workspace_of(domain_of(tmp_path / "toy", table(outcomes=outcomes), outcomes), in_pipeline(last, scale=True))
    background, row, outcome, wanted = case_of(workspace)
    monkeypatch.setattr(curve, "LARGEST", 10)
    runs = [attribute(workspace, row, background, outcome, seed=seed) for seed in range(6)]
    assert all(run.method == "Shapley values estimated on the members of the model" for run in runs)
    distances = np.array([(run.values - wanted) / np.maximum(run.errors, 1e-9) for run in runs])
    assert np.abs(distances).max() < 6 and 0.2 < np.sqrt((distances ** 2).mean()) < 2.0
    assert all(run.values.sum() == pytest.approx(wanted.sum(), abs=1e-9) for run in runs)


def test_only_the_share_of_a_member_that_is_asked_has_an_error(tmp_path, monkeypatch):
    members = [("a", forest()), ("b", MLPClassifier((4,), max_iter=80, random_state=0))]
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), in_pipeline(
        VotingClassifier(members, voting="soft", weights=[19, 1]), scale=True))
    background, row, outcome, wanted = case_of(workspace)
    monkeypatch.setattr(blackbox, "LARGEST_EXACT", 10)
    found = attribute(workspace, row, background, outcome)
    assert not found.exact and found.errors.max() < 0.002 and found.stable
    assert np.abs(found.values - wanted).max() < max(6 * found.errors.max(), 1e-9)


def test_a_function_of_a_wide_sum_is_estimated_rather_than_written_down(tmp_path, monkeypatch):
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), in_pipeline(VotingClassifier(
        [("a", boosted()), ("b", forest())], voting="soft")))
    background, row, outcome, wanted = case_of(workspace)
    monkeypatch.setattr(tree_engine, "LARGEST_TABLE", 10)
    found = attribute(workspace, row, background, outcome)
    assert found.errors is not None
    assert (np.abs(found.values - wanted) <= 5 * found.errors + 1e-9).all()


def test_an_ensemble_that_cannot_be_read_is_asked(tmp_path):
    networks = [(str(seed), MLPClassifier((3,), max_iter=30, random_state=seed)) for seed in range(2)]
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), in_pipeline(VotingClassifier(networks, voting="soft"), scale=True))
    background, row, outcome, wanted = case_of(workspace)
    found = attribute(workspace, row, background, outcome)
    assert engine_of(workspace) is None and found.method == "exact Shapley values over all coalitions"
    assert np.abs(found.values - wanted).max() < 1e-9
