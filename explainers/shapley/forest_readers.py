"""Fitted objects of scikit-learn -> Trees. XGBoost and LightGBM stand in booster_readers.py.

Splits compare as the library compares: scikit-learn's classic trees round inputs to single precision first,
HistGradientBoosting compares in double precision and keeps categories as bit sets of its own encoder's codes.
"""
import numpy as np

from explainers.shapley.encoding import _through, floats
from explainers.shapley.forest import Trees

CLASSIC = {"DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor"}
FORESTS = {"RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor"}
GRADIENT = {"GradientBoostingClassifier", "GradientBoostingRegressor"}
HISTOGRAM = {"HistGradientBoostingClassifier", "HistGradientBoostingRegressor"}


def read_trees(encoding, domain):
    """(Trees, owners of the columns its splits name, function codes -> what `goes_left` takes), or None if unknown."""
    estimator, owners = encoding.last, encoding.owners
    kind = type(estimator).__name__
    if kind in CLASSIC:
        return _classic([estimator], 1.0, None, "identity"), owners, None
    if kind in FORESTS:
        return _classic(list(estimator.estimators_), 1.0 / len(estimator.estimators_), None, "identity"), owners, None
    if kind.startswith(("Bagging", "AdaBoostClassifier")) and {type(each).__name__ for each in estimator.estimators_} <= CLASSIC:
        return (_bagged if kind.startswith("Bagging") else _votes)(estimator), owners, None
    if kind in GRADIENT:
        return _gradient(estimator, owners)
    if kind in HISTOGRAM:
        return _histogram(estimator, owners)
    if type(estimator).__module__.startswith(("xgboost", "lightgbm")):
        from explainers.shapley.booster_readers import read_booster
        return read_booster(estimator, encoding, domain)
    if kind.startswith("CatBoost"):
        from explainers.shapley.catboost_reader import read_catboost
        return read_catboost(estimator, encoding, domain)
    return None


def _stack(parts):
    """Child arrays of single trees -> one array each with shifted indices."""
    shift = np.cumsum([0] + [len(part) for part in parts])[:-1]
    return np.concatenate([np.where(part >= 0, part + by, -1) for part, by in zip(parts, shift)])


def _classic(estimators, scale, outputs, link, start=None, leaves=None, columns=None):
    """scikit-learn `tree_` arrays; `outputs`: the output column each tree adds to (None: its own values, or n_nodes x n_outputs
    `leaves`); columns: for each tree the numbers of the columns that it was given (None: all)."""
    trees = [estimator.tree_ for estimator in estimators]
    if outputs is None:
        values = (np.concatenate([_leaf_values(estimator) for estimator in estimators]) if leaves is None else leaves) * scale
    else:
        values = np.zeros((sum(tree.node_count for tree in trees), len(start)))
        at = 0
        for tree, output in zip(trees, outputs):
            values[at:at + tree.node_count, output] = tree.value[:, 0, 0] * scale
            at += tree.node_count
    split_on = [np.maximum(tree.feature, 0) for tree in trees]
    column = np.concatenate(split_on if columns is None else [np.asarray(own)[split] for own, split in zip(columns, split_on)])
    threshold = np.concatenate([tree.threshold for tree in trees])
    missing_left = np.concatenate([tree.missing_go_to_left for tree in trees]).astype(bool)

    def goes_left(codes):
        chosen = floats(codes, np.float32)[:, column]
        return (chosen <= threshold) | (np.isnan(chosen) & missing_left)

    return Trees(_stack([tree.children_left for tree in trees]), _stack([tree.children_right for tree in trees]), column,
                 values, goes_left, np.zeros(values.shape[1]) if start is None else start, link,
                 np.concatenate([tree.weighted_n_node_samples for tree in trees]))


def _bagged(estimator):
    """The mean of the trees; a tree may know some of the columns and, by their numbers, some of the classes only."""
    trees, leaves = list(estimator.estimators_), None
    if hasattr(estimator, "classes_"):
        width = np.eye(len(estimator.classes_))
        leaves = np.concatenate([_leaf_values(tree) @ width[np.asarray(tree.classes_, dtype=int)] for tree in trees])
    return _classic(trees, 1.0 / len(trees), None, "identity", leaves=leaves, columns=estimator.estimators_features_)


def _votes(estimator):
    """AdaBoost: each tree votes for one class with its weight; a sigmoid or softmax of the votes."""
    trees, count = list(estimator.estimators_), len(estimator.classes_)
    weights = np.asarray(estimator.estimator_weights_, dtype=float)[:len(trees)]
    votes = np.full((count, count), -1.0) / (count - 1) + np.eye(count) * (1 + 1 / (count - 1))
    leaves = []
    for tree, weight in zip(trees, weights / estimator.estimator_weights_.sum()):
        said = np.searchsorted(estimator.classes_, tree.classes_[_leaf_values(tree).argmax(axis=1)])
        leaves.append(weight * (4.0 * said[:, None] - 2.0 if count == 2 else votes[said] / (count - 1)))
    leaves = np.concatenate(leaves)
    return _classic(trees, 1.0, None, "sigmoid" if count == 2 else "softmax", leaves=leaves)


