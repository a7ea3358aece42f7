"""Models that learned text columns as pandas categories, as people save them; and models inside searches and tuned thresholds."""
import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.model_selection import FixedThresholdClassifier, GridSearchCV, TunedThresholdClassifierCV

from explainers.loading import load_model
from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from explainers.workspace import Workspace
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of

LEAVES = "exact Shapley values from the leaves of the trees"


def as_categories(frame):
    """As a person prepares the rows before fitting: text and codes as categories."""
    return frame.astype({"job": "category", "grade": "category"})


def xgboost_model(kind, **more):
    import xgboost
    return getattr(xgboost, kind)(n_estimators=15, max_depth=4, random_state=0, enable_categorical=True, **more)


def lightgbm_model(kind):
    import lightgbm
    return getattr(lightgbm, kind)(n_estimators=15, num_leaves=9, verbose=-1, min_data_per_group=5, cat_smooth=1, random_state=0)


def by_save(model, path):
    model.save_model(path)


def by_booster(model, path):
    model.booster_.save_model(path)


def by_skops(model, path):
    from skops.io import dump
    dump(model, path)


def by_joblib(model, path):
    import joblib
    joblib.dump(model, path)


FITTED = {
    "XGBoost .json": (lambda: xgboost_model("XGBClassifier"), "m.json", by_save, 2, 1e-5),
    "XGBoost .ubj, three outcomes": (lambda: xgboost_model("XGBClassifier"), "m.ubj", by_save, 3, 1e-5),
    "XGBoost .json, regression": (lambda: xgboost_model("XGBRegressor"), "m.json", by_save, 0, 1e-5),
    "XGBoost .json, stopped early": (lambda: xgboost_model("XGBClassifier", early_stopping_rounds=2), "m.json", by_save, 2, 1e-5),
    "XGBoost estimator": (lambda: xgboost_model("XGBClassifier"), "m.joblib", by_joblib, 2, 1e-5),
    "LightGBM .txt": (lambda: lightgbm_model("LGBMClassifier"), "m.txt", by_booster, 2, 1e-6),
    "LightGBM .txt, three outcomes": (lambda: lightgbm_model("LGBMClassifier"), "m.txt", by_booster, 3, 1e-6),
    "LightGBM estimator": (lambda: lightgbm_model("LGBMClassifier"), "m.skops", by_skops, 2, 1e-6),
    "LightGBM regressor": (lambda: lightgbm_model("LGBMRegressor"), "m.joblib", by_joblib, 0, 1e-6),
    "hist boosting from_dtype": (lambda: HistGradientBoostingClassifier(max_iter=15, categorical_features="from_dtype", random_state=0),
                                 "m.skops", by_skops, 2, 1e-6),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FITTED)
def test_text_categories_with_missing_values_are_loaded_and_explained_exactly(name, tmp_path):
    make, file, save, outcomes, tolerance = FITTED[name]
    rows = table(outcomes=outcomes, missing=True)
    rows["job"] = rows["job"].mask(np.random.default_rng(1).random(len(rows)) < 0.1)
    domain = domain_of(tmp_path / "toy", rows, outcomes)
    target = domain.train_target if domain.regression else domain.train_target.astype(int)
    known = as_categories(domain.train)
    more = {"eval_set": [(known[100:], target[100:])], "verbose": False} if "early" in name else {}
    model = make().fit(known, target, **more)
    save(model, tmp_path / "toy" / file)
    workspace = Workspace(domain_of(tmp_path / "toy", rows, outcomes, model=file), trust=True)
    cases = workspace.domain.cases
    raw = cases.astype({name: known[name].dtype for name in ("job", "grade")})
    own = model.predict(raw) if outcomes == 0 else model.predict_proba(raw)
    assert np.abs(workspace.model.predict(cases) - own).max() < 1e-6 * max(1, np.abs(own).max())
    background, row = background_of(workspace, 20), cases.iloc[[5]]
    found = attribute(workspace, row, background, None if outcomes == 0 else "1")
    read = (lambda values: values) if outcomes == 0 else (lambda shares: shares[:, 1])
    wanted = brute_force(workspace, row, background.rows, read)
    assert found.method == LEAVES
    assert np.abs(found.values - wanted).max() < tolerance * max(1, abs(found.value))


def test_a_category_that_the_model_never_saw_counts_as_missing(tmp_path):
    rows = table()
    domain = domain_of(tmp_path / "toy", rows)
    known = as_categories(domain.train[domain.train["job"] != "pilot"])
    model = xgboost_model("XGBClassifier").fit(known.assign(job=known["job"].cat.remove_unused_categories()),
                                               domain.train_target[known.index].astype(int))
    model.save_model(tmp_path / "toy" / "m.json")
    domain = domain_of(tmp_path / "toy", rows, model="m.json")
    loaded, pilots = load_model(domain), domain.cases[domain.cases["job"] == "pilot"]
    unknown = pilots.assign(job=pd.Series([None] * len(pilots), index=pilots.index, dtype=pilots["job"].dtype))
    assert np.array_equal(loaded.predict(pilots), loaded.predict(unknown))


WRAPPED = {
    "a search around the pipeline": lambda: GridSearchCV(in_pipeline(RandomForestClassifier(random_state=0)),
                                                         {"last__n_estimators": [8]}, cv=2),
    "a search as the last step": lambda: in_pipeline(GridSearchCV(RandomForestClassifier(random_state=0), {"n_estimators": [8]}, cv=2)),
    "a tuned threshold": lambda: TunedThresholdClassifierCV(in_pipeline(HistGradientBoostingClassifier(max_iter=10)), cv=2),
    "a fixed threshold": lambda: in_pipeline(FixedThresholdClassifier(HistGradientBoostingClassifier(max_iter=10), threshold=0.3)),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_what_a_search_or_a_tuned_threshold_holds_is_explained_as_itself(name, tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), WRAPPED[name]())
    background, row = background_of(workspace, 20), workspace.domain.cases.iloc[[2]]
    found = attribute(workspace, row, background, "1")
    assert found.method == LEAVES
    assert np.abs(found.values - brute_force(workspace, row, background.rows, lambda shares: shares[:, 1])).max() < 1e-6
    assert workspace.model.notes["family"] in ("random_forest", "gradient_boosting")
