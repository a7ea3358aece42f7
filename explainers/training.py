"""Fit a model on a domain's training rows: the same rows, settings and seed give the same model."""
import numpy as np
import pandas as pd

from explainers.errors import ModelProblem

SEED = 20
BOOSTING = {"learning_rate": 0.05, "max_iter": 150, "max_depth": 3, "min_samples_leaf": 15, "l2_regularization": 1.0,
            "max_features": 0.5}
SIGNS = {"increasing": 1, "decreasing": -1}


def fit(domain, method=None, constraints=True):
    """A scikit-learn Pipeline fitted on `domain.train`; takes raw rows, gives the outcomes' codes as strings.

    method: gradient_boosting, logistic_regression (ridge for a regression) or random_forest; the domain's own by default.
    constraints: whether the domain's `monotone` directions hold in the boosted model.
    Raises ModelProblem where the settings in domain.yaml do not fit the method.
    """
    own = domain.file.training
    method = method or own.method
    settings = dict(own.settings) if method == own.method else {}
    make = {"gradient_boosting": _boosting, "logistic_regression": _linear, "random_forest": _forest}[method]
    if not domain.regression and domain.train_target.nunique() < 2:
        raise ModelProblem("one_outcome_in_training", outcome=domain.train_target.iloc[0])
    try:
        return make(domain, settings, constraints).fit(domain.train, domain.train_target)
    except (TypeError, ValueError) as error:
        if not settings:
            raise
        raise ModelProblem("training_settings_wrong", method=method, reason=str(error).split("\n")[0][:200]) from error


def _boosting(domain, settings, constraints):
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import Pipeline

    coded = [name for name in domain.features if _needs_codes(domain, name)]
    order = coded + [name for name in domain.features if name not in coded]
    chosen = {**BOOSTING, "random_state": SEED, "early_stopping": False, **settings}
    if constraints and len(domain.outcomes) <= 2:
        chosen.setdefault("monotonic_cst", [_sign(domain, name, name in coded) for name in order])
    boost = (HistGradientBoostingRegressor if domain.regression else HistGradientBoostingClassifier)(**chosen)
    if not coded:
        return Pipeline([("model", boost)])
    encode = ColumnTransformer([("codes", _codes(domain, coded), coded)], remainder="passthrough",
                               verbose_feature_names_out=False)
    return Pipeline([("encode", encode), ("model", boost)])


def _needs_codes(domain, name):
    """Whether a column has to be turned into numbers: text, or codes that do not run in the order of the levels."""
    feature = domain.features[name]
    if not pd.api.types.is_numeric_dtype(domain.frame[name]):
        return True
    return feature.type == "category" and feature.ordered and _direction(feature) == 0


def _codes(domain, names):
    """Ordinal codes in the written order; missing and unknown values stay missing."""
    from sklearn.preprocessing import OrdinalEncoder
    levels = [np.array(list(domain.features[name].codes.values()), dtype=object) for name in names]
    levels = [found if domain.features[name].type == "category" else found[::-1] for name, found in zip(names, levels)]
    return OrdinalEncoder(categories=levels, handle_unknown="use_encoded_value", unknown_value=np.nan)


def _direction(feature):
    """1 where the raw codes rise in the written order, -1 where they fall, 0 where they do neither."""
    if feature.type == "yes_no":
        raws = [feature.false, feature.true]
    else:
        raws = list(feature.codes.values()) if feature.type == "category" else [0, 1]
    steps = np.sign(np.diff(np.asarray(raws, dtype=float)))
    return int(steps[0]) if len(steps) and (steps == steps[0]).all() else 0


def _sign(domain, name, coded):
    """Monotone direction of a model column for the class that the estimator counts (the last in sorted order)."""
    feature = domain.features[name]
    sign = SIGNS.get(feature.monotone, 0) * (1 if coded else _direction(feature)) if feature.monotone else 0
    counts_up = domain.regression or domain.favourable is None or domain.favourable == max(domain.outcomes)
    return sign if counts_up else -sign


def _linear(domain, settings, constraints):
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
    others = [name for name in domain.features if name not in numbers]
    encode = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("codes", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")), others)])
    last = Ridge(**settings) if domain.regression else LogisticRegression(**{"C": 0.3, "max_iter": 1000, **settings})
    return make_pipeline(encode, last)


def _forest(domain, settings, constraints):
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    coded = [name for name in domain.features if _needs_codes(domain, name)]
    encode = ColumnTransformer([("codes", _codes(domain, coded), coded)], remainder="passthrough",
                               verbose_feature_names_out=False)
    kind = RandomForestRegressor if domain.regression else RandomForestClassifier
    chosen = {"n_estimators": 200, "min_samples_leaf": 5, "random_state": SEED, **settings}
    return make_pipeline(encode, SimpleImputer(strategy="most_frequent"), kind(**chosen))