def _leaf_values(estimator):
    value = estimator.tree_.value[:, 0, :]
    if hasattr(estimator, "classes_"):
        return value / value.sum(axis=1, keepdims=True)
    return value


def _gradient(estimator, owners):
    """GradientBoosting: learning_rate * trees on top of a constant; None where the start depends on the row."""
    if estimator.init_ != "zero" and type(estimator.init_).__name__ not in ("DummyClassifier", "DummyRegressor"):
        return None
    classifier = hasattr(estimator, "classes_")
    if classifier and estimator.loss not in ("log_loss",):
        return None
    rows, outputs = estimator.estimators_.shape
    start = np.asarray(estimator._raw_predict_init(np.zeros((1, estimator.n_features_in_))), dtype=float)[0]
    link = "identity" if not classifier else "sigmoid" if outputs == 1 else "softmax"
    trees = _classic(list(estimator.estimators_.ravel()), estimator.learning_rate, np.tile(np.arange(outputs), rows), link, start)
    return trees, owners, None


def _histogram(estimator, owners):
    """HistGradientBoosting; its own preprocessor moves categorical columns to the front and encodes them."""
    before = estimator._preprocessor
    if before is not None:
        owners = _through(before, owners)
        if owners is None:
            return None
    loss = estimator.loss
    links = {"log_loss": "sigmoid" if estimator.n_trees_per_iteration_ == 1 else "softmax", "squared_error": "identity",
             "absolute_error": "identity", "quantile": "identity", "poisson": "exp", "gamma": "exp"}
    if loss not in links:
        return None
    found = [(tree, output) for row in estimator._predictors for output, tree in enumerate(row)]
    nodes = [tree.nodes for tree, _ in found]
    joined = np.concatenate(nodes)
    leaf = joined["is_leaf"].astype(bool)
    children = [_stack([np.where(part["is_leaf"], -1, part[side].astype(np.int64)) for part in nodes]) for side in ("left", "right")]
    values = np.zeros((len(joined), estimator.n_trees_per_iteration_))
    values[np.arange(len(joined)), np.repeat([output for _, output in found], [len(part) for part in nodes])] = joined["value"]
    trees = Trees(*children, np.where(leaf, 0, joined["feature_idx"]).astype(int), values, _histogram_splits(estimator, found),
                  np.asarray(estimator._baseline_prediction, dtype=float).reshape(-1), links[loss], joined["count"].astype(float))

    def codes_of(frame):
        codes = frame if before is None else before.transform(frame)
        return floats(codes)

    return trees, owners, codes_of


def _histogram_splits(estimator, found):
    joined = np.concatenate([tree.nodes for tree, _ in found])
    column = np.where(joined["is_leaf"], 0, joined["feature_idx"]).astype(int)
    threshold, missing_left = joined["num_threshold"], joined["missing_go_to_left"].astype(bool)
    categorical = np.flatnonzero(joined["is_categorical"].astype(bool) & ~joined["is_leaf"].astype(bool))
    sets = _category_sets(estimator, found, joined, categorical)

    def goes_left(codes):
        chosen = codes[:, column]
        left = (chosen <= threshold) | (np.isnan(chosen) & missing_left)
        if len(categorical):
            picked = chosen[:, categorical]
            code = np.where((picked >= 0) & (picked < 256), picked, 256).astype(int)
            left[:, categorical] = sets[np.arange(len(categorical)), code]
        return left

    return goes_left


def _category_sets(estimator, found, joined, categorical):
    """n_categorical_splits x 257: goes left? The last column is for missing and unknown categories."""
    known, columns = estimator._bin_mapper.make_known_categories_bitsets()
    tree_of = np.repeat(np.arange(len(found)), [len(tree.nodes) for tree, _ in found])
    sets = np.zeros((len(categorical), 257), dtype=bool)
    for row, node in enumerate(categorical):
        bits = _bits(found[tree_of[node]][0].raw_left_cat_bitsets[joined["bitset_idx"][node]])
        missing = bool(joined["missing_go_to_left"][node])
        is_known = _bits(known[columns[joined["feature_idx"][node]]])
        sets[row, :256] = bits | (~is_known & missing)
        sets[row, 256] = missing
    return sets


def _bits(words):
    """8 words of 32 bits -> 256 booleans."""
    return np.unpackbits(np.ascontiguousarray(words, dtype="<u4").view(np.uint8), bitorder="little").astype(bool)
