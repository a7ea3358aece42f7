"""CatBoost's symmetric trees -> Trees. All splits of such a tree are asked of every row, so the leaf that the library itself
finds says how each of them went: encoding of categories and comparisons stay with the library.

Models with splits on combinations of several features (the default for categories with many values), and trees of other
shapes, are not read; such a model is asked instead.
"""
import json
import tempfile
from pathlib import Path

import numpy as np

from explainers.models.catboost_file import prepared
from explainers.shapley.forest import Trees

LINKS = {"Logloss": "sigmoid", "CrossEntropy": "sigmoid", "MultiClass": "softmax", "Poisson": "exp", "Tweedie": "exp",
         "RMSE": "identity", "MAE": "identity", "Quantile": "identity", "MAPE": "identity", "Huber": "identity", "Expectile": "identity"}


def read_catboost(estimator, encoding, domain):
    """(Trees, owners of the splits, function codes -> leaf indices), or None."""
    saved = _saved(estimator)
    trees = saved.get("oblivious_trees")
    link = LINKS.get(saved["model_info"]["params"]["loss_function"]["type"])
    columns = None if not trees or link is None else _columns_of_splits(saved["features_info"])
    used = [split["split_index"] for tree in trees or () for split in tree["splits"]]
    if columns is None or any(columns[split] is None for split in used):
        return None
    categorical = estimator.get_cat_feature_indices()

    def codes_of(codes):
        from catboost import Pool
        rows = codes if encoding.steps else prepared(estimator, codes.set_axis(list(encoding.columns), axis=1))
        return estimator.calc_leaf_indexes(Pool(rows, cat_features=categorical or None)).astype(np.int64)

    owners = tuple(encoding.owners[columns[split]] for split in used)
    if not _kept_apart(trees, lambda frame: codes_of(encoding.codes(frame)), owners, domain.train.head(100)):
        return None
    return _trees(trees, saved["scale_and_bias"], link), owners, codes_of


def _saved(estimator):
    """The model as CatBoost itself writes it in JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        estimator.save_model(str(path), format="json")
        return json.loads(path.read_text(encoding="utf-8"))


def _columns_of_splits(info):
    """Input column of each split, by the library's number of it: borders of numbers, values of categories, then borders of
    what it counts about categories; None where that is about several columns. None where there are texts or embeddings."""
    if info.get("text_features") or info.get("embedding_features"):
        return None
    place = {feature["feature_index"]: feature["flat_feature_index"] for feature in info.get("categorical_features", ())}
    columns = [feature["flat_feature_index"] for feature in info.get("float_features", ()) for _ in feature["borders"] or ()]
    columns += [feature["flat_feature_index"] for feature in info.get("categorical_features", ()) for _ in feature.get("values", ())]
    for counted in info.get("ctrs", ()):
        about = {place.get(element.get("cat_feature_index")) for element in counted["elements"]}
        columns += [about.pop() if len(about) == 1 else None] * len(counted["borders"])
    return columns


def _kept_apart(trees, leaves_of, owners, rows):
    """Does each split go by its own column alone? Asked of rows mixed from two."""
    other, mixed = rows.iloc[::-1], rows.copy()
    taken = list(rows.columns[::2])
    for name in taken:
        mixed[name] = other[name].array
    depths = [len(tree["splits"]) for tree in trees]
    tree, level = np.repeat(np.arange(len(trees)), depths), np.concatenate([np.arange(depth) for depth in depths])
    mine, theirs, both = ((leaves_of(frame)[:, tree] >> level) & 1 for frame in (rows, other, mixed))
    return np.array_equal(both, np.where(np.isin(owners, taken), theirs, mine))


def _trees(trees, scale_and_bias, link):
    """Each tree as a full binary tree, level by level: node i's children are 2 i + 1 and 2 i + 2; bit `level` of a leaf's
    number says which way its split went."""
    scale, bias = scale_and_bias
    parts, first_split, shift = [], 0, 0
    for number, tree in enumerate(trees):
        depth = len(tree["splits"])
        values = np.asarray(tree["leaf_values"], dtype=float).reshape(1 << depth, -1) * scale
        parts.append(_full(depth, values, np.asarray(tree["leaf_weights"], dtype=float), number, first_split, shift))
        first_split, shift = first_split + depth, shift + (2 << depth) - 1
    left, right, column, values, cover, tree, level = (np.concatenate(part) for part in zip(*parts))
    start = np.broadcast_to(np.asarray(bias, dtype=float), (values.shape[1],)).copy()
    return Trees(left, right, column, values, lambda leaves: (leaves[:, tree] >> level) & 1 == 0, start, link, cover)


def _full(depth, leaf_values, leaf_cover, number, first_split, shift):
    inner, nodes = (1 << depth) - 1, (2 << depth) - 1
    place = np.arange(nodes)
    level = np.floor(np.log2(place + 1)).astype(int)
    # Where a node stands among those of its level: its bits, from the first split on, are the ways that lead to it.
    way = place + 1 - (1 << level)
    leaf = np.array([int(format(each, f"0{depth}b")[::-1], 2) if depth else 0 for each in way[inner:]], dtype=int)
    values, cover = np.zeros((nodes, leaf_values.shape[1])), np.zeros(nodes)
    values[inner:], cover[inner:] = leaf_values[leaf], leaf_cover[leaf]
    for node in range(inner - 1, -1, -1):
        cover[node] = cover[2 * node + 1] + cover[2 * node + 2]
    is_inner = place < inner
    return (np.where(is_inner, shift + 2 * place + 1, -1), np.where(is_inner, shift + 2 * place + 2, -1),
            np.where(is_inner, first_split + level, 0), values, cover, np.full(nodes, number), np.where(is_inner, level, 0))
