"""Exact Shapley values of sums of trees: interventional TreeSHAP (Lundberg et al. 2020, section on interventional
values) leaf by leaf, for all background rows and all outputs at once, with grouped players.

Seen from one background row z, a leaf asks for the players P whose splits only x meets and must avoid the players N
whose splits only z meets; with a = |P| and b = |N| each player of P gets value * (a-1)! b! / (a+b)!, each of N gets
-value * a! (b-1)! / (a+b)!. A leaf with a player whose splits neither meets is never reached.
"""
from dataclasses import dataclass
from functools import lru_cache
from math import factorial

import numpy as np

from explainers.shapley.forest import Met


@lru_cache
def weights(largest):
    """(for P, for N): (largest+1) x (largest+1) tables over a, b."""
    for_p, for_n = np.zeros((2, largest + 1, largest + 1))
    for a in range(largest + 1):
        for b in range(largest + 1):
            if a:
                for_p[a, b] = factorial(a - 1) * factorial(b) / factorial(a + b)
            if b:
                for_n[a, b] = -factorial(a) * factorial(b - 1) / factorial(a + b)
    return for_p, for_n


@dataclass(frozen=True, eq=False)
class Reach:
    """Pairs of a leaf and a background row that some coalition leads to that leaf.

    leaf, row        n_pairs
    pair, slot       for each pair its slots that only x meets (the players P), as flat lists
    avoided, first, n_slots    n_leaves: how many slots only z meets (the players N), and where they stand in `n_slots`
    """
    leaf: np.ndarray
    row: np.ndarray
    pair: np.ndarray
    slot: np.ndarray
    avoided: np.ndarray
    first: np.ndarray
    n_slots: np.ndarray


def reach_of(forest, x_meets, background):
    """Reach of one row (x_meets: n_slots booleans) with the background rows (Met)."""
    every = np.uint64(0xFFFFFFFFFFFFFFFF)
    words = np.bitwise_and.reduceat(np.where(x_meets[:, None], every, background.words), forest.leaf_start, axis=0)
    alive = Met(words, background.count).table
    leaf, row = (part.astype(np.int32) for part in np.nonzero(alive))
    held = np.add.reduceat(x_meets.astype(np.int32), forest.leaf_start)
    avoided = np.diff(np.r_[forest.leaf_start, len(x_meets)]) - held
    pair, place = spread(held, leaf)
    slot = np.flatnonzero(x_meets).astype(np.int32)[place]
    only_x = ~background.table.ravel()[slot.astype(np.int64) * background.count + row[pair]]
    return Reach(leaf, row, pair[only_x], slot[only_x], avoided, np.r_[0, np.cumsum(avoided)[:-1]], np.flatnonzero(~x_meets))


def spread(counts, leaf):
    """For pairs of these leaves the items of each leaf, `counts` of them: (number of the pair, place of the item)."""
    many = counts[leaf]
    pair = np.repeat(np.arange(len(leaf), dtype=np.int32), many)
    offset = np.r_[0, np.cumsum(counts)[:-1]][leaf] - (np.cumsum(many) - many)
    return pair, np.arange(len(pair), dtype=np.int64) + offset[pair]


def leaf_values(forest, reach, count, n_players):
    """n_players x n_outputs: mean over `count` background rows of the Shapley values of the sum of trees."""
    a = np.bincount(reach.pair, minlength=len(reach.leaf))
    b = reach.avoided[reach.leaf]
    for_p, for_n = weights(int(max(a.max(initial=0), b.max(initial=0))))
    weight = np.bincount(reach.slot, weights=for_p[a, b][reach.pair], minlength=len(forest.slot_leaf))
    loss = np.bincount(reach.leaf, weights=for_n[a, b], minlength=len(forest.leaf_start))
    weight[reach.n_slots] = loss[forest.slot_leaf[reach.n_slots]]
    columns = [np.bincount(forest.slot_player, weights=value[forest.slot_leaf] * weight, minlength=n_players)
               for value in forest.leaf_value.T]
    return np.stack(columns, axis=1) / count


def leaf_values_by_row(forest, reach, count, n_players, output=0):
    """n_background x n_players: the Shapley values of the sum of trees for each background row alone."""
    a, b = np.bincount(reach.pair, minlength=len(reach.leaf)), reach.avoided[reach.leaf]
    for_p, for_n = weights(int(max(a.max(initial=0), b.max(initial=0))))
    value = forest.leaf_value[reach.leaf, output]
    pair, place = spread(reach.avoided, reach.leaf)
    at = np.r_[reach.row[reach.pair].astype(np.int64) * n_players + forest.slot_player[reach.slot],
               reach.row[pair].astype(np.int64) * n_players + forest.slot_player[reach.n_slots[place]]]
    gains = np.r_[(for_p[a, b] * value)[reach.pair], (for_n[a, b] * value)[pair]]
    return np.bincount(at, weights=gains, minlength=count * n_players).reshape(count, n_players)
