"""Contributions of every family of models against Shapley values by brute force over all coalitions."""
import importlib

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import (AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier, BaggingRegressor, ExtraTreesClassifier,
                              GradientBoostingClassifier, GradientBoostingRegressor, HistGradientBoostingClassifier,
                              HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor, StackingClassifier,
                              StackingRegressor, VotingClassifier, VotingRegressor)
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of

LEAVES = "exact Shapley values from the leaves of the trees"
LINEAR = "exact Shapley values of a linear model"
COALITIONS = "exact Shapley values over all coalitions"
MEMBERS = "exact Shapley values from the members of the model"
TERMS = "exact Shapley values of a sum of one term a feature"


def boosted(**more):
    return HistGradientBoostingClassifier(max_iter=25, max_leaf_nodes=8, random_state=0, **more)


def forest():
    return RandomForestClassifier(9, max_depth=5, random_state=0)


def cubed(values):
    return values ** 3


# name: (estimator, outcomes (0: regression), missing values, the way it is explained)
MODELS = {
    "hist boosting, ordinal codes": (in_pipeline(boosted(), one_hot=False), 2, False, LEAVES),
    "hist boosting, own categories and missing values":
        (in_pipeline(boosted(categorical_features=[0, 1]), one_hot=False), 2, True, LEAVES),
    "hist boosting, three outcomes": (in_pipeline(boosted(), one_hot=False), 3, True, LEAVES),
    "hist boosting, regression": (in_pipeline(HistGradientBoostingRegressor(max_iter=25, random_state=0)), 0, True, LEAVES),
    "hist boosting, counts": (in_pipeline(HistGradientBoostingRegressor(loss="poisson", max_iter=15, random_state=0)), -1, False, LEAVES),
    "gradient boosting": (in_pipeline(GradientBoostingClassifier(n_estimators=25, random_state=0), scale=True), 2, False, LEAVES),
    "gradient boosting, three outcomes": (in_pipeline(GradientBoostingClassifier(n_estimators=12, random_state=0)), 3, False, LEAVES),
    "gradient boosting, regression": (in_pipeline(GradientBoostingRegressor(n_estimators=25, random_state=0)), 0, False, LEAVES),
    "random forest": (in_pipeline(RandomForestClassifier(20, random_state=0), scale=True), 2, False, LEAVES),
    "random forest, missing values": (in_pipeline(RandomForestClassifier(20, random_state=0)), 2, True, LEAVES),
    "random forest, regression": (in_pipeline(RandomForestRegressor(20, random_state=0)), 0, False, LEAVES),
    "extra trees, three outcomes": (in_pipeline(ExtraTreesClassifier(15, max_depth=6, random_state=0)), 3, False, LEAVES),
    "decision tree": (in_pipeline(DecisionTreeClassifier(max_depth=5, random_state=0)), 2, False, LEAVES),
    "decision tree, regression": (in_pipeline(DecisionTreeRegressor(max_depth=5, random_state=0)), 0, False, LEAVES),
    "logistic regression": (in_pipeline(LogisticRegression(max_iter=2000), scale=True, impute=True), 2, True, LINEAR),
    "logistic regression, three outcomes": (in_pipeline(LogisticRegression(max_iter=2000), scale=True), 3, False, LINEAR),
    "linear regression": (in_pipeline(LinearRegression(), scale=True), 0, False, LINEAR),
    "neural network": (in_pipeline(MLPClassifier((6,), max_iter=150, random_state=0), scale=True), 2, False, COALITIONS),
    "neural network, regression": (in_pipeline(MLPRegressor(hidden_layer_sizes=(6,), max_iter=150, random_state=0), scale=True), 0, False,
                                   COALITIONS),
    "support vectors": (CalibratedClassifierCV(in_pipeline(SVC(random_state=0), scale=True), cv=2), 2, False, COALITIONS),
    "support vectors, regression": (in_pipeline(SVR(), scale=True), 0, False, COALITIONS),
    "nearest neighbours": (in_pipeline(KNeighborsClassifier(7), scale=True), 2, False, COALITIONS),
    "naive Bayes": (in_pipeline(GaussianNB()), 2, False, TERMS),
    "naive Bayes, yes or no, three outcomes": (in_pipeline(BernoulliNB()), 3, False, TERMS),
    "Gaussian process": (in_pipeline(GaussianProcessClassifier(optimizer=None), scale=True), 2, False, COALITIONS),
    "calibrated": (CalibratedClassifierCV(in_pipeline(DecisionTreeClassifier(max_depth=4)), cv=2), 2, False, MEMBERS),
    "calibrated, isotonic": (CalibratedClassifierCV(in_pipeline(GaussianNB()), method="isotonic", cv=2), 2, False, MEMBERS),
    "calibrated boosting, missing values": (in_pipeline(CalibratedClassifierCV(boosted(), cv=2)), 2, True, MEMBERS),
    "calibrated boosting, isotonic, three outcomes": (in_pipeline(CalibratedClassifierCV(boosted(), method="isotonic", cv=2)), 3, True,
                                                      MEMBERS),
    "calibrated support vectors": (in_pipeline(CalibratedClassifierCV(LinearSVC(random_state=0), cv=2), scale=True), 2, False, MEMBERS),
    "voting": (VotingClassifier([("a", in_pipeline(GaussianNB())), ("b", in_pipeline(DecisionTreeClassifier(max_depth=3)))],
                                voting="soft"), 2, False, MEMBERS),
    "voting of trees, a line and a network": (in_pipeline(VotingClassifier(
        [("a", forest()), ("b", LogisticRegression(max_iter=900)), ("c", MLPClassifier((4,), max_iter=60, random_state=0))],
        voting="soft", weights=[1, 2, 3]), scale=True, impute=True), 2, True, MEMBERS),
    "voting, regression": (in_pipeline(VotingRegressor([("a", RandomForestRegressor(9, random_state=0)), ("b", LinearRegression())]),
                                       scale=True), 0, False, MEMBERS),
    "bagging": (in_pipeline(BaggingClassifier(DecisionTreeClassifier(max_depth=5), 9, max_features=0.6, random_state=0)), 3, False,
                LEAVES),
    "bagging of lines": (in_pipeline(BaggingClassifier(LogisticRegression(max_iter=900), 4, max_features=0.6, random_state=0),
                                     scale=True), 2, False, MEMBERS),
    "bagging, regression": (in_pipeline(BaggingRegressor(DecisionTreeRegressor(max_depth=5), 9, random_state=0)), 0, False, LEAVES),
    "stacking": (StackingClassifier([("a", in_pipeline(GaussianNB())), ("b", in_pipeline(DecisionTreeClassifier(max_depth=3)))],
                                    cv=2), 2, False, MEMBERS),
    "stacking of boosting and a forest, three outcomes":
        (in_pipeline(StackingClassifier([("a", boosted()), ("b", forest())], cv=2)), 3, False, MEMBERS),
    "stacking, regression": (in_pipeline(StackingRegressor([("a", RandomForestRegressor(9, random_state=0)), ("b", LinearRegression())],
                                                           cv=2), scale=True), 0, False, MEMBERS),
    "AdaBoost": (in_pipeline(AdaBoostClassifier(n_estimators=10, random_state=0)), 2, False, LEAVES),
    "AdaBoost, three outcomes": (in_pipeline(AdaBoostClassifier(DecisionTreeClassifier(max_depth=2), n_estimators=8, random_state=0)), 3,
                                 False, LEAVES),
    "AdaBoost, regression": (in_pipeline(AdaBoostRegressor(n_estimators=8, random_state=0)), 0, False, MEMBERS),
    "one against the rest": (in_pipeline(OneVsRestClassifier(boosted())), 3, False, MEMBERS),
    "transformed target": (in_pipeline(TransformedTargetRegressor(
        GradientBoostingRegressor(n_estimators=9, random_state=0), func=np.cbrt, inverse_func=cubed)), 0, False, MEMBERS),
    "scaled target": (TransformedTargetRegressor(in_pipeline(RandomForestRegressor(9, random_state=0)), transformer=StandardScaler()), 0,
                      False, MEMBERS),
}

