"""XGBoost and LightGBM boosters -> Trees, from their own dumps (XGBoost's JSON, LightGBM's dump_model)."""
import json

import numpy as np

from explainers.models.categories import categories_of, coded
from explainers.shapley.encoding import floats
from explainers.shapley.forest import Trees

XGBOOST_LINKS = {"binary:logistic": "sigmoid", "reg:logistic": "sigmoid", "multi:softprob": "softmax", "multi:softmax": "softmax",
                 "reg:squarederror": "identity", "reg:absoluteerror": "identity", "reg:pseudohubererror": "identity",
                 "reg:quantileerror": "identity", "count:poisson": "exp", "reg:gamma": "exp", "reg:tweedie": "exp"}
LIGHTGBM_LINKS = {"binary": "sigmoid", "multiclass": "softmax", "regression": "identity", "regression_l1": "identity",
                  "huber": "identity", "fair": "identity", "quantile": "identity", "mape": "identity", "poisson": "exp",
                  "gamma": "exp", "tweedie": "exp"}
ZERO = 1e-35        # LightGBM: smaller values count as zero


def read_booster(estimator, encoding, domain):
    """(Trees, owners, function to numbers) or None where the booster is of a kind not known here."""
    single = type(estimator).__module__.startswith("xgboost")
    trees = _xgboost(estimator) if single else _lightgbm(estimator)
    categories = {} if encoding.steps else categories_of(estimator, encoding.columns, domain)
    named = list(encoding.columns)

    def codes_of(codes):
        if categories:
            codes = coded(codes.set_axis(named, axis=1), categories)
        return floats(codes, np.float32 if single else float)

    return trees and (trees, encoding.owners, codes_of)


def _xgboost(estimator):
    booster = estimator.get_booster() if hasattr(estimator, "get_booster") else estimator
    learner = json.loads(booster.save_raw("json"))["learner"]
    model = learner["gradient_booster"].get("model")
    link = XGBOOST_LINKS.get(learner["objective"]["name"])
    if model is None or link is None or "weight_drop" in learner["gradient_booster"]:
        return None
    outputs = max(1, int(learner["learner_model_param"]["num_class"]))
    info = model["tree_info"]
    trees = model["trees"]
    best = booster.attr("best_iteration")
    if best is not None:
        used = (int(best) + 1) * outputs * max(1, int(model["gbtree_model_param"].get("num_parallel_tree", 1)))
        trees, info = trees[:used], info[:used]
    return _xgboost_trees(trees, info, outputs, _start(learner, outputs, link), link)


def _start(learner, outputs, link):
    base = np.atleast_1d(np.asarray(json.loads(learner["learner_model_param"]["base_score"]), dtype=float))
    base = {"sigmoid": lambda p: np.log(p / (1 - p)), "exp": np.log}.get(link, lambda value: value)(base)
    return np.broadcast_to(base, (outputs,)).copy()


def _xgboost_trees(trees, info, outputs, start, link):
    counts = [len(tree["left_children"]) for tree in trees]
    shift = np.repeat(np.cumsum([0] + counts)[:-1], counts)
    join = lambda key, dtype: np.concatenate([np.asarray(tree[key], dtype=dtype) for tree in trees])
    left, right = join("left_children", np.int64), join("right_children", np.int64)
    leaf = left < 0
    condition, default_left = join("split_conditions", np.float32), join("default_left", np.int64).astype(bool)
    column = np.where(leaf, 0, join("split_indices", np.int64))
    values = np.zeros((len(left), outputs))
    values[np.arange(len(left)), np.repeat(info, counts)] = np.where(leaf, condition, 0)
    categorical = [(node + int(offset), set(tree["categories"][begin:begin + size]))
                   for tree, offset in zip(trees, np.cumsum([0] + counts))
                   for node, begin, size in zip(tree["categories_nodes"], tree["categories_segments"], tree["categories_sizes"])]

    def goes_left(codes):
        chosen = codes[:, column]
        found = np.where(np.isnan(chosen), default_left, chosen < condition)
        for node, members in categorical:
            value = chosen[:, node]
            found[:, node] = np.where(np.isnan(value), default_left[node], ~np.isin(np.trunc(value), list(members)))
        return found

    return Trees(np.where(leaf, -1, left + shift), np.where(leaf, -1, right + shift), column, values, goes_left, start, link,
                 join("sum_hessian", float), True)


def _lightgbm(estimator):
    booster = getattr(estimator, "booster_", estimator)
    best = getattr(estimator, "best_iteration_", None) or booster.best_iteration
    dump = booster.dump_model(num_iteration=best if best and best > 0 else None)
    objective = dump.get("objective", "regression").split()
    link = LIGHTGBM_LINKS.get(objective[0])
    if link is None or dump.get("average_output") or "sqrt" in objective:
        return None
    outputs = dump["num_tree_per_iteration"]
    scale = next((float(word[8:]) for word in objective if word.startswith("sigmoid:")), 1.0)
    nodes = []
    for number, tree in enumerate(dump["tree_info"]):
        _lightgbm_nodes(tree["tree_structure"], number % outputs, nodes)
    return _lightgbm_trees(nodes, outputs, scale, link)


def _lightgbm_nodes(node, output, nodes):
    """Append the node and those below it; returns its index."""
    at = len(nodes)
    nodes.append(None)
    if "split_feature" not in node:
        nodes[at] = {"left": -1, "right": -1, "output": output, "value": node["leaf_value"], "cover": node.get("leaf_count", 1)}
        return at
    children = {side: _lightgbm_nodes(node[f"{side}_child"], output, nodes) for side in ("left", "right")}
    nodes[at] = {**children, "output": output, "value": 0.0, "cover": node["internal_count"], "column": node["split_feature"],
                 "threshold": node["threshold"],
                 "categorical": node["decision_type"] == "==", "default_left": node["default_left"], "missing": node["missing_type"]}
    return at


def _lightgbm_trees(nodes, outputs, scale, link):
    pick = lambda key, other, dtype: np.array([node.get(key, other) for node in nodes], dtype=dtype)
    left, right, column = pick("left", -1, int), pick("right", -1, int), pick("column", 0, int)
    categorical = [(at, [int(part) for part in node["threshold"].split("||")])
                   for at, node in enumerate(nodes) if node.get("categorical")]
    threshold = np.array([0.0 if node.get("categorical") else node.get("threshold", 0.0) for node in nodes], dtype=float)
    missing, default_left = pick("missing", "None", object), pick("default_left", False, bool)
    values = np.zeros((len(nodes), outputs))
    values[np.arange(len(nodes)), pick("output", 0, int)] = pick("value", 0.0, float) * scale

    def goes_left(codes):
        chosen = codes[:, column]
        unknown = np.isnan(chosen)
        as_missing = (unknown & (missing != "None")) | ((missing == "Zero") & (unknown | (np.abs(chosen) <= ZERO)))
        found = np.where(as_missing, default_left, np.where(unknown, 0.0, chosen) <= threshold)
        for at, members in categorical:
            found[:, at] = np.isin(np.trunc(chosen[:, at]), members)
        return found

    return Trees(left, right, column, values, goes_left, np.zeros(outputs), link, pick("cover", 1, float))
