"""Anything with scikit-learn's interface (also XGBClassifier and its like) -> Parts; and .skops files.

A .skops file holds data and the names of types; only types in skops' own list and in TRUSTED are made, whatever the
file asks for.
"""
import copy

import numpy as np

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.categories import categories_of, coded
from explainers.models.fitting import as_probabilities, classes_for, columns_for, from_margins, library, numbers
from explainers.models.trusted import TRUSTED

ENDINGS = (".skops",)
NEEDS_TRUST = False

# The first start of the estimator's name that fits tells its family.
FAMILIES = {
    "HistGradientBoosting": "gradient_boosting", "GradientBoosting": "gradient_boosting", "XGBRF": "random_forest",
    "XGB": "gradient_boosting", "LGBM": "gradient_boosting", "CatBoost": "gradient_boosting", "AdaBoost": "boosting",
    "RandomForest": "random_forest", "ExtraTrees": "random_forest", "Bagging": "bagging", "DecisionTree": "decision_tree",
    "ExtraTree": "decision_tree", "LogisticRegression": "logistic_regression", "Ridge": "linear",
    "LinearRegression": "linear", "Lasso": "linear", "ElasticNet": "linear", "SGD": "linear", "LinearSV": "linear_svm",
    "SV": "svm", "NuSV": "svm", "MLP": "neural_network", "KNeighbors": "nearest_neighbours",
    "RadiusNeighbors": "nearest_neighbours", "GaussianProcess": "gaussian_process", "GaussianNB": "naive_bayes",
    "BernoulliNB": "naive_bayes", "CategoricalNB": "naive_bayes", "MultinomialNB": "naive_bayes",
    "ComplementNB": "naive_bayes", "CalibratedClassifier": "calibrated", "Voting": "voting", "Stacking": "stacking"}


def read(path, domain):
    try:
        io = library("skops.io", "skops")
        estimator = io.load(path, trusted=TRUSTED)
    except ModelProblem:
        raise
    except Exception as error:
        if type(error).__name__ == "UntrustedTypesFoundException":
            unknown = [name for name in io.get_untrusted_types(file=path) if name not in TRUSTED]
            raise ModelProblem("model_type_not_trusted", file=path.name, types=", ".join(unknown[:3])) from error
        raise ModelProblem("model_unreadable", file=path.name, reason=_short(error)) from error
    return parts_of(estimator, domain)


def parts_of(estimator, domain):
    """A fitted estimator (bare, or a Pipeline that takes raw rows) -> Parts."""
    if type(estimator).__name__.startswith("CatBoost"):
        from explainers.models import catboost_file
        return catboost_file.parts_of(estimator, domain)
    features = columns_for(getattr(estimator, "feature_names_in_", None), _width(estimator), domain)
    classes = getattr(estimator, "classes_", None)
    several = len(classes) if isinstance(classes, list) and np.ndim(classes[0]) else getattr(last_step(estimator), "n_outputs_", 1)
    if isinstance(several, (int, np.integer)) and several > 1 and not _one_hot_network(estimator):
        raise ModelProblem("model_several_outputs", estimator=_name(estimator), count=int(several))
    if domain.regression != (classes is None):
        raise ModelProblem("model_is_regressor" if classes is None else "model_is_classifier",
                           estimator=_name(estimator))
    notes = notes_of(estimator, features)
    if domain.regression:
        codes, method = (), "predict"
    else:
        codes, assumed = classes_for(classes, domain)
        notes["class_order_assumed"] = assumed
        method = next((name for name in ("predict_proba", "decision_function") if hasattr(estimator, name)), "predict")
        notes["probabilities"] = {"predict_proba": "own", "decision_function": "margin", "predict": "none"}[method]
    categories = categories_of(estimator, features, domain)
    call = _call_coded(estimator, categories, bool(codes)) if categories else _call(
        estimator, method, list(classes) if codes else None, _takes_names(estimator), domain)
    return Parts(estimator, codes, features, call, _library(estimator), notes)


def _one_hot_network(estimator):
    """scikit-learn's networks count one output for each class."""
    return type(last_step(estimator)).__name__ == "MLPClassifier"


