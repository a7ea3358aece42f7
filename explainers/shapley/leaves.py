"""Exact Shapley values of sums of trees: interventional TreeSHAP (Lundberg et al. 2020, section on interventional
values) leaf by leaf, for all background rows and all outputs at once, with grouped players.

Seen from one background row z, a leaf asks for the players P whose splits only x meets and must avoid the players N
whose splits only z meets; with a = |P| and b = |N| each player of P gets value * (a-1)! b! / (a+b)!, each of N gets
-value * a! (b-1)! / (a+b)!. A leaf with a player whose splits neither meets is never reached.
"""
from functools import lru_cache
from math import factorial

import numpy as np


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


def relations(forest, x_meets, z_meets):
    """Leaves that some background row can reach together with x, as (leaves, slots, leaf starts, x_meets, z_meets, alive).

    alive: n_background x n_kept_leaves. Leaves out of reach of every background row are dropped first.
    """
    covered = x_meets | z_meets
    alive = np.logical_and.reduceat(covered, forest.leaf_start, axis=1)
    kept = np.flatnonzero(alive.any(axis=0))
    is_kept = np.zeros(alive.shape[1], dtype=bool)
    is_kept[kept] = True
    slots = np.flatnonzero(is_kept[forest.slot_leaf])
    owner = forest.slot_leaf[slots]
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]]) if len(owner) else np.zeros(0, dtype=int)
    return kept, slots, starts, x_meets[slots], z_meets[:, slots], alive[:, kept]


def leaf_values(forest, x_meets, z_meets, n_players):
    """n_players x n_outputs: mean over background rows of the Shapley values of the sum of trees.

    x_meets: n_slots, z_meets: n_background x n_slots (from `Forest.meets`).
    """
    kept, slots, starts, x_ok, z_ok, alive = relations(forest, x_meets, z_meets)
    if not len(kept):
        return np.zeros((n_players, forest.leaf_value.shape[1]))
    only_x = x_ok & ~z_ok
    a = np.add.reduceat(only_x.astype(np.int16), starts, axis=1)
    b = np.add.reduceat((~x_ok).astype(np.int16), starts)
    largest = int(max(a.max(), b.max()))
    for_p, for_n = weights(largest)
    position = np.repeat(np.arange(len(kept)), np.diff(np.r_[starts, len(slots)]))
    gain = np.where(alive, for_p[a, b], 0.0)
    loss = np.where(alive, for_n[a, b], 0.0).sum(axis=0)
    weight = np.where(x_ok, np.einsum("zs,zs->s", only_x, gain[:, position]), loss[position])
    values = forest.leaf_value[kept][position] * weight[:, None]
    result = np.zeros((n_players, values.shape[1]))
    np.add.at(result, forest.slot_player[slots], values)
    return result / len(z_meets)
