"""A short tree that says what the model says: rules for people, with how often they agree with the model.

It learns the model's own outputs on the training rows (not the true outcomes), on features as people know them;
`fidelity` is its agreement with the model on held-out rows. Where the model is itself one decision tree, that is read
instead, see `own_tree.py`; a stand-in is always called one.
"""
from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.own_tree import own_tree
from explainers.rates import share_of

DEPTH = 3
SMALLEST = 0.02     # share of the training rows that a rule must hold for
SEED = 20


@dataclass(frozen=True, eq=False)
class Surrogate:
    """tree: fitted sklearn tree; columns: (feature, value or None) of each of its inputs."""
    tree: Any
    columns: tuple
    domain: Any
    method: str = "surrogate tree"
    exact: bool = False

    def outcome(self, node):
        """What the tree says at a node; None for a regression."""
        return None if self.domain.regression else str(self.tree.classes_[int(np.argmax(self.tree.tree_.value[node][0]))])

    def level(self, node, outcome):
        """Share of the outcome among the model's answers at a node, or the value of a regression."""
        values = self.tree.tree_.value[node][0]
        return float(values[0] if outcome is None else values[[str(code) for code in self.tree.classes_].index(outcome)])

    def codes(self, frame):
        """n_rows x n_columns: numbers as they are, ranks of ordered categories, 0/1 for each value of the others."""
        return np.stack([_column(self.domain.features[name], value, frame[name]) for name, value in self.columns], axis=1)

    def condition(self, node, goes_left):
        """COND of one side of a split."""
        name, value = self.columns[self.tree.tree_.feature[node]]
        feature, limit = self.domain.features[name], float(self.tree.tree_.threshold[node])
        if value is not None:
            return {"feature": name, "is": "!=" if goes_left else "=", "value": value}
        if feature.type == "number":
            written = feature.json(int(np.floor(limit)) if feature.whole else _short(limit, feature))
        else:
            written = feature.json(list(feature.codes.values())[int(np.floor(limit))])
        return {"feature": name, "is": "<=" if goes_left else ">", "value": written}


def _short(limit, feature):
    digits = max(0, int(np.ceil(-np.log10(feature.step)))) + 1
    return round(limit, digits)


def _column(feature, value, column):
    if value is not None:
        return (column.map(feature.json) == value).to_numpy(dtype=float)
    if feature.type == "number":
        return column.to_numpy(dtype=float)
    rank = {raw: place for place, raw in enumerate(feature.codes.values())}
    return column.map(rank).to_numpy(dtype=float)


def tree_of(scene):
    """(the model's OwnTree or a Surrogate, its fidelity)."""
    own = own_tree(scene.workspace)
    if own is not None:
        return own, scene.workspace.prepared("own tree's fidelity", lambda: fidelity(scene, own))
    return surrogate_of(scene)


def surrogate_of(scene):
    """(Surrogate, its fidelity) for the scene's model; made once for a workspace and outcome."""
    return scene.workspace.prepared(("surrogate", scene.outcome), lambda: _fit(scene))


def _fit(scene):
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    domain = scene.domain
    columns = []
    for name, feature in domain.features.items():
        if feature.type == "number" or feature.ordered:
            columns.append((name, None))
        else:
            values = [feature.json(raw) for raw in feature.codes.values()]
            columns += [(name, value) for value in (values if len(values) > 2 else values[:1])]
    kind = DecisionTreeRegressor if domain.regression else DecisionTreeClassifier
    tree = kind(max_depth=DEPTH, min_samples_leaf=max(5, int(SMALLEST * len(domain.train))), random_state=SEED)
    made = Surrogate(tree, tuple(columns), domain)
    tree.fit(made.codes(domain.train), said(scene, domain.train))
    return made, fidelity(scene, made)


def said(scene, rows):
    """What the model says of rows: outcome codes, or values."""
    return scene.model.predict(rows) if scene.domain.regression else scene.workspace.outcomes(rows).astype(str)


def fidelity(scene, made):
    """Agreement with the model on held-out rows: a share with its interval, or R2 for a regression."""
    rows = scene.domain.cases
    tell = (lambda leaf: made.level(leaf, None)) if scene.domain.regression else made.outcome
    model, rule = said(scene, rows), np.array([tell(leaf) for leaf in made.tree.apply(made.codes(rows))])
    if scene.domain.regression:
        spread = float(((model - model.mean()) ** 2).sum())
        return {"measure": "r2", "share": 1 - float(((model - rule) ** 2).sum()) / spread if spread else None, "size": len(rows)}
    return {"measure": "agreement", **share_of(int((model == rule).sum()), len(rows))}


def joined(conditions, domain):
    """Conditions of one way with those on the same side of the same feature merged to the tightest."""
    kept = {}
    for condition in conditions:
        if "feature" not in condition:
            kept[str(condition)] = condition
            continue
        name, sign, value = condition["feature"], condition["is"], condition["value"]
        key = (name, sign) if sign in ("<=", ">") else (name, sign, str(value))
        old = kept.get(key)
        if old is None or sign not in ("<=", ">") or _tighter(domain.features[name], sign, value, old["value"]):
            kept[key] = condition
    fixed = {condition["feature"] for condition in kept.values() if condition.get("is") == "="}
    return [condition for condition in kept.values() if condition.get("is") != "!=" or condition["feature"] not in fixed]


def _tighter(feature, sign, value, old):
    rank = float if feature.type == "number" else list(map(feature.json, feature.codes.values())).index
    return rank(value) < rank(old) if sign == "<=" else rank(value) > rank(old)
