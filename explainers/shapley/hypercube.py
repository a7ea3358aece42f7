"""Exact Shapley values of link(sum of trees), by writing the sum down for every coalition that matters.

For one background row only players that some reachable leaf asks about matter; with d of them the sums of all
2^d coalitions follow from the leaves: a leaf with players P (met only by x) and N (met only by z) adds its value at
every S that holds P and avoids N, which is value * sum over T in N of (-1)^|T| at P + T, summed over subsets
(a Moebius transform and its inverse). The link is then applied to each coalition.
"""
from functools import lru_cache
from math import factorial

import numpy as np

from explainers.shapley.leaves import spread

LARGEST_TABLE = 6_000_000


@lru_cache(maxsize=32)
def coalition_weights(d):
    """(2^d weights for coalitions with the player, 2^d weights subtracted for every player, d x 2^d membership)."""
    sizes = _sizes(d)
    weight = np.array([factorial(size) * factorial(d - size - 1) / factorial(d) for size in range(d)] + [0.0])
    before = np.r_[0.0, weight[:-1]]
    members = ((np.arange(1 << d) >> np.arange(d)[:, None]) & 1).astype(float)
    return (weight + before)[sizes][:, None], weight[sizes], members


def _sizes(d):
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(d):
        sizes = np.r_[sizes, sizes + 1]
    return sizes


def shapley_of_tables(tables, d):
    """2^d x n values of every coalition -> d x n Shapley values."""
    joined, without, members = coalition_weights(d)
    return members @ (tables * joined) - without @ tables


def link_values(margins, link, output):
    """Values of one output from sums: array ... x n_outputs -> array ... ."""
    if link == "identity":
        return margins[..., output]
    if link == "exp":
        return np.exp(margins[..., output])
    if link == "sigmoid":
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(margins[..., 0] if output == 0 else -margins[..., 0]))
    shifted = margins - margins.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return powers[..., output] / powers.sum(axis=-1)


def relevant(forest, reach, count, n_players):
    """n_background x n_players: does a reachable leaf tell x and this background row apart by the player?"""
    result = np.zeros((count, n_players), dtype=bool)
    result[reach.row[reach.pair], forest.slot_player[reach.slot]] = True
    pair, place = spread(reach.avoided, reach.leaf)
    result[reach.row[pair], forest.slot_player[reach.n_slots[place]]] = True
    return result


def table_size(matters):
    """Number of coalitions to be written down."""
    return int((2.0 ** matters.sum(axis=1)).sum())


def hypercube_values(forest, reach, matters, output, n_players):
    """n_players: mean over background rows of the Shapley values of link(sums)[output]; exact."""
    rank = np.cumsum(matters, axis=1) - 1
    row, mask, leaf, sign = _terms(forest, reach, np.where(matters, 1 << np.maximum(rank, 0), 0))
    sizes = matters.sum(axis=1)
    by_size = np.argsort(sizes.astype(np.uint8)[row], kind="stable")
    row, mask, value = row[by_size], mask[by_size], forest.leaf_value[leaf[by_size]] * sign[by_size, None]
    ends = np.searchsorted(sizes[row], np.arange(sizes.max(initial=0) + 2))
    result = np.zeros(n_players)
    for d in np.unique(sizes[sizes > 0]):
        rows, part = np.flatnonzero(sizes == d), slice(ends[d], ends[d + 1])
        number = np.zeros(len(sizes), dtype=np.int64)
        number[rows] = np.arange(len(rows))
        flat = mask[part] * len(rows) + number[row[part]]
        found = shapley_of_tables(_tables(forest, flat, value[part], len(rows), int(d), output), int(d))
        at, players = np.nonzero(matters[rows])
        result += np.bincount(players, weights=found[rank[rows][at, players], at], minlength=n_players)
    return result / len(sizes)


def _terms(forest, reach, bit):
    """Moebius terms: (background row, coalition, leaf, sign), 2^|N| of them for each pair of leaf and row."""
    row, leaf = reach.row, reach.leaf
    mask = np.bincount(reach.pair, weights=bit[row[reach.pair], forest.slot_player[reach.slot]], minlength=len(leaf)).astype(np.int64)
    sign = np.ones(len(row))
    for turn in range(int(reach.avoided.max(initial=0))):
        more = np.flatnonzero(reach.avoided[leaf] > turn)
        added = bit[row[more], forest.slot_player[reach.n_slots[reach.first[leaf[more]] + turn]]]
        row, leaf = np.r_[row, row[more]], np.r_[leaf, leaf[more]]
        mask, sign = np.r_[mask, mask[more] | added], np.r_[sign, -sign[more]]
    return row, mask, leaf, sign


def _tables(forest, flat, value, n_rows, d, output):
    """2^d x n_rows: link(sums)[output] of every coalition."""
    outputs = range(value.shape[1])
    sums = [np.bincount(flat, weights=value[:, k], minlength=n_rows << d).reshape(1 << d, n_rows) for k in outputs]
    for table in sums:
        for step in range(d):
            halves = table.reshape(-1, 2, n_rows << step)
            halves[:, 1] += halves[:, 0]
    margins = np.stack([table + forest.start[k] for k, table in zip(outputs, sums)], axis=-1)
    return link_values(margins, forest.trees.link, output)
