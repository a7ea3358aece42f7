"""The model's own decision tree, read in people's features: where the model is one, nothing has to stand in for it.

A split on an encoded column (scaled, coded, one-hot) is put back into its raw column by encoding every observed value of
that column: which of them go left. Only steps that treat each column for itself can be put back (`shapley/encoding.py`);
for others, and where the tree does not say exactly what the model says, there is no own tree.
"""
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainers.errors import Problem
from explainers.shapley.encoding import encoding_of, floats

TREES = {"DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor"}
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, Problem)


@dataclass(frozen=True, eq=False)
class OwnTree:
    """tree: the fitted scikit-learn tree; see `Surrogate`, whose methods these are."""
    tree: Any
    encoding: Any
    workspace: Any
    method: str = "decision tree of the model"
    exact: bool = True
    sides: dict = field(default_factory=dict)

    def codes(self, frame):
        return floats(self.encoding.codes(frame))

    def outcome(self, node):
        """What the model says at a node; None for a regression."""
        return None if self.workspace.domain.regression else str(self.workspace.decide(self.tree.tree_.value[node])[0])

    def level(self, node, outcome):
        """Share of the outcome at a node, or the value of a regression."""
        values = self.tree.tree_.value[node][0]
        return float(values[0] if outcome is None else values[self.workspace.model.classes.index(outcome)])

    def condition(self, node, goes_left):
        return self.sides[node][0 if goes_left else 1]


def own_tree(workspace):
    """The OwnTree of the workspace's model, or None where it is no single tree that can be read."""
    return workspace.prepared("own tree", lambda: _read(workspace))


def _read(workspace):
    try:
        encoding = encoding_of(workspace.model)
        if encoding is None or type(encoding.last).__name__ not in TREES or getattr(encoding.last, "n_outputs_", 1) != 1:
            return None
        made = OwnTree(encoding.last, encoding, workspace)
        inner = np.flatnonzero(encoding.last.tree_.children_left >= 0)
        columns = {name: _observed(workspace, encoding, name)
                   for name in {encoding.owners[encoding.last.tree_.feature[node]] for node in inner}}
        for node in inner:
            sides = _sides(workspace.domain, encoding, columns, node)
            if sides is None:
                return None
            made.sides[int(node)] = sides
        return made if _says_the_same(workspace, made) else None
    except UNREADABLE:
        return None


def _says_the_same(workspace, made):
    rows = workspace.domain.frame.head(500)
    leaves = made.tree.apply(made.codes(rows))
    predicted, values = workspace.model.predict(rows), made.tree.tree_.value[leaves][:, 0]
    return bool(np.allclose(predicted, values[:, 0] if workspace.domain.regression else values, atol=1e-9))


def _observed(workspace, encoding, name):
    """(distinct known raw values of a column in their order, their codes: n_values x n_encoded)."""
    domain, feature = workspace.domain, workspace.domain.features[name]
    if feature.type == "number":
        raws = np.unique(domain.frame[name].dropna().to_numpy())
    else:
        seen = set(domain.train[name].dropna())
        raws = [raw for raw in feature.codes.values() if raw in seen]
    frame = domain.frame.iloc[np.zeros(len(raws), dtype=int)].reset_index(drop=True)
    frame[name] = list(raws)
    return raws, floats(encoding.codes(domain.typed(frame)))


def _sides(domain, encoding, columns, node):
    """(COND of the left side, COND of the right side) in the raw column, or None where it cannot be told."""
    tree = encoding.last.tree_
    place, limit = tree.feature[node], tree.threshold[node]
    name = encoding.owners[place]
    feature, (raws, codes) = domain.features[name], columns[name]
    values = codes[:, place].astype(np.float32)
    left = values <= limit
    if feature.type == "number":
        return _number(feature, np.asarray(raws, dtype=float), codes[:, place], left, limit)
    told = [feature.json(raw) for raw in raws]
    one = [value for value, goes in zip(told, left) if goes], [value for value, goes in zip(told, left) if not goes]
    return None if not one[0] or not one[1] else tuple(_of_values(feature, mine, other) for mine, other in (one, one[::-1]))


def _number(feature, raws, codes, left, limit):
    """`up to` and `over` the raw value at which a rising code passes the limit."""
    count = int(left.sum())
    if not 0 < count < len(left) or not left[:count].all() or (np.diff(codes) < 0).any():
        return None
    low, high = codes[count - 1], codes[count]
    cut = raws[count - 1] + (limit - low) / (high - low) * (raws[count] - raws[count - 1])
    cut = min(max(cut, raws[count - 1]), raws[count])
    if feature.whole:
        written = int(np.floor(cut + 1e-9))
    else:
        written = round(cut, max(0, int(np.ceil(-np.log10(feature.step)))) + 1)
    return tuple({"feature": feature.name, "is": sign, "value": feature.json(written)} for sign in ("<=", ">"))


def _of_values(feature, mine, other):
    """COND that holds for `mine` and not for `other` values of a category."""
    simple = lambda sign, value: {"feature": feature.name, "is": sign, "value": value}
    if len(mine) == 1:
        return simple("=", mine[0])
    if len(other) == 1:
        return simple("!=", other[0])
    order = [feature.json(raw) for raw in feature.codes.values()]
    if feature.ordered and mine == order[:len(mine)]:
        return simple("<=", mine[-1])
    if feature.ordered and mine == order[-len(mine):]:
        return simple(">", order[-len(mine) - 1])
    return {"or": [simple("=", value) for value in mine]}
