"""Shapley values of a sum of trees for many rows at once.

Of a leaf, only which of its players' splits a row meets counts (a pattern of one bit a player). Rows and background
rows with the same patterns share everything, so each leaf is worked out once for each pair of patterns that occurs (the
idea of Nadel and Wettenstein's WOODELF, 2025) instead of once for each pair of rows.
"""
import numpy as np

from explainers.shapley.compiled import compiled
from explainers.shapley.together import ones

WIDEST = 62      # players on the way to one leaf, at most: the bits of a pattern


@compiled
def _number(found, known, count, result, places, table):
    """Numbers equal patterns alike: result[i] is the place of found[i] among `known`; returns how many there are.

    table, places: an open hash table, empty (-1) before and after
    """
    mask = len(table) - 1
    for i in range(len(found)):
        place = ((found[i] * 0x9E3779B97F4A7C1) >> 20) & mask
        while table[place] >= 0 and known[table[place]] != found[i]:
            place = (place + 1) & mask
        if table[place] < 0:
            table[place], known[count], places[count] = count, found[i], place
            count += 1
        result[i] = table[place]
    for i in range(count):
        table[places[i]] = -1
    return count


@compiled
def leaf_batch(first, last, leaf_start, slot_start, slot_player, split, want, value, x_left, z_left, for_p, for_n, result):
    """Adds to result (n_rows x n_players) what the leaves from `first` to `last` give, summed over background rows.

    x_left, z_left: n_nodes x n_rows booleans; the other arrays as in forest.Forest, with their ends appended
    """
    n_x, n_z = x_left.shape[1], z_left.shape[1]
    most, size = max(n_x, n_z), 1
    while size < 4 * most:
        size *= 2
    table, places = np.full(size, -1, np.int32), np.empty(most, np.int64)
    pattern, kinds, x_kinds = np.empty(most, np.int64), np.empty(n_z, np.int64), np.empty(n_x, np.int64)
    number, counts, widest = np.empty(most, np.int32), np.zeros(n_z), 1
    for leaf in range(first, last):
        widest = max(widest, leaf_start[leaf + 1] - leaf_start[leaf])
    gains, some, taken = np.empty((n_x, widest)), np.empty(n_x, np.bool_), np.empty(n_z, np.int64)
    for leaf in range(first, last):
        begin, k = leaf_start[leaf], leaf_start[leaf + 1] - leaf_start[leaf]
        _patterns(begin, k, slot_start, split, want, z_left, pattern[:n_z])
        n_kinds = _number(pattern[:n_z], kinds, 0, number, places, table)
        counts[:n_kinds] = 0.0
        for z in range(n_z):
            counts[number[z]] += 1
        for kind in range(n_kinds):
            taken[kind] = k - ones(np.uint64(kinds[kind]))
        _patterns(begin, k, slot_start, split, want, x_left, pattern[:n_x])
        n_x_kinds = _number(pattern[:n_x], x_kinds, 0, number, places, table)
        for kind in range(n_x_kinds):
            some[kind] = _pattern_gains(x_kinds[kind], k, kinds[:n_kinds], taken, counts, value[leaf], for_p, for_n, gains[kind])
        for x in range(n_x):
            if some[number[x]]:
                for i in range(k):
                    result[x, slot_player[begin + i]] += gains[number[x], i]


@compiled
def _patterns(begin, k, slot_start, split, want, left, result):
    result[:] = (1 << k) - 1
    for i in range(k):
        for at in range(slot_start[begin + i], slot_start[begin + i + 1]):
            goes, node, wanted = ~(1 << i), split[at], want[at]
            for row in range(len(result)):
                result[row] &= -1 if left[node, row] == wanted else goes


@compiled
def _pattern_gains(met, k, kinds, taken, counts, value, for_p, for_n, gains):
    """Fills gains (k) for a row that meets these slots; False where no coalition leads to the leaf.

    kinds, counts, taken: patterns of the background rows, how many have each, and how many slots it misses
    """
    full = (1 << k) - 1
    missing = full & ~met
    b = ones(np.uint64(missing))
    gains[:k] = 0.0
    loss, any_one = 0.0, False
    for kind in range(len(kinds)):
        if missing & ~kinds[kind] or taken[kind] + b == 0:
            continue
        any_one = True
        loss += counts[kind] * for_n[taken[kind], b]
        gain, only_x = counts[kind] * value * for_p[taken[kind], b], full & ~kinds[kind]
        for i in range(k):
            if (only_x >> i) & 1:
                gains[i] += gain
    for i in range(k):
        if (missing >> i) & 1:
            gains[i] = loss * value
    return any_one
