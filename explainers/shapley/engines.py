"""Which way to Shapley values fits a model. An engine answers for one row and one output; it is checked before use.

    engine.values(x, background, output, space)   -> n_players values, or None where it cannot (then: black box)
    engine.outputs(frame, output)                 -> n values, as the engine understands the model
    engine.terms(x, background)                   -> how many terms `values` would add up
"""
from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.errors import Problem
from explainers.shapley.additive import additive_values
from explainers.shapley.background import background_of
from explainers.shapley.encoding import encoding_of, floats
from explainers.shapley.forest import forest_of
from explainers.shapley.forest_readers import read_trees
from explainers.shapley.hypercube import LARGEST_TABLE, hypercube_values, link_values, relevant, table_size
from explainers.shapley.leaves import leaf_values, leaf_values_by_row, reach_of

DOUBLE, SINGLE = 1e-6, 1e-5     # tolerance of the additivity check, by the precision a library computes in
SIZES = (100, 50, 25)
MOST_TERMS = 1_200_000
# What reading a fitted object of another version, or rows that its steps cannot encode, raises: the model is then asked instead.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, Problem)
LINEAR = {"LinearSVC", "SGDClassifier", "RidgeClassifier", "RidgeClassifierCV", "Perceptron", "PassiveAggressiveClassifier",
          "PassiveAggressiveRegressor", "GammaRegressor", "PoissonRegressor", "TheilSenRegressor", "LinearDiscriminantAnalysis",
          "LinearRegression", "Ridge", "RidgeCV", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV", "BayesianRidge",
          "HuberRegressor", "LinearSVR", "SGDRegressor", "LogisticRegression", "LogisticRegressionCV", "ARDRegression", "Lars"}


def background_for(workspace, foil=None):
    """The background for explanations: 100 rows, or fewer where the model's engine would take too long (but 100 again
    where even that is no way to exact values).

    What is counted are terms, not seconds, so the choice is the same on every machine.
    """
    engine = engine_of(workspace)
    for size in SIZES[:-1]:
        background = background_of(workspace, size, foil)
        if engine is None or len(background.rows) < size:
            return background
        if workspace.prepared(("terms", size, foil), lambda: _terms(engine, workspace, background)) <= MOST_TERMS:
            return background
    smallest = background_of(workspace, SIZES[-1], foil)
    terms = workspace.prepared(("terms", SIZES[-1], foil), lambda: _terms(engine, workspace, smallest))
    return smallest if terms <= LARGEST_TABLE else background_of(workspace, SIZES[0], foil)


def _terms(engine, workspace, background):
    """Mean number of terms for one explanation, from a few background rows taken as cases."""
    return float(np.mean([engine.terms(background.rows.iloc[[at]], background) for at in range(0, len(background.rows), 20)]))


def engine_of(workspace):
    """The exact engine for the workspace's model, made once and proven against the model itself; None: black box."""
    return workspace.prepared("shapley engine", lambda: _make(workspace))


def _make(workspace):
    for kind in (TreeEngine, LinearEngine):
        try:
            encoding = encoding_of(workspace.model)
            engine = None if encoding is None else kind.build(workspace, encoding)
            if engine is not None and _agrees(engine, workspace, background_of(workspace, SIZES[0])):
                return engine
        except UNREADABLE:
            continue
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
    workspace: Any
    encoding: Any
    forest: Any
    codes_of: Any
    n_players: int
    tolerance: float
    method: str = "exact Shapley values from the leaves of the trees"

    @classmethod
    def build(cls, workspace, encoding):
        found = read_trees(encoding.last, encoding.owners)
        if found is None:
            return None
        trees, owners, codes_of = found
        numbers = player_numbers(workspace.domain)
        forest = forest_of(trees, [numbers[owner] for owner in owners])
        if not len(forest.slot_start):
            return None
        return cls(workspace, encoding, forest, codes_of, len(workspace.domain.players), SINGLE if trees.single else DOUBLE)

    def meets_of(self, frame):
        codes = self.encoding.codes(frame)
        return self.forest.meets(codes if self.codes_of is None else self.codes_of(codes))

    def outputs(self, frame, output):
        return link_values(self.forest.margins(self.meets_of(frame)), self.forest.trees.link, output)

    def reach(self, x, background):
        met = self.workspace.prepared(("met", background.key), lambda: self.meets_of(background.rows))
        return reach_of(self.forest, self.meets_of(x).table[:, 0], met), met.count

    def terms(self, x, background):
        reach, count = self.reach(x, background)
        terms = len(reach.pair) + len(reach.leaf)
        if self.forest.trees.link == "identity":
            return terms
        return terms + table_size(relevant(self.forest, reach, count, self.n_players))

    def control(self, x, background, output, space):
        """n_background x n_players exact values of the log-odds, where the probability is too wide for tables; else None."""
        if self.forest.trees.link != "sigmoid" or space == "log_odds":
            return None
        reach, count = self.reach(x, background)
        return leaf_values_by_row(self.forest, reach, count, self.n_players) * (1 if output == 1 else -1)

    def values(self, x, background, output, space):
        link = self.forest.trees.link
        if space == "log_odds" and link != "sigmoid":
            return None
        reach, count = self.reach(x, background)
        if link == "identity":
            return leaf_values(self.forest, reach, count, self.n_players)[:, output]
        if space == "log_odds":
            return leaf_values(self.forest, reach, count, self.n_players)[:, 0] * (1 if output == 1 else -1)
        matters = relevant(self.forest, reach, count, self.n_players)
        if table_size(matters) > LARGEST_TABLE:
            return None
        return hypercube_values(self.forest, reach, matters, output, self.n_players)


@dataclass(eq=False)
class LinearEngine:
    """Linear and logistic regression on columns that each belong to one player.

    members: n_encoded x n_players, 1 where the column is the player's
    """
    workspace: Any
    encoding: Any
    weights: np.ndarray
    start: np.ndarray
    link: str
    members: np.ndarray
    tolerance: float = DOUBLE
    method: str = "exact Shapley values of a linear model"

    @classmethod
    def build(cls, workspace, encoding):
        last = encoding.last
        if type(last).__name__ not in LINEAR:
            return None
        weights = np.atleast_2d(np.asarray(last.coef_, dtype=float))
        link = "identity" if not hasattr(last, "classes_") else "sigmoid" if len(weights) == 1 else "softmax"
        link = "exp" if type(last).__name__ in ("GammaRegressor", "PoissonRegressor") else link
        numbers = player_numbers(workspace.domain)
        members = np.zeros((len(encoding.owners), len(workspace.domain.players)))
        members[np.arange(len(encoding.owners)), [numbers[owner] for owner in encoding.owners]] = 1
        return cls(workspace, encoding, weights.T, np.atleast_1d(np.asarray(last.intercept_, dtype=float)), link, members)

    def codes(self, frame):
        return floats(self.encoding.codes(frame))

    def outputs(self, frame, output):
        return link_values(self.codes(frame) @ self.weights + self.start, self.link, output)

    def terms(self, x, background):
        return 0

    def control(self, x, background, output, space):
        return None

    def values(self, x, background, output, space):
        if space == "log_odds" and self.link != "sigmoid":
            return None
        codes = self.workspace.prepared(("codes", background.key), lambda: self.codes(background.rows))
        terms = np.einsum("zc,co,cp->zpo", self.codes(x) - codes, self.weights, self.members, optimize=True)
        if space == "log_odds":
            return terms[:, :, 0].mean(axis=0) * (1 if output == 1 else -1)
        return additive_values(codes @ self.weights + self.start, terms, self.link, output)