def _call_coded(estimator, categories, outcomes):
    """For XGBoost's and LightGBM's estimators that were fitted on pandas categories, which a table of raw rows does not have."""
    if hasattr(estimator, "booster_"):
        answer = estimator.booster_.predict     # as the wrapper asks it, which would miss the names of the columns
        return lambda frame: as_probabilities(answer(coded(frame, categories))) if outcomes else answer(coded(frame, categories))
    answer = estimator.predict_proba if outcomes else estimator.predict
    return lambda frame: answer(coded(frame, categories))


def _call(estimator, method, classes, takes_names, domain):
    plain = _without_names(estimator, domain) if takes_names else None
    if plain is not None:
        answer = getattr(plain, method)
        rows = lambda frame: frame.to_numpy(dtype=float, na_value=np.nan)
    else:
        answer = getattr(estimator, method)
        rows = (lambda frame: frame) if takes_names else _array
    if method == "decision_function":
        # No probabilities: the margin through the logistic curve keeps the decision and its order, uncalibrated.
        return lambda frame: from_margins(answer(rows(frame)))
    if method == "predict" and classes is not None:
        return lambda frame: (np.asarray(answer(rows(frame)))[:, None] == np.array(classes)).astype(float)
    return lambda frame: answer(rows(frame))


def _without_names(estimator, domain):
    """A copy of a lone HistGradientBoosting that takes plain arrays: the same numbers without the checks of a data frame.

    None where it is something else, or where it picks categories by the column's type.
    """
    steps = getattr(estimator, "steps", None)
    last = estimator if steps is None else steps[-1][1] if len(steps) == 1 else None
    if not type(last).__name__.startswith("HistGradientBoosting") or getattr(last, "_preprocessor", None) is not None:
        return None
    if any(domain.frame[name].dtype.kind not in "iuf" for name in last.feature_names_in_):
        return None
    plain = copy.copy(last)
    del plain.feature_names_in_
    return plain


def _takes_names(estimator):
    """Whether it was fitted on a data frame (a Pipeline that cannot tell is given one)."""
    return getattr(estimator, "feature_names_in_", None) is not None or _width(estimator) is None


def _width(estimator):
    count = getattr(estimator, "n_features_in_", None)
    return None if count is None else int(count)


def _array(frame):
    """A plain array for a model that was fitted on one: floats, or objects where a column holds words."""
    try:
        return numbers(frame)
    except ModelProblem:
        return frame.to_numpy(dtype=object)


def notes_of(estimator, features):
    """What kind of model it is: {"family", "estimator", "features", "steps", "trees"}."""
    last = last_step(estimator)
    name = type(last).__name__
    notes = {"family": next((family for start, family in FAMILIES.items() if name.startswith(start)), "other"), "estimator": name,
             "features": len(features), "steps": [type(step).__name__ for _, step in getattr(estimator, "steps", [])[:-1]]}
    trees = getattr(last, "n_iter_", None) if name.startswith("HistGradient") else getattr(last, "n_estimators", None)
    if trees is not None:
        notes["trees"] = int(trees)
    return notes


def last_step(estimator):
    """The final estimator of (nested) pipelines, searches and target transformers, or the estimator itself."""
    while True:
        inner = unwrapped(estimator)
        if type(inner).__name__ == "TransformedTargetRegressor":
            inner = inner.regressor_
        estimator = inner.steps[-1][1] if getattr(inner, "steps", None) else inner
        if estimator is inner and unwrapped(estimator) is estimator:
            return estimator


def unwrapped(estimator):
    """What a search, a tuned threshold or a frozen estimator hands its rows on to: the same probabilities or values."""
    while True:
        inner = getattr(estimator, "best_estimator_", None)
        if inner is None and type(estimator).__name__ in ("TunedThresholdClassifierCV", "FixedThresholdClassifier"):
            inner = estimator.estimator_
        if inner is None and type(estimator).__name__ == "FrozenEstimator":
            inner = estimator.estimator
        if inner is None:
            return estimator
        estimator = inner


def _library(estimator):
    module = type(last_step(estimator)).__module__.split(".")[0]
    package = {"sklearn": "scikit-learn"}.get(module, module)
    version = getattr(library(module), "__version__", "")
    return f"{package} {version}".strip()


def _name(estimator):
    return type(last_step(estimator)).__name__


def _short(error):
    return " ".join(str(error).split())[:200] or type(error).__name__
