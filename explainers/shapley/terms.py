"""Models whose margin is a sum of one term an encoded column: linear models, and naive Bayes (whose log-odds are such a sum).

A reader gives (pieces, start, link): pieces(codes) is n_rows x n_encoded x n_outputs, and the margin their sum plus start.
"""
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from explainers.shapley.additive import additive_values
from explainers.shapley.blackbox import Estimate
from explainers.shapley.curve import TermsGame, values_through
from explainers.shapley.encoding import LINEAR, floats
from explainers.shapley.hypercube import all_outputs, link_values

LINES = "exact Shapley values of a linear model"
SUMS = "exact Shapley values of a sum of one term a feature"


@dataclass(eq=False)
class TermsEngine:
    """members: n_encoded x n_players, 1 where the column is the player's; the rest as its reader gives it."""
    workspace: Any
    encoding: Any
    pieces: Callable
    start: np.ndarray
    link: str
    members: np.ndarray
    tolerance: float
    method: str
    estimated: str = "Shapley values estimated from permutations"

    @classmethod
    def build(cls, workspace, encoding, tolerance=1e-6):
        kind = type(encoding.last).__name__
        found = _linear(encoding.last) if kind in LINEAR else NAIVE[kind](encoding.last) if kind in NAIVE else None
        if found is None:
            return None
        numbers = {column: number for number, player in enumerate(workspace.domain.players) for column in player.columns}
        members = np.zeros((len(encoding.owners), len(workspace.domain.players)))
        members[np.arange(len(encoding.owners)), [numbers[owner] for owner in encoding.owners]] = 1
        return cls(workspace, encoding, *found, members, tolerance, LINES if kind in LINEAR else SUMS)

    def grouped(self, codes):
        """n_rows x n_players x n_outputs: the terms of each player's columns, added up."""
        return np.einsum("zco,cp->zpo", self.pieces(floats(codes)), self.members, optimize=True)

    def margins(self, codes):
        return self.pieces(floats(codes)).sum(axis=1) + self.start

    def shuffled_margins(self, codes, orders):
        """As of a TreeEngine."""
        base, terms = self.margins(codes), self.grouped(codes).transpose(1, 0, 2)
        moved = np.stack([own[order] for own, order in zip(terms, orders)])
        return base, base + moved - terms[:, None]

    def background_margins(self, background):
        return self.workspace.prepared(("margins", background.key), lambda: self.margins(self.encoding.codes(background.rows)))

    def background_terms(self, background):
        return self.workspace.prepared(("terms by row", background.key), lambda: self.grouped(self.encoding.codes(background.rows)))

    def prepare(self, background):
        self.background_margins(background)
        self.background_terms(background)

    def outputs(self, frame, output):
        return link_values(self.margins(self.encoding.codes(frame)), self.link, output)

    def terms(self, x, background):
        return 0

    def game(self, codes, background):
        return TermsGame(self.background_margins(background), self.grouped(codes) - self.background_terms(background))

    def many(self, codes, background, output, space):
        if self.link != "identity" and not (space == "log_odds" and self.link == "sigmoid"):
            return None
        values = (self.grouped(codes) - self.background_terms(background).mean(axis=0))[:, :, 0 if space == "log_odds" else output]
        return -values if space == "log_odds" and output == 0 else values

    def explained(self, codes, background, output, space, seed=0, span=1.0):
        if space == "log_odds" or self.link == "identity":
            values = self.many(codes, background, output, space)
            return None if values is None else Estimate(values[0], None, 0)
        game = self.game(codes, background)
        values = additive_values(game.base, game.moves, self.link, output)
        if values is not None:
            return Estimate(values, None, 0)
        return values_through([game], lambda margins: all_outputs(margins[0], self.link), output, seed, span)


def _linear(last):
    weights = np.atleast_2d(np.asarray(last.coef_, dtype=float))
    link = "identity" if not hasattr(last, "classes_") else "sigmoid" if len(weights) == 1 else "softmax"
    if type(last).__name__ in ("GammaRegressor", "PoissonRegressor"):
        link = "exp"
    if type(last).__name__ == "TweedieRegressor":
        link = "exp" if last.link == "log" or (last.link == "auto" and last.power > 0) else "identity"
    turned = weights.T[None]
    return lambda codes: codes[:, :, None] * turned, np.atleast_1d(np.asarray(last.intercept_, dtype=float)), link


def _told_apart(pieces, start):
    """Two classes: log-odds of the second; more: one sum a class."""
    if len(start) != 2:
        return pieces, start, "softmax"
    return lambda codes: np.diff(pieces(codes), axis=2), np.diff(start), "sigmoid"


def _gaussian(last):
    means, variances = last.theta_.T, last.var_.T
    start = np.log(last.class_prior_) - 0.5 * np.log(2 * np.pi * variances).sum(axis=0)
    return _told_apart(lambda codes: -0.5 * (codes[:, :, None] - means) ** 2 / variances, start)


def _bernoulli(last):
    with_it, without = last.feature_log_prob_.T, np.log(1 - np.exp(last.feature_log_prob_)).T

    def pieces(codes):
        on = codes if last.binarize is None else codes > last.binarize
        return np.where(on[:, :, None], with_it, without)
    return _told_apart(pieces, last.class_log_prior_)


def _counts(last):
    start = last.class_log_prior_ if type(last).__name__ == "MultinomialNB" else np.zeros(len(last.classes_))
    weights = last.feature_log_prob_.T[None]
    return _told_apart(lambda codes: codes[:, :, None] * weights, start)


def _categories(last):
    tables = [np.asarray(table).T for table in last.feature_log_prob_]

    def pieces(codes):
        return np.stack([table[codes[:, at].astype(int)] for at, table in enumerate(tables)], axis=1)
    return _told_apart(pieces, last.class_log_prior_)


NAIVE = {"GaussianNB": _gaussian, "BernoulliNB": _bernoulli, "MultinomialNB": _counts, "ComplementNB": _counts,
         "CategoricalNB": _categories}
