"""Raw rows -> what the last step of a pipeline sees, with the raw column that each encoded column comes from.

Only steps that treat every column for itself are followed (then the code of a mixed row is the mix of the codes, and
one-hot columns of a feature move together by themselves); anything else makes `encoding_of` return None.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.errors import ModelProblem, Problem
from explainers.models.fitting import numbers
from explainers.models.scikit import unwrapped

# What reading a fitted object of another version, or rows that its steps cannot encode, raises: the model is then asked instead.
# Models whose output is a sum of one product for each column.
LINEAR = {"LinearSVC", "SGDClassifier", "RidgeClassifier", "RidgeClassifierCV", "Perceptron", "PassiveAggressiveClassifier",
          "PassiveAggressiveRegressor", "GammaRegressor", "PoissonRegressor", "TweedieRegressor", "TheilSenRegressor",
          "LinearDiscriminantAnalysis", "LinearRegression", "Ridge", "RidgeCV", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV",
          "BayesianRidge", "HuberRegressor", "LinearSVR", "SGDRegressor", "LogisticRegression", "LogisticRegressionCV",
          "ARDRegression", "Lars", "LassoLars", "LassoLarsCV", "LarsCV", "LassoLarsIC", "OrthogonalMatchingPursuit",
          "QuantileRegressor"}
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, Problem)
ONE_TO_ONE = {
    "StandardScaler",
    "MinMaxScaler",
    "MaxAbsScaler",
    "RobustScaler",
    "QuantileTransformer",
    "PowerTransformer",
    "OrdinalEncoder",
    "Binarizer",
}


@dataclass(frozen=True, eq=False)
class Encoding:
    """columns: raw columns that the model takes, in its order; names: what the estimator calls them (None: plain arrays);
    steps: transformers to apply in turn; owners: raw column name of each encoded column; last: the final estimator."""

    columns: tuple[str, ...]
    names: tuple[str, ...] | None
    steps: tuple
    owners: tuple[str, ...]
    last: Any

    def codes(self, frame):
        """n_rows x n_encoded as the last step takes it (a data frame where no step changed it)."""
        frame = frame[list(self.columns)]
        codes = (
            plain_array(frame)
            if self.names is None and self.steps
            else frame if self.names is None else frame.set_axis(list(self.names), axis=1)
        )
        return _transformed(self.steps, codes)

    def onward(self, codes):
        """The codes as the last step takes them, from what `codes` of the outermost encoding gave."""
        return codes


@dataclass(frozen=True, eq=False)
class Inner:
    """Encoding of a member of an ensemble: what the ensemble is given, then the member's own steps. See `inside`."""

    outer: Any
    own: tuple
    taken: Any
    owners: tuple[str, ...]
    last: Any

    @property
    def steps(self):
        return self.outer.steps + self.own

    @property
    def columns(self):
        return self.outer.columns

    def codes(self, frame):
        return self.onward(outermost(self).codes(frame))

    def onward(self, codes):
        codes = self.outer.onward(codes)
        if self.taken is not None:
            codes = (plain_array(codes) if hasattr(codes, "columns") else codes)[:, self.taken]
        elif self.own and hasattr(codes, "columns") and getattr(self.own[0], "feature_names_in_", None) is None:
            codes = plain_array(codes)
        return _transformed(self.own, codes)


def outermost(encoding):
    while hasattr(encoding, "outer"):
        encoding = encoding.outer
    return encoding


def _transformed(steps, codes):
    for step in steps:
        codes = step.transform(codes)
    return codes.toarray() if hasattr(codes, "toarray") else codes


def plain_array(frame):
    """Floats where every column holds numbers, else objects."""
    try:
        return numbers(frame)
    except ModelProblem:
        return frame.to_numpy(dtype=object)


def floats(codes, dtype=float):
    """Codes as an array of numbers; raises ModelProblem for a column of words that no step encodes."""
    return numbers(codes).astype(dtype) if hasattr(codes, "columns") else np.asarray(codes, dtype=dtype)


def encoding_of(model):
    """Follow a model's fitted estimator (bare, a Pipeline, in a search) to its last step; None where a step mixes columns."""
    estimator, columns = unwrapped(model.estimator), tuple(model.features)
    names = getattr(estimator, "feature_names_in_", None)
    takes_names = names is not None or (type(estimator).__name__ == "Pipeline" and getattr(estimator, "n_features_in_", None) is None)
    steps, owners, last = _followed(estimator, columns)
    if owners is None:
        return None
    named = columns if names is None else tuple(names)
    return Encoding(columns, named if takes_names else None, steps, owners, last)


