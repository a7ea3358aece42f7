"""Sums for all coalitions, or along orders of the players, in machine code; for a function to be taken of them (see curve.py).

rank: n_background x n_players, number of a player among the `sizes[z]` that matter for a background row, -1 for the others.
place: n_background x n_rounds x n_players, place in an order of those that matter.
"""
import numpy as np

from explainers.shapley.compiled import compiled
from explainers.shapley.kernels import fold, margin_table
from explainers.shapley.walks import _steps


@compiled
def leaf_tables(row_start, leaf, begin, entries, rank, values, start, offsets, sizes, first, into):
    """Fills into (cells x n_outputs): the sums of each coalition, for the background rows from `first`."""
    for i in range(len(offsets) - 1):
        z = first + i
        for k in range(len(values)):
            table = margin_table(row_start[z:z + 2], leaf, begin, entries, rank[z], values[k], start[k], sizes[z])
            for at in range(len(table)):
                into[offsets[i] + at, k] = table[at]


@compiled
def term_tables(base, moves, offsets, rank, sizes, first, into):
    for i in range(len(offsets) - 1):
        z = first + i
        for k in range(base.shape[1]):
            into[offsets[i], k] = base[z, k]
            for player in range(rank.shape[1]):
                if rank[z, player] >= 0:
                    half = 1 << rank[z, player]
                    for at in range(half):
                        into[offsets[i] + half + at, k] = into[offsets[i] + at, k] + moves[z, player, k]


@compiled
def fold_all(table, offsets, rank, sizes, first, joined, without, result):
    """Adds to result (n_players) the Shapley values of each background row's table."""
    for i in range(len(offsets) - 1):
        d = sizes[first + i]
        if d == 0:
            continue
        found = np.zeros(d)
        fold(table[offsets[i]:offsets[i + 1]], joined[d], without[d], d, found)
        for player in range(len(result)):
            if rank[first + i, player] >= 0:
                result[player] += found[rank[first + i, player]]


@compiled
def leaf_walk(row_start, leaf, begin, entries, rank, values, start, sizes, place, into):
    """Fills into (n_background x n_rounds x 2 x steps x n_outputs); beyond the last player the sums stay as they are."""
    n_rounds, steps = into.shape[1], into.shape[3]
    turned = np.zeros((rank.shape[1], n_rounds), np.int16)
    for z in range(len(sizes)):
        d = sizes[z]
        for player in range(rank.shape[1]):
            for turn in range(n_rounds):
                turned[player, turn] = place[z, turn, player]
        ways = np.zeros((2, n_rounds, len(values), d + 2))
        _steps(row_start[z], row_start[z + 1], leaf, begin, entries, turned, d, values, ways[0], ways[1])
        for turn in range(n_rounds):
            for way in range(2):
                for k in range(len(values)):
                    total = start[k]
                    for step in range(steps):
                        if step <= d:
                            total += ways[way, turn, k, step]
                        into[z, turn, way, step, k] = total


@compiled
def term_walk(base, moves, rank, sizes, place, into):
    n_rounds, steps = into.shape[1], into.shape[3]
    at = np.zeros(rank.shape[1], np.int64)
    for z in range(len(sizes)):
        d = sizes[z]
        for turn in range(n_rounds):
            for player in range(rank.shape[1]):
                if rank[z, player] >= 0:
                    at[place[z, turn, player]] = player
            for way in range(2):
                for k in range(base.shape[1]):
                    total = base[z, k]
                    into[z, turn, way, 0, k] = total
                    for step in range(steps - 1):
                        if step < d:
                            total += moves[z, at[d - 1 - step] if way else at[step], k]
                        into[z, turn, way, step + 1, k] = total


@compiled
def gains_of(outputs, place, rank, sizes, found):
    """Fills found (n_rounds x n_background x n_players): the mean of a player's gains in the order and in its reverse."""
    for z in range(len(sizes)):
        d = sizes[z]
        for turn in range(outputs.shape[1]):
            for player in range(rank.shape[1]):
                if rank[z, player] >= 0:
                    ahead = place[z, turn, player]
                    behind = d - 1 - ahead
                    found[turn, z, player] = (outputs[z, turn, 0, ahead + 1] - outputs[z, turn, 0, ahead]
                                              + outputs[z, turn, 1, behind + 1] - outputs[z, turn, 1, behind]) / 2
