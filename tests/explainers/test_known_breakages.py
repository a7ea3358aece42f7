"""What libraries of explanations are known to break on with today's versions: here it works, against brute force."""
import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from explainers.shapley import blackbox
from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.shapley.engines import background_for
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of

LEAVES = "exact Shapley values from the leaves of the trees"


def second(shares):
    return shares[:, 1]


def test_histogram_boosting_on_columns_of_category_type(tmp_path):
    """shap's TreeExplainer cannot read the model's own encoder of categories."""
    from tests.explainers.test_text_categories import as_categories

    from explainers.loading import from_estimator
    from explainers.workspace import Workspace
    domain = domain_of(tmp_path / "toy", table(missing=True))
    model = HistGradientBoostingClassifier(max_iter=20, categorical_features="from_dtype", random_state=0)
    workspace = Workspace(domain)
    workspace.model = from_estimator(model.fit(as_categories(domain.train), domain.train_target.astype(int)), domain, "toy")
    background, row = background_of(workspace, 20), domain.cases.iloc[[1]]
    found = attribute(workspace, row, background, "1")
    assert found.method == LEAVES
    assert np.abs(found.values - brute_force(workspace, row, background.rows, second)).max() < 1e-6


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table())
    return workspace_of(domain, in_pipeline(MLPClassifier((8,), max_iter=200, random_state=0), scale=True))


@pytest.mark.filterwarnings("ignore")
def test_raw_text_columns_in_a_model_that_is_asked(network, monkeypatch):
    """shap's Permutation and Exact explainers cannot mask words. Both ways here mix rows of the original columns."""
    row, background = network.domain.cases.iloc[[1]], background_of(network, 20)
    wanted = brute_force(network, row, background.rows, second)
    exact = attribute(network, row, background, "1")
    assert np.abs(exact.values - wanted).max() < 1e-6
    monkeypatch.setattr(blackbox, "LARGEST_EXACT", 10)
    estimate = attribute(network, row, background, "1")
    assert estimate.method.startswith("Shapley values estimated")
    assert (np.abs(estimate.values - wanted) <= 5 * estimate.errors + 1e-9).all()


@pytest.mark.filterwarnings("ignore")
def test_two_runs_that_both_add_up_differ_by_what_their_errors_say(network, monkeypatch):
    """Adding up by construction proves nothing of sampled values: the stated error is that of the spread between runs."""
    monkeypatch.setattr(blackbox, "LARGEST_EXACT", 10)
    monkeypatch.setattr(blackbox, "LARGEST_SAMPLE", 1)
    row, background = network.domain.cases.iloc[[1]], background_of(network, 20)
    runs = [attribute(network, row, background, "1", seed=seed) for seed in range(12)]
    spread = np.std([run.values for run in runs], axis=0, ddof=1)
    stated = np.sqrt(np.mean([run.errors**2 for run in runs], axis=0))
    assert all(run.additivity_error < 1e-9 for run in runs) and spread.max() > 1e-4
    moving = spread > 1e-9
    assert 0.4 < np.sqrt(np.mean(spread[moving] ** 2) / np.mean(stated[moving] ** 2)) < 2.5


@pytest.mark.parametrize("last", [HistGradientBoostingClassifier(max_iter=30, random_state=0), RandomForestClassifier(20)],
                         ids=["hist boosting", "forest"])
def test_standardised_inputs_whose_splits_lie_on_values(tmp_path, last):
    """shap rounds thresholds to single precision: rows that lie on one go the other way. Few distinct values make many such rows."""
    rows = table().drop(columns=["job"])
    rows["age"], rows["amount"] = rows["age"] // 10, (rows["amount"] // 1000).clip(upper=5)
    domain = domain_of(tmp_path / "toy", rows, features={})
    workspace = workspace_of(domain, make_pipeline(StandardScaler(), last))
    background = background_for(workspace)
    for at in range(4):
        row = domain.cases.iloc[[at]]
        found = attribute(workspace, row, background, "1")
        assert found.method == LEAVES
        assert np.abs(found.values - brute_force(workspace, row, background.rows, second)).max() < 1e-6