BOOSTERS = {
    "XGBoost": ("xgboost.XGBClassifier", dict(n_estimators=20, max_depth=4), 2),
    "XGBoost, three outcomes": ("xgboost.XGBClassifier", dict(n_estimators=10, max_depth=3), 3),
    "XGBoost, regression": ("xgboost.XGBRegressor", dict(n_estimators=20, max_depth=4), 0),
    "LightGBM": ("lightgbm.LGBMClassifier", dict(n_estimators=20, num_leaves=9, verbose=-1), 2),
    "LightGBM, three outcomes": ("lightgbm.LGBMClassifier", dict(n_estimators=10, num_leaves=6, verbose=-1), 3),
    "LightGBM, regression": ("lightgbm.LGBMRegressor", dict(n_estimators=20, num_leaves=9, verbose=-1), 0),
    "LightGBM, own categories": ("lightgbm.LGBMClassifier", dict(n_estimators=20, num_leaves=9, verbose=-1, categorical_feature=[0, 1],
                                                                 min_data_per_group=5, cat_smooth=1), 2),
    "XGBoost, own categories": ("xgboost.XGBClassifier", dict(n_estimators=20, max_depth=4, enable_categorical=True,
                                                              feature_types=["c", "c"] + ["q"] * 5), 2),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MODELS)
def test_contributions_equal_brute_force(name, tmp_path):
    estimator, outcomes, missing, method = MODELS[name]
    rows = table(outcomes=max(outcomes, 0), missing=missing)
    if outcomes == -1:
        rows["target"] = rows["target"].abs()
    domain = domain_of(tmp_path / "toy", rows, max(outcomes, 0))
    workspace = workspace_of(domain, estimator)
    background = background_of(workspace, size=25)
    row = domain.cases.iloc[[3]]
    outcome = None if domain.regression else workspace.model.classes[-1]
    found = attribute(workspace, row, background, outcome)
    read = (lambda values: values) if domain.regression else (lambda shares: shares[:, -1])
    wanted = brute_force(workspace, row, background.rows, read)
    assert found.exact and found.method == method
    assert np.abs(found.values - wanted).max() < 1e-6 * max(1, abs(found.value))
    assert found.baseline == pytest.approx(read(workspace.model.predict(background.rows)).mean(), abs=1e-12)
    assert found.additivity_error < 1e-9 * max(1, abs(found.value))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("name", BOOSTERS)
def test_contributions_of_boosters_equal_brute_force(name, missing, tmp_path):
    where, settings, outcomes = BOOSTERS[name]
    module, kind = where.split(".")
    estimator = getattr(importlib.import_module(module), kind)(random_state=0, **settings)
    domain = domain_of(tmp_path / "toy", table(outcomes=outcomes, missing=missing), outcomes)
    workspace = workspace_of(domain, in_pipeline(estimator, one_hot=False))
    background = background_of(workspace, size=25)
    row = domain.cases.iloc[[3]]
    outcome = None if domain.regression else workspace.model.classes[0]
    found = attribute(workspace, row, background, outcome)
    read = (lambda values: values) if domain.regression else (lambda shares: shares[:, 0])
    wanted = brute_force(workspace, row, background.rows, read)
    assert found.method == LEAVES
    assert np.abs(found.values - wanted).max() < 1e-5 * max(1, abs(found.value))