def _followed(estimator, owners):
    """(steps on the way, owners of what they make or None, last step) of a fitted estimator, bare, in pipelines or in a search."""
    steps, estimator = [], unwrapped(estimator)
    while type(estimator).__name__ == "Pipeline":
        for _, step in estimator.steps[:-1]:
            if step is None or step == "passthrough":
                continue
            owners = _through(step, owners)
            if owners is None:
                return (), None, None
            steps.append(step)
        estimator = unwrapped(estimator.steps[-1][1])
    return tuple(steps), owners, estimator


def inside(outer, estimator, taken=None):
    """Inner encoding of a member of an ensemble that stands behind `outer`; None where one of its own steps mixes columns.

    taken: numbers of the encoded columns that the member is given, as a plain array (None: all, as they are)
    """
    owners = outer.owners if taken is None else tuple(np.array(outer.owners, dtype=object)[np.asarray(taken)])
    steps, owners, last = _followed(estimator, owners)
    return None if owners is None else Inner(outer, steps, taken, owners, last)


def _through(step, owners):
    """Owners of a transformer's output columns from those of its input, or None."""
    if isinstance(step, str):
        return {"passthrough": owners, "drop": ()}[step]
    kind = type(step).__name__
    if kind in ONE_TO_ONE:
        return owners
    reader = {
        "Pipeline": _pipeline,
        "ColumnTransformer": _column_transformer,
        "FeatureUnion": _union,
        "OneHotEncoder": _one_hot,
        "SimpleImputer": _imputer,
        "FunctionTransformer": _function,
        "KBinsDiscretizer": _bins,
        "SplineTransformer": _splines,
        "TargetEncoder": _target,
        "MissingIndicator": lambda step, owners: tuple(owners[i] for i in step.features_),
    }.get(kind)
    if reader:
        return reader(step, owners)
    if hasattr(step, "get_support"):
        return tuple(np.array(owners, dtype=object)[step.get_support()])
    return None


def _pipeline(step, owners):
    for _, part in step.steps:
        owners = _through(part if part is not None else "passthrough", owners)
        if owners is None:
            return None
    return owners


def _union(step, owners):
    parts = [_through(part, owners) for _, part in step.transformer_list if part != "drop"]
    return None if None in parts else sum(parts, ())


def _column_transformer(step, owners):
    """Outputs stand in the order of `output_indices_`; inputs are named by position, name, mask or slice."""
    width = max((found.stop for found in step.output_indices_.values()), default=0)
    result = [None] * width
    names = list(getattr(step, "feature_names_in_", owners))
    for name, part, columns in step.transformers_:
        place = step.output_indices_[name]
        if place.stop == place.start:
            continue
        taken = tuple(owners[i] for i in _positions(columns, names))
        found = _through(part, taken)
        if found is None or len(found) != place.stop - place.start:
            return None
        result[place] = found
    return tuple(result)


def _positions(columns, names):
    if callable(columns):
        raise TypeError("a fitted ColumnTransformer holds columns, not a function")
    if isinstance(columns, slice):
        return range(len(names))[columns]
    columns = np.atleast_1d(np.asarray(columns, dtype=object if np.asarray(columns).dtype.kind in "OUS" else None))
    if columns.dtype == bool:
        return np.flatnonzero(columns).tolist()
    return [names.index(column) if isinstance(column, str) else int(column) for column in columns.tolist()]


def _one_hot(step, owners):
    return tuple(owner for owner, count in zip(owners, step._n_features_outs) for _ in range(count))


def _imputer(step, owners):
    kept = [True] * len(owners)
    if not step.keep_empty_features:
        kept = [not (isinstance(value, float) and np.isnan(value)) for value in step.statistics_]
    result = tuple(owner for owner, keep in zip(owners, kept) if keep)
    if step.add_indicator:
        result += tuple(owners[i] for i in step.indicator_.features_)
    return result


def _function(step, owners):
    """Only the identity, scikit-learn's input check (in HistGradientBoosting) and numpy's elementwise functions keep columns apart."""
    function = getattr(step.func, "func", step.func)
    known = function is None or isinstance(function, np.ufunc) or getattr(function, "__name__", "") == "check_array"
    return owners if known else None


def _bins(step, owners):
    if step.encode == "ordinal":
        return owners
    return tuple(owner for owner, count in zip(owners, step.n_bins_) for _ in range(count))


def _splines(step, owners):
    count = step.n_features_out_ // len(owners)
    return tuple(owner for owner in owners for _ in range(count))


def _target(step, owners):
    count = len(step.classes_) if step.target_type_ == "multiclass" else 1
    return tuple(owner for owner in owners for _ in range(count))
