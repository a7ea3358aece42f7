"""Shapley values of a function of several sums at once: calibrated, stacked and otherwise composed models.

v(S) is the function of what the sums (of trees, or of one term a player) are for a row mixed by S. Where the players that tell
the case from each background row are few, the sums are written down for every coalition, the function is taken of all of them,
and the values come from that table. Else random orders and their reverses are walked on the sums themselves, without asking the
model; a linear stand-in for the function, whose exact values are known, takes out most of the error (a control variate).
"""
from dataclasses import dataclass

import numpy as np

from explainers.shapley.blackbox import Estimate, order_settled

LARGEST = 4_000_000       # values of sums in tables for one row
AT_ONCE = 1_000_000       # coalitions for which the function is taken at once
WALKED = 40_000_000       # values of sums, and entries of leaves, on the way of one estimate
ROUNDS, MOST_ROUNDS = 16, 480
MOST_SUMS = 12            # beyond so many sums there is no linear stand-in


@dataclass(eq=False)
class TermsGame:
    """base: n_background x n_outputs sums of the background rows; moves: n_background x n_players x n_outputs, what each
    player adds when it comes from the case."""
    base: np.ndarray
    moves: np.ndarray

    def matters(self):
        return (self.moves != 0).any(axis=2)

    def width(self):
        return self.base.shape[1]

    def work(self):
        return 0

    def tables(self, offsets, rank, sizes, first, into):
        from explainers.shapley.curve_kernels import term_tables
        term_tables(self.base, self.moves, offsets, rank, sizes, first, into)

    def walk(self, rank, sizes, place, into):
        from explainers.shapley.curve_kernels import term_walk
        term_walk(self.base, self.moves, rank, sizes, place, into)

    def shares(self):
        """n_background x n_players x n_outputs exact Shapley values of the sums."""
        return self.moves


@dataclass(eq=False)
class LeavesGame:
    """The leaves that any coalition leads to, for each background row (see together.spread), of a TreeEngine."""
    engine: object
    found: tuple
    background: int

    def matters(self):
        from explainers.shapley.kernels import ranks
        return ranks(self.found[0], self.found[2], self.found[3], self.engine.n_players)[0] >= 0

    def width(self):
        return len(self.engine.values_by_output)

    def work(self):
        return len(self.found[3])

    def tables(self, offsets, rank, sizes, first, into):
        from explainers.shapley.curve_kernels import leaf_tables
        leaf_tables(*self.found, rank, self.engine.values_by_output, self.engine.start, offsets, sizes, first, into)

    def walk(self, rank, sizes, place, into):
        from explainers.shapley.curve_kernels import leaf_walk
        leaf_walk(*self.found, rank, self.engine.values_by_output, self.engine.start, sizes, place, into)

    def shares(self):
        return np.stack([self.engine.sums_of(self.found, self.background, output) for output in range(self.width())], axis=2)


def values_through(games, function, output, seed=0, span=1.0):
    """Estimate of function(sums)[..., output]; function: list of ... x n_outputs arrays, one a game -> ... x k."""
    matters = np.any([game.matters() for game in games], axis=0)
    sizes = matters.sum(axis=1)
    rank = np.where(matters, np.cumsum(matters, axis=1) - 1, -1).astype(np.int32)
    edges = np.cumsum([0] + [game.width() for game in games])
    into_parts = lambda sums: function([sums[..., begin:end] for begin, end in zip(edges, edges[1:])])[..., output]
    if (2.0 ** sizes).sum() * edges[-1] <= LARGEST:
        return Estimate(_tables(games, into_parts, edges, rank, sizes), None, 0)
    return _walked(games, into_parts, edges, rank, sizes, seed, span)


def work_of(games):
    """How much work `values_through` takes, in pairs of a leaf and a background row."""
    sizes = np.any([game.matters() for game in games], axis=0).sum(axis=1)
    return sum(game.work() for game in games) / 4 + float((2.0 ** sizes).sum()) * sum(game.width() for game in games) / 6


