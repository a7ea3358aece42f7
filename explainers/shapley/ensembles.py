"""Fitted ensembles of scikit-learn -> sums of their members (see composed.py), read as their own prediction methods compute.

`response` is what is wanted of an estimator: "outputs" (probabilities, or values of a regression) or "margins" (decision_function).
"""
import numpy as np

from explainers.shapley.composed import Asked, Leaf, Part, Sum, SumEngine, added, through
from explainers.shapley.encoding import UNREADABLE, inside
from explainers.shapley.terms import TermsEngine
from explainers.shapley.tree_engine import TreeEngine

SCALERS = {"StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler"}
LINEAR_FINAL = {"LinearRegression", "Ridge", "RidgeCV", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV", "BayesianRidge"}


class Reader:
    """Takes one workspace's model apart."""

    def __init__(self, workspace):
        self.workspace, self.count = workspace, 0

    def read(self, estimator, outer, response="outputs", taken=None):
        """Sum of what an estimator gives behind the encoding `outer`, or None where it is not known what it does."""
        inner = inside(outer, estimator, taken)
        if inner is None:
            return None
        if response == "margins" and type(inner.last).__name__ == "AdaBoostClassifier" and len(inner.last.classes_) > 2:
            return None
        found = self.leaf(inner, response)
        made = READERS.get(type(inner.last).__name__)
        return made(self, inner.last, inner, response) if found is None and made is not None else found

    def leaf(self, inner, response):
        self.count += 1
        part = Part(self.workspace, self.count)
        for kind in (TreeEngine, TermsEngine):
            try:
                engine = kind.build(part, inner)
            except UNREADABLE:
                continue
            if engine is not None:
                raw = response == "margins"
                width = {"sigmoid": 1 if raw else 2}.get(engine.link, len(engine.start))
                return Sum([(Leaf(engine, raw), np.eye(width))])
        return None

    def member(self, estimator, outer, width, taken=None):
        """The same for one of several that are added up: where it cannot be read it is asked."""
        found = self.read(estimator, outer, taken=taken)
        if found is None:
            found = Sum([(Asked(_asking(estimator, outer, taken)), np.eye(width))])
        return found


def ensemble_engine(workspace, encoding, tolerance=1e-6):
    """SumEngine of the model behind `encoding`; None where it is no ensemble, or nothing in it can be read."""
    reader = READERS.get(type(encoding.last).__name__)
    found = reader and reader(Reader(workspace), encoding.last, encoding, "outputs")
    if found is None or not found.engines:
        return None
    return SumEngine(workspace, encoding, found, max([tolerance] + [engine.tolerance for engine in found.engines]))


def _asking(estimator, outer, taken):
    def call(codes):
        given = outer.onward(codes)
        given = given if taken is None else np.asarray(given)[:, taken]
        found = estimator.predict_proba(given) if hasattr(estimator, "predict_proba") else estimator.predict(given)
        return np.asarray(found, dtype=float).reshape(len(found), -1)
    return call


def _voting(reader, last, inner, response):
    if response != "outputs" or getattr(last, "voting", "soft") != "soft":
        return None
    weights = np.array(last._weights_not_none if last.weights is not None else np.ones(len(last.estimators_)), dtype=float)
    width = len(last.classes_) if hasattr(last, "classes_") else 1
    members = [reader.member(each, inner, width) for each in last.estimators_]
    return added([each.times(np.eye(width) * weight) for each, weight in zip(members, weights / weights.sum())])


def _bagging(reader, last, inner, response):
    if response != "outputs" and not hasattr(last.estimators_[0], "decision_function"):
        return None
    count = len(last.estimators_)
    every = np.arange(len(inner.owners))
    if not hasattr(last, "classes_"):
        members = [reader.member(each, inner, 1, _some(taken, every))
                   for each, taken in zip(last.estimators_, last.estimators_features_)]
        return added([each.times(np.eye(1) / count) for each in members])
    if response == "margins":
        found = [reader.read(each, inner, "margins", _some(taken, every))
                 for each, taken in zip(last.estimators_, last.estimators_features_)]
        width = 1 if len(last.classes_) == 2 else len(last.classes_)
        return None if None in found else through(lambda *values: sum(values) / count, width, *found)
    members = []
    for each, taken in zip(last.estimators_, last.estimators_features_):
        if not hasattr(each, "predict_proba"):
            return None
        own = np.asarray(each.classes_, dtype=int)
        member = reader.member(each, inner, len(own), _some(taken, every))
        members.append(member.times(np.eye(len(last.classes_))[own] / count))
    return added(members)


def _some(taken, every):
    """All columns, as a plain array: bagging turns what it is given into one."""
    return every if taken is None else np.asarray(taken)


def _calibrated(reader, last, inner, response):
    """The mean of the calibrators of each part of the data; a calibrator is a function of its classifier's margin or output."""
    if response != "outputs":
        return None
    found, width = [], len(last.classes_)
    for part in last.calibrated_classifiers_:
        by_margin = hasattr(part.estimator, "decision_function")
        given = reader.read(part.estimator, inner, "margins" if by_margin else "outputs")
        one = None if given is None else through(_calibrator(part, by_margin), width, given)
        if one is None:
            return None
        found.append(one)
    return added([each.times(np.eye(width) / len(found)) for each in found])


def _calibrator(part, by_margin):
    """... x k_given -> ... x k probabilities, as _CalibratedClassifier.predict_proba works them out."""
    count = len(part.classes)
    places = np.searchsorted(np.asarray(part.classes), part.estimator.classes_)

    def calibrate(values):
        flat = values.reshape(-1, values.shape[-1])
        if part.method == "temperature":
            # Shares that rounding makes larger than 1 would be taken for margins.
            flat = flat[:, 0] if flat.shape[1] == 1 else flat if by_margin else np.clip(flat, 0, 1)
            return np.asarray(part.calibrators[0].predict(flat)).reshape(*values.shape[:-1], count)
        if count == 2:
            share = part.calibrators[0].predict(flat[:, -1])
            shares = np.stack([1 - share, share], axis=1)
        else:
            shares = np.zeros((len(flat), count))
            for place, column, one in zip(places, flat.T, part.calibrators):
                shares[:, place] = one.predict(column)
            total = shares.sum(axis=1, keepdims=True)
            shares = np.divide(shares, total, out=np.full_like(shares, 1 / count), where=total != 0)
        shares[(shares > 1) & (shares <= 1 + 1e-5)] = 1.0
        return shares.reshape(*values.shape[:-1], count)
    return calibrate


def _stacking(reader, last, inner, response):
    if last.passthrough:
        return None
    methods = {"predict_proba": "outputs", "decision_function": "margins", "predict": "outputs"}
    classifier = hasattr(last, "classes_")
    wanted = [name for name in last.stack_method_ if name is not None]
    if classifier and "predict" in wanted:
        return None
    final = last.final_estimator_
    found = [reader.read(each, inner, methods[name]) for each, name in zip(last.estimators_, wanted)]
    dropped = [classifier and name == "predict_proba" and len(last.classes_) == 2 for name in wanted]
    if not classifier and type(final).__name__ in LINEAR_FINAL:
        return _linear_stack(reader, last, inner, found)
    if None in found:
        return None
    ask = final.decision_function if response == "margins" else final.predict_proba if classifier else final.predict

    def stack(*values):
        given = np.concatenate([each[..., 1:] if drop else each for each, drop in zip(values, dropped)], axis=-1)
        answer = np.asarray(ask(given.reshape(-1, given.shape[-1])), dtype=float)
        return answer.reshape(*given.shape[:-1], -1)
    width = 1 if not classifier or (response == "margins" and len(last.classes_) == 2) else len(last.classes_)
    return through(stack, width, *found)


def _linear_stack(reader, last, inner, found):
    """A regression's linear final step: each member counts with its coefficient."""
    weights = np.ravel(last.final_estimator_.coef_)
    members = [each if each is not None else reader.member(one, inner, 1) for each, one in zip(found, last.estimators_)]
    start = np.ravel(last.final_estimator_.intercept_)[:1].astype(float)
    return added([each.times(np.eye(1) * weight) for each, weight in zip(members, weights)], start)


def _target(reader, last, inner, response):
    """A regression of a transformed target: the inverse of the transformer, of the values of the inner regression."""
    given, back = reader.read(last.regressor_, inner), last.transformer_
    if given is not None and type(back).__name__ in SCALERS:
        start, end = np.ravel(back.inverse_transform(np.array([[0.0], [1.0]])))
        return added([given.times(np.eye(1) * (end - start))], np.array([start]))
    inverse = lambda values: np.asarray(back.inverse_transform(values.reshape(-1, 1)), dtype=float).reshape(*values.shape[:-1], 1)
    return None if given is None else through(inverse, 1, given)


def _one_against_rest(reader, last, inner, response):
    if response != "outputs" or getattr(last, "multilabel_", False):
        return None
    found = [reader.read(each, inner) for each in last.estimators_]
    if None in found:
        return None

    def shares(*values):
        if len(values) == 1:
            return values[0]
        joined = np.stack([each[..., 1] for each in values], axis=-1)
        total = joined.sum(axis=-1, keepdims=True)
        return np.divide(joined, total, out=np.full_like(joined, 1 / joined.shape[-1]), where=total != 0)
    return through(shares, len(last.classes_), *found)


def _median(reader, last, inner, response):
    """AdaBoostRegressor: the weighted median of the members' values."""
    every = np.arange(len(inner.owners))
    found = [reader.read(each, inner, taken=every) for each in last.estimators_]
    if None in found:
        return None
    given = np.asarray(last.estimator_weights_, dtype=float)[:len(found)]

    def median(*values):
        joined = np.concatenate(values, axis=-1)
        order = np.argsort(joined, axis=-1)
        weights = np.cumsum(given[order], axis=-1)
        at = (weights >= 0.5 * weights[..., -1:]).argmax(axis=-1)
        return np.take_along_axis(joined, np.take_along_axis(order, at[..., None], axis=-1), axis=-1)
    return through(median, 1, *found)


READERS = {"VotingClassifier": _voting, "VotingRegressor": _voting, "BaggingClassifier": _bagging, "BaggingRegressor": _bagging,
           "CalibratedClassifierCV": _calibrated, "StackingClassifier": _stacking, "StackingRegressor": _stacking,
           "TransformedTargetRegressor": _target, "OneVsRestClassifier": _one_against_rest, "AdaBoostRegressor": _median}
