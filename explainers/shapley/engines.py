"""Which way to Shapley values fits a model. An engine answers for one row and one output; it is checked before use.

    engine.values(x, output, space)  -> (n_players values, baseline, value) or None where it cannot (then: black box)
"""
from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.shapley.additive import additive_values
from explainers.shapley.background import background_of
from explainers.shapley.encoding import encoding_of
from explainers.shapley.forest import forest_of
from explainers.shapley.forest_readers import read_trees
from explainers.shapley.hypercube import LARGEST_TABLE, hypercube_values, link_values, relevant, table_size
from explainers.shapley.leaves import leaf_values

DOUBLE, SINGLE = 1e-6, 1e-5
LINEAR = {"LinearRegression", "Ridge", "RidgeCV", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV", "BayesianRidge",
          "HuberRegressor", "LinearSVR", "SGDRegressor", "LogisticRegression", "LogisticRegressionCV", "ARDRegression", "Lars"}


def engine_of(workspace, background):
    """The exact engine for the workspace's model, made once and proven against the model itself; None: black box."""
    return workspace.prepared(("engine", len(background.rows), background.foil), lambda: _make(workspace, background))


def _make(workspace, background):
    encoding = encoding_of(workspace.model.estimator, workspace.model.features)
    if encoding is None:
        return None
    for kind in (TreeEngine, LinearEngine):
        engine = kind.build(workspace, background, encoding)
        if engine is not None and _agrees(engine, workspace, background):
            return engine
    return None


def _agrees(engine, workspace, background):
    """Does the engine's own output equal the model's, on background rows and on rows mixed from two of them?"""
    rows = background.rows
    mixed = rows.copy()
    other = rows.iloc[np.random.default_rng(0).permutation(len(rows))]
    for number, player in enumerate(workspace.domain.players):
        if number % 2:
            for column in player.columns:
                mixed[column] = other[column].to_numpy() if mixed[column].dtype == object else other[column].array
    for frame in (rows, mixed):
        wanted = workspace.model.predict(frame)
        wanted = wanted[:, None] if wanted.ndim == 1 else wanted
        scale = max(1.0, float(np.abs(wanted).max()))
        for output in range(wanted.shape[1]):
            if np.abs(engine.outputs(frame, output) - wanted[:, output]).max() > engine.tolerance * scale:
                return False
    return True


def player_numbers(domain):
    """raw column -> number of its player."""
    return {column: number for number, player in enumerate(domain.players) for column in player.columns}


@dataclass(eq=False)
class TreeEngine:
    """Sums of trees, also through a link."""
    encoding: Any
    forest: Any
    codes_of: Any
    meets: np.ndarray
    n_players: int
    tolerance: float
    method: str = "exact Shapley values from the leaves of the trees"

    @classmethod
    def build(cls, workspace, background, encoding):
        found = read_trees(encoding.last, encoding.owners)
        if found is None:
            return None
        trees, owners, codes_of = found
        numbers = player_numbers(workspace.domain)
        forest = forest_of(trees, [numbers[owner] for owner in owners])
        engine = cls(encoding, forest, codes_of, None, len(workspace.domain.players), SINGLE if trees.single else DOUBLE)
        engine.meets = engine.meets_of(background.rows)
        return engine

    def meets_of(self, frame):
        codes = self.encoding.codes(frame)
        return self.forest.meets(codes if self.codes_of is None else self.codes_of(codes))

    def margins(self, frame):
        return self.forest.margins(self.meets_of(frame))

    def outputs(self, frame, output):
        return link_values(self.margins(frame), self.forest.trees.link, output)

    def values(self, x, output, space):
        link = self.forest.trees.link
        meets = self.meets_of(x)[0]
        if link == "identity" and space != "log_odds":
            return leaf_values(self.forest, meets, self.meets, self.n_players)[:, output]
        if link == "sigmoid" and space == "log_odds":
            found = leaf_values(self.forest, meets, self.meets, self.n_players)[:, 0]
            return found if output == 1 else -found
        if space == "log_odds":
            return None
        matters, parts = relevant(self.forest, meets, self.meets, self.n_players)
        if table_size(matters) > LARGEST_TABLE:
            return None
        return hypercube_values(self.forest, matters, parts, output, self.n_players)


@dataclass(eq=False)
class LinearEngine:
    """Linear and logistic regression on columns that each belong to one player."""
    encoding: Any
    weights: np.ndarray
    start: np.ndarray
    link: str
    members: np.ndarray
    codes: np.ndarray
    tolerance: float = DOUBLE
    method: str = "exact Shapley values of a linear model"

    @classmethod
    def build(cls, workspace, background, encoding):
        last = encoding.last
        if type(last).__name__ not in LINEAR:
            return None
        weights = np.atleast_2d(np.asarray(last.coef_, dtype=float))
        classifier = hasattr(last, "classes_")
        link = "identity" if not classifier else "sigmoid" if len(weights) == 1 else "softmax"
        numbers = player_numbers(workspace.domain)
        members = np.zeros((len(encoding.owners), len(workspace.domain.players)))
        members[np.arange(len(encoding.owners)), [numbers[owner] for owner in encoding.owners]] = 1
        codes = np.asarray(encoding.codes(background.rows), dtype=float)
        return cls(encoding, weights.T, np.atleast_1d(np.asarray(last.intercept_, dtype=float)), link, members, codes)

    def margins(self, frame):
        return np.asarray(self.encoding.codes(frame), dtype=float) @ self.weights + self.start

    def outputs(self, frame, output):
        return link_values(self.margins(frame), self.link, output)

    def values(self, x, output, space):
        moved = np.asarray(self.encoding.codes(x), dtype=float) - self.codes
        terms = np.einsum("zc,co,cp->zpo", moved, self.weights, self.members, optimize=True)
        if space == "log_odds" and self.link == "sigmoid":
            return terms[:, :, 0].mean(axis=0) * (1 if output == 1 else -1)
        if space == "log_odds":
            return None
        return additive_values(self.codes @ self.weights + self.start, terms, self.link, output)