def _tables(games, function, edges, rank, sizes):
    from explainers.shapley.curve_kernels import fold_all
    from explainers.shapley.tree_engine import size_weights
    cells = 1 << sizes
    result = np.zeros(rank.shape[1])
    weights = size_weights(int(sizes.max(initial=0)))
    first = 0
    while first < len(sizes):
        last = max(first + 1, int(np.searchsorted(np.cumsum(cells[first:]), AT_ONCE, side="right")) + first)
        offsets = np.r_[0, np.cumsum(cells[first:last])]
        sums = np.empty((offsets[-1], edges[-1]))
        for game, begin, end in zip(games, edges, edges[1:]):
            part = np.empty((offsets[-1], end - begin))
            game.tables(offsets, rank, sizes, first, part)
            sums[:, begin:end] = part
        fold_all(np.ascontiguousarray(function(sums), dtype=float), offsets, rank, sizes, first, *weights, result)
        first = last
    return result / len(sizes)


def _walked(games, function, edges, rank, sizes, seed, span):
    n, players = rank.shape
    steps = int(sizes.max()) + 1
    each = max(1, 2 * n * steps * edges[-1] + sum(game.work() for game in games))
    most = int(np.clip(WALKED // each, ROUNDS, MOST_ROUNDS))
    known = np.concatenate([game.shares() for game in games], axis=2) if edges[-1] <= MOST_SUMS else None
    slope, rounds = None, []
    while True:
        for _ in range(max(1, len(rounds) // 2)):
            sums, place = _sums_on_the_way(games, edges, rank, sizes, steps, np.random.default_rng([seed, len(rounds)]))
            outputs = function(sums)
            if known is not None and slope is None:
                slope = _slopes(sums.reshape(n, -1, edges[-1]), outputs.reshape(n, -1))
            rounds.append(_gains(outputs, sums, slope, known, place, rank, sizes))
        found = np.concatenate(rounds)
        values = found.mean(axis=(0, 1))
        settled = order_settled(found, values, span)
        if settled or len(found) >= most:
            errors = np.sqrt((found.var(axis=0, ddof=1) / len(found)).sum(axis=0)) / n
            return Estimate(values, errors, 0, settled)


def _sums_on_the_way(games, edges, rank, sizes, steps, random):
    """(n_background x ROUNDS x 2 x steps x n_sums: the sums along random orders and their reverses, place of each player)"""
    keys = np.where(rank[:, None, :] >= 0, random.random((len(rank), ROUNDS, rank.shape[1])), 2.0)
    place = np.argsort(np.argsort(keys, axis=2), axis=2).astype(np.int16)
    sums = np.empty((len(rank), ROUNDS, 2, steps, edges[-1]))
    for game, begin, end in zip(games, edges, edges[1:]):
        part = np.empty((len(rank), ROUNDS, 2, steps, end - begin))
        game.walk(rank, sizes, place, part)
        sums[..., begin:end] = part
    return sums, place


def _slopes(sums, outputs):
    """n_background x n_sums: least squares of the outputs on the sums."""
    sums = sums - sums.mean(axis=1, keepdims=True)
    square = np.einsum("zna,znb->zab", sums, sums)
    ridge = 1e-9 * (np.trace(square, axis1=1, axis2=2) + 1e-12)[:, None, None] * np.eye(sums.shape[2])
    return np.linalg.solve(square + ridge, np.einsum("zna,zn->za", sums, outputs)[..., None])[..., 0]


def _gains(outputs, sums, slope, known, place, rank, sizes):
    """ROUNDS x n_background x n_players: mean gains along an order and its reverse."""
    from explainers.shapley.curve_kernels import gains_of
    if slope is not None:
        outputs = outputs - np.einsum("zrdsk,zk->zrds", sums, slope)
    found = np.zeros((ROUNDS, *rank.shape))
    gains_of(np.ascontiguousarray(outputs), place, rank, sizes, found)
    return found if slope is None else found + np.einsum("zpk,zk->zp", known, slope)
