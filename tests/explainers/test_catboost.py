"""CatBoost's trees read from the fitted object: exact, like other trees; what is not read is estimated, and said so."""
import numpy as np
import pytest

from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.workspace import Workspace
from tests.explainers.toy import brute_force, domain_of, table

catboost = pytest.importorskip("catboost")
LEAVES = "exact Shapley values from the leaves of the trees"

KINDS = {
    "categories one by one": ("CatBoostClassifier", dict(one_hot_max_size=9), 2, LEAVES),
    "categories by what is counted about them": ("CatBoostClassifier", dict(one_hot_max_size=1, max_ctr_complexity=1), 2, LEAVES),
    "three outcomes": ("CatBoostClassifier", dict(one_hot_max_size=9), 3, LEAVES),
    "regression": ("CatBoostRegressor", dict(one_hot_max_size=9), 0, LEAVES),
    "counts": ("CatBoostRegressor", dict(one_hot_max_size=9, loss_function="Poisson"), -1, LEAVES),
    "trees of another shape": ("CatBoostClassifier", dict(one_hot_max_size=9, grow_policy="Lossguide"), 2,
                               "exact Shapley values over all coalitions"),
}


def fitted(folder, kind, settings, outcomes, file="model.cbm"):
    rows = table(outcomes=max(outcomes, 0), missing=True)
    if outcomes == -1:
        rows["target"] = rows["target"].abs()
    domain = domain_of(folder / "toy", rows, max(outcomes, 0))
    model = getattr(catboost, kind)(iterations=25, depth=4, verbose=0, allow_writing_files=False, random_seed=0, **settings)
    target = domain.train_target if domain.regression else domain.train_target.astype(int)
    model.fit(domain.train, target, cat_features=["job", "grade"])
    if file.endswith(".cbm"):
        model.save_model(str(folder / "toy" / file))
    else:
        import joblib
        joblib.dump(model, folder / "toy" / file)
    return model, Workspace(domain_of(folder / "toy", rows, max(outcomes, 0), model=file), trust=True)


@pytest.mark.parametrize("name", KINDS)
def test_contributions_of_catboost_equal_brute_force(name, tmp_path):
    kind, settings, outcomes, method = KINDS[name]
    _, workspace = fitted(tmp_path, kind, settings, outcomes)
    background, row = background_of(workspace, 15), workspace.domain.cases.iloc[[4]]
    outcome = None if workspace.domain.regression else workspace.model.classes[-1]
    found = attribute(workspace, row, background, outcome)
    read = (lambda values: values) if workspace.domain.regression else (lambda shares: shares[:, -1])
    assert found.method == method
    assert np.abs(found.values - brute_force(workspace, row, background.rows, read)).max() < 1e-6 * max(1, abs(found.value))


def test_a_pickled_catboost_model_takes_raw_rows(tmp_path):
    model, workspace = fitted(tmp_path, "CatBoostClassifier", dict(one_hot_max_size=9), 2, "model.joblib")
    assert np.allclose(workspace.model.predict(workspace.domain.cases), model.predict_proba(workspace.domain.cases), atol=1e-12)


def test_splits_on_several_features_at_once_belong_to_none(tmp_path):
    import pandas as pd
    from explainers.shapley.catboost_reader import _columns_of_splits, _saved

    random = np.random.default_rng(0)
    rows = pd.DataFrame({"a": random.choice(list("abcdef"), 1500), "b": random.choice(list("uvwxyz"), 1500),
                         "x": random.normal(size=1500)})
    target = (rows["a"].isin(list("abc")) ^ rows["b"].isin(list("uvw"))).astype(int)
    model = catboost.CatBoostClassifier(iterations=60, depth=3, verbose=0, allow_writing_files=False, one_hot_max_size=1, random_seed=0,
                                        max_ctr_complexity=2, model_size_reg=0).fit(rows, target, cat_features=["a", "b"])
    info = _saved(model)["features_info"]
    columns = _columns_of_splits(info)
    numbers = sum(len(feature["borders"]) for feature in info["float_features"])
    wanted = [2] * numbers
    for counted in info["ctrs"]:
        about = [element["cat_feature_index"] for element in counted["elements"]]
        wanted += [about[0] if len(about) == 1 else None] * len(counted["borders"])
    assert None in wanted and columns == wanted


def test_robustness_fits_models_of_the_same_kind_on_words_too(tmp_path):
    from explainers.explain import explain
    from explainers.types import Ask, Query, Subject

    _, workspace = fitted(tmp_path, "CatBoostClassifier", dict(one_hot_max_size=9), 2)
    case = str(workspace.domain.cases.index[0])
    found = explain(Query(subject=Subject(case=case), asks=(Ask("robustness"),)), workspace)[0]
    assert found.kind == "robustness" and found.result["outcome"] in workspace.domain.outcomes
