"""The engine for sums of trees, also through a link: exact where affordable, else walked on the leaves with errors.

The compiled parts stand in kernels.py (one row), walks.py (estimates) and batch.py (many rows).
"""
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from math import factorial
from typing import Any

import numpy as np

from explainers.progress import steps
from explainers.shapley.blackbox import Estimate, order_settled
from explainers.shapley.curve import LeavesGame
from explainers.shapley.forest import forest_of, words_of
from explainers.shapley.forest_readers import read_trees
from explainers.shapley.hypercube import link_values

DOUBLE, SINGLE = 1e-6, 1e-5     # tolerance of the additivity check, by the precision a library computes in
LARGEST_TABLE = 6_000_000       # coalition values for one row
CELLS_A_TERM = 6                # coalition values that take as long as one pair of a leaf and a background row
WALKED = 60_000_000             # entries of leaves walked over for one estimate
ROUNDS, MOST_ROUNDS = 8, 480     # at a time, in all
PARTS = 8                       # of long work, between which it can be stopped
LINKS = {"sigmoid": 0, "softmax": 1, "exp": 2}


@dataclass(eq=False)
class TreeEngine:
    """forest, codes_of: as read from the model; owner: player of each node; roots: first node of each tree."""
    workspace: Any
    encoding: Any
    forest: Any
    codes_of: Any
    n_players: int
    tolerance: float
    arrays: tuple = ()
    values_by_output: np.ndarray = None
    method: str = "exact Shapley values from the leaves of the trees"
    estimated: str = "Shapley values estimated on the leaves of the trees"

    @classmethod
    def build(cls, workspace, encoding):
        found = read_trees(encoding, workspace.domain)
        if found is None:
            return None
        trees, owners, codes_of = found
        numbers = {column: number for number, player in enumerate(workspace.domain.players) for column in player.columns}
        players = np.array([numbers[owner] for owner in owners], dtype=np.int32)
        forest = forest_of(trees, players)
        if not len(forest.slot_start):
            return None
        inner = trees.left >= 0
        below = np.zeros(len(trees.left), dtype=bool)
        below[trees.left[inner]] = below[trees.right[inner]] = True
        arrays = (trees.left.astype(np.int32), trees.right.astype(np.int32), players[trees.column],
                  np.flatnonzero(~below).astype(np.int32), 2 * forest.deepest + 4)
        return cls(workspace, encoding, forest, codes_of, len(workspace.domain.players), SINGLE if trees.single else DOUBLE,
                   arrays, np.ascontiguousarray(trees.values.T, dtype=float))

    @property
    def link(self):
        return self.forest.trees.link

    @property
    def start(self):
        return self.forest.trees.start.astype(float)

    def directions(self, codes):
        """n_rows x n_nodes booleans: does the row go left?"""
        return np.ascontiguousarray(self.forest.trees.goes_left(codes if self.codes_of is None else self.codes_of(codes)))

    def background_directions(self, background):
        return self.workspace.prepared(("directions", background.key), lambda: self.directions(self.encoding.codes(background.rows)))

    def background_words(self, background):
        """(n_nodes x n_words: bits of the background rows that go left, n_words: all of them)"""
        return self.workspace.prepared(("words", background.key), lambda: (
            words_of(self.background_directions(background)), words_of(np.ones((len(background.rows), 1), dtype=bool))[0]))

    def outputs(self, frame, output):
        return link_values(self.margins(self.encoding.codes(frame)), self.link, output)

    def margins(self, codes):
        """n_rows x n_outputs: sums of trees before the link."""
        return self._margins(self.directions(codes))

    def _margins(self, directions):
        from explainers.shapley.together import margins
        result = np.empty((len(directions), len(self.values_by_output)))
        left, right, _, roots, _ = self.arrays
        margins(left, right, roots, directions, self.values_by_output, self.start, result)
        return result

    def shuffled_margins(self, codes, orders):
        """(n_rows x n_outputs sums, the same with one player's values in another order: n_players x n_orders before them)"""
        from explainers.shapley.together import shuffled_leaves
        directions, (left, right, player, roots, _) = self.directions(codes), self.arrays
        base = self._margins(directions)
        moves = np.zeros((*orders.shape, base.shape[1]))
        for some in steps("parts", np.array_split(roots, PARTS)):
            shuffled_leaves(left, right, player, some, directions, self.values_by_output, orders, moves)
        return base, base + moves

    def background_margins(self, background):
        return self.workspace.prepared(("margins", background.key), lambda: self._margins(self.background_directions(background)))

    def prepare(self, background):
        """What is made once for a background, so that threads find it there."""
        self.background_margins(background)
        self.background_words(background)

    def game(self, codes, background):
        return LeavesGame(self, self.reach(codes, background), len(background.rows))

    def reach(self, codes, background):
        """The leaves that any coalition leads to, listed for each background row (see together.spread)."""
        from explainers.shapley.together import spread, walk
        words, everyone = self.background_words(background)
        met = walk(*self.arrays, self.directions(codes)[0], words, everyone, True, self.values_by_output[0],
                   *leaf_weights(0), np.zeros(self.n_players))
        return spread(*met, len(background.rows))

    def sums_together(self, codes, background, output):
        """n_players: Shapley values of the sum of trees, all background rows together."""
        from explainers.shapley.together import walk
        words, everyone = self.background_words(background)
        result = np.zeros(self.n_players)
        value = self.values_by_output[output if self.link != "sigmoid" else 0]
        walk(*self.arrays, self.directions(codes)[0], words, everyone, False, value, *leaf_weights(self.forest.widest), result)
        return result / len(background.rows)

    def terms(self, x, background):
        """How much work one explanation takes, in pairs of a leaf and a background row."""
        from explainers.shapley.kernels import ranks
        found = self.reach(self.encoding.codes(x), background)
        if self.link == "identity":
            return len(found[1])
        sizes = ranks(found[0], found[2], found[3], self.n_players)[1]
        return len(found[1]) + float((2.0 ** sizes).sum()) * len(self.values_by_output) / CELLS_A_TERM

    def explained(self, codes, background, output, space, seed=0, span=1.0):
        """Estimate for one row as the last step takes it; None where it cannot be had from the trees."""
        if space == "log_odds" and self.link != "sigmoid":
            return None
        if self.link == "identity" or space == "log_odds":
            values = self.sums_together(codes, background, output)
            return Estimate(-values if space == "log_odds" and output == 0 else values, None, 0)
        return self.linked(self.reach(codes, background), background, output, seed, span)

    def sums_of(self, found, rows, output=0):
        """rows x n_players: Shapley values of the sum of trees, for each background row alone."""
        from explainers.shapley.kernels import sums
        row_start, leaf, begin, entries = found
        result = np.zeros((rows, self.n_players))
        sums(row_start, leaf, begin, entries, self.values_by_output[output], *leaf_weights(self.forest.widest), result)
        return result

    def linked(self, found, background, output, seed, span):
        from explainers.shapley.kernels import ranks, table_values
        row_start, leaf, begin, entries = found
        rank, sizes = ranks(row_start, begin, entries, self.n_players)
        start = self.start
        game = (row_start, leaf, begin, entries, rank, sizes, self.values_by_output, start, LINKS[self.link], output)
        if (2.0 ** sizes).sum() * len(start) > LARGEST_TABLE:
            return self.walked(game, self.background_margins(background)[:, 0], seed, span)
        result = np.zeros(self.n_players)
        table_values(*game, *size_weights(int(sizes.max(initial=0))), result)
        return Estimate(result / len(sizes), None, 0)

    def walked(self, game, base, seed, span):
        """Random orders until the first reasons are in a settled order, or WALKED is used up."""
        from explainers.shapley import walks
        found, sizes, output = game[:4], game[5], game[-1]
        control, known = np.zeros((1, self.n_players)), np.zeros((0, self.n_players))
        if self.link == "sigmoid":
            control, known = self.sums_of(found, len(sizes)), np.zeros((len(sizes), self.n_players))
            nodes, weights = np.polynomial.legendre.leggauss(walks.NODES)
            halves = [slice(0, len(sizes) // 2), slice(len(sizes) // 2, None)]
            in_parallel(lambda i: walks.simple_values(base[halves[i]], control[halves[i]], (nodes + 1) / 2, weights / 2, output,
                                                      known[halves[i]]), 2)
        most = int(np.clip(WALKED // max(1, len(found[3])), ROUNDS, MOST_ROUNDS))
        rounds = np.zeros((0, len(sizes), self.n_players))
        while True:
            parts = np.zeros((max(1, len(rounds) // (2 * ROUNDS)), ROUNDS, len(sizes), self.n_players))
            first = len(rounds) // ROUNDS
            in_parallel(lambda i: walks.walk(1000 * seed + first + i, *game, control, known, parts[i]), len(parts))
            rounds = np.concatenate([rounds, *parts])
            values = rounds.mean(axis=(0, 1))
            settled = order_settled(rounds, values, span)
            if settled or len(rounds) >= most:
                errors = np.sqrt((rounds.var(axis=0, ddof=1) / len(rounds)).sum(axis=0)) / len(sizes)
                return Estimate(values, errors, 0, settled)

    def many(self, codes, background, output, space):
        """n_rows x n_players exact values, None where only one row at a time can be explained."""
        from explainers.shapley.batch import WIDEST, leaf_batch
        forest = self.forest
        leaf_start = np.r_[forest.leaf_start, len(forest.slot_start)]
        widest = forest.widest
        if not (self.link == "identity" or (space == "log_odds" and self.link == "sigmoid")) or widest > WIDEST:
            return None
        value = np.ascontiguousarray(forest.leaf_value[:, output if self.link == "identity" else 0])
        turned = np.ascontiguousarray(self.directions(codes).T)
        shared = (leaf_start, np.r_[forest.slot_start, len(forest.split)], forest.slot_player, forest.split, forest.wants_left, value,
                  turned, np.ascontiguousarray(self.background_directions(background).T), *leaf_weights(widest))
        parts = 4
        result = np.zeros((parts, turned.shape[1], self.n_players))
        edges = np.linspace(0, len(leaf_start) - 1, parts + 1).astype(int)
        in_parallel(lambda i: leaf_batch(edges[i], edges[i + 1], *shared, result[i]), parts)
        return result.sum(axis=0) / len(background.rows) * (-1 if self.link == "sigmoid" and output == 0 else 1)


def in_parallel(work, parts, what="parts"):
    """work(0), work(1) ... by up to two threads (the compiled parts let each other run); what: as in progress.py."""
    if parts == 1:
        return work(0)
    with ThreadPoolExecutor(min(2, parts, os.cpu_count() or 1)) as pool:
        for _ in steps(what, pool.map(work, range(parts)), parts):
            pass


@lru_cache
def leaf_weights(largest):
    """(for P, for N): what each player of a leaf gets of its value, by a = |P| and b = |N|: for P (a-1)! b! / (a+b)!,
    for N -a! (b-1)! / (a+b)!."""
    for_p, for_n = np.zeros((2, largest + 1, largest + 1))
    for a in range(largest + 1):
        for b in range(largest + 1):
            if a:
                for_p[a, b] = factorial(a - 1) * factorial(b) / factorial(a + b)
            if b:
                for_n[a, b] = -factorial(a) * factorial(b - 1) / factorial(a + b)
    return for_p, for_n


@lru_cache
def size_weights(largest):
    """(with, without): (largest + 1) x (largest + 1) weights of a coalition by the number of players d and its size: what it
    counts for a member more than for others, and what is taken off for all."""
    joined, without = np.zeros((2, largest + 1, largest + 1))
    for d in range(1, largest + 1):
        weight = np.array([factorial(size) * factorial(d - size - 1) / factorial(d) for size in range(d)] + [0.0])
        joined[d, :d + 1], without[d, :d + 1] = weight + np.r_[0.0, weight[:-1]], weight
    return joined, without
