"""Models as they come in files: the exact way is found for them too, and equals brute force."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, PoissonRegressor
from sklearn.svm import LinearSVC

from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.workspace import Workspace
from tests.explainers.toy import brute_force, domain_of, table

LEAVES, LINEAR = "exact Shapley values from the leaves of the trees", "exact Shapley values of a linear model"


def saved(folder, name, save, outcomes=2, missing=False):
    """A domain folder (without its text column) with the model file that `save(rows, target, path)` writes."""
    rows = table(outcomes=outcomes, missing=missing)
    if outcomes == 0:
        rows["target"] = rows["target"].abs()
    domain = domain_of(folder / "toy", rows, outcomes, ignore=["job"], features={"grade": {"type": "number"}})
    target = domain.train_target if domain.regression else domain.train_target.astype(int)
    save(domain.train, target, folder / "toy" / name)
    return Workspace(domain_of(folder / "toy", rows, outcomes, ignore=["job"], features={"grade": {"type": "number"}}, model=name))


def xgboost_file(rows, target, path):
    import xgboost

    columns = ["kindB", "amount", "grade", "age", "kindA"]
    model = xgboost.XGBClassifier(n_estimators=60, max_depth=3, early_stopping_rounds=3, random_state=0)
    model.fit(rows[columns][:150], target[:150], eval_set=[(rows[columns][150:], target[150:])], verbose=False).save_model(path)


def lightgbm_file(rows, target, path):
    import lightgbm

    model = lightgbm.LGBMClassifier(n_estimators=30, num_leaves=7, verbose=-1, random_state=0).fit(rows, target)
    model.booster_.save_model(path)


def skops_file(estimator, as_array=False, names=None):
    def save(rows, target, path):
        from skops.io import dump

        given = rows.to_numpy(dtype=float) if as_array else rows if names is None else rows.set_axis(names, axis=1)
        dump(estimator.fit(given, target), path)

    return save


FILES = {
    "XGBoost, other order, stopped early": ("model.json", xgboost_file, 2, True, LEAVES, 1e-5),
    "LightGBM": ("model.txt", lightgbm_file, 2, True, LEAVES, 1e-6),
    "boosting on a plain array": (
        "model.skops",
        skops_file(HistGradientBoostingClassifier(max_iter=20, random_state=0), True),
        2,
        True,
        LEAVES,
        1e-6,
    ),
    "forest on a data frame": ("model.skops", skops_file(RandomForestClassifier(15, random_state=0)), 2, False, LEAVES, 1e-6),
    "logistic regression": ("model.skops", skops_file(LogisticRegression(max_iter=3000), True), 2, False, LINEAR, 1e-6),
    "linear support vectors": ("model.skops", skops_file(LinearSVC(C=0.01)), 2, False, LINEAR, 1e-6),
    "Poisson regression": ("model.skops", skops_file(PoissonRegressor(alpha=100.0)), 0, False, LINEAR, 1e-6),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FILES)
def test_contributions_of_a_model_file_equal_brute_force(name, tmp_path):
    file, save, outcomes, missing, method, tolerance = FILES[name]
    workspace = saved(tmp_path, file, save, outcomes, missing)
    background, row = background_of(workspace, 20), workspace.domain.cases.iloc[[5]]
    outcome = None if workspace.domain.regression else "1"
    found = attribute(workspace, row, background, outcome)
    read = (lambda values: values) if workspace.domain.regression else (lambda shares: shares[:, 1])
    wanted = brute_force(workspace, row, background.rows, read)
    assert found.method == method
    assert np.abs(found.values - wanted).max() < tolerance * max(1, abs(found.value))
