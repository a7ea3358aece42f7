"""Exact values from the leaves that each background row leads to, in machine code (see together.py for how they are found)."""
import numpy as np

from explainers.shapley.compiled import compiled


@compiled
def sums(row_start, leaf, begin, entries, value, for_p, for_n, result):
    """Adds the Shapley values of the sum of leaf values to `result`: n_background x n_players, or one row for all."""
    for z in range(len(row_start) - 1):
        mine = result[z % len(result)]
        for pair in range(row_start[z], row_start[z + 1]):
            a, size = 0, begin[pair + 1] - begin[pair]
            for at in range(begin[pair], begin[pair + 1]):
                a += entries[at] & 1
            gain, loss = value[leaf[pair]] * for_p[a, size - a], value[leaf[pair]] * for_n[a, size - a]
            for at in range(begin[pair], begin[pair + 1]):
                mine[entries[at] >> 1] += gain if entries[at] & 1 else loss


@compiled
def ranks(row_start, begin, entries, n_players):
    """n_background x n_players: number of the player among those that matter for the background row, -1 for the others;
    and how many matter."""
    rank, sizes = np.full((len(row_start) - 1, n_players), -1, np.int32), np.zeros(len(row_start) - 1, np.int64)
    for z in range(len(rank)):
        for at in range(begin[row_start[z]], begin[row_start[z + 1]]):
            if rank[z, entries[at] >> 1] < 0:
                rank[z, entries[at] >> 1] = sizes[z]
                sizes[z] += 1
    return rank, sizes


@compiled
def margin_table(pairs, leaf, begin, entries, rank, value, start, d):
    """2^d sums of leaf values, one a coalition of the players that matter for one background row.

    A leaf adds its value at every S that holds P and avoids N: value * sum over T in N of (-1)^|T| at P + T, summed
    over subsets (a Moebius transform and its inverse).
    """
    table = np.zeros(1 << d)
    table[0] = start
    for pair in range(pairs[0], pairs[1]):
        held, avoided, sign = 0, 0, 1.0
        for at in range(begin[pair], begin[pair + 1]):
            bit = 1 << rank[entries[at] >> 1]
            if entries[at] & 1:
                held |= bit
            else:
                avoided |= bit
                sign = -sign
        some = avoided
        amount = value[leaf[pair]]
        while True:
            bits, odd = some, 1.0
            while bits:
                bits &= bits - 1
                odd = -odd
            table[held | some] += odd * amount
            if some == 0:
                break
            some = (some - 1) & avoided
    for bit in range(d):
        step = 1 << bit
        for first in range(0, 1 << d, 2 * step):
            for at in range(first, first + step):
                table[at + step] += table[at]
    return table


@compiled
def fast_exp(table):
    """exp in place, kept between e^-40 and e^40: a Taylor polynomial of x / 256, squared eight times (error < 1e-13)."""
    for at in range(len(table)):
        x = min(max(table[at], -40.0), 40.0) / 256.0
        y = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7))))))
        y = y * y
        y = y * y
        y = y * y
        y = y * y
        y = y * y
        y = y * y
        y = y * y
        table[at] = y * y


@compiled
def fold(table, joined, without, d, result):
    """Adds the Shapley values of 2^d coalition values to `result` (d); `table` is used up."""
    total = 0.0
    sizes = np.zeros(1 << d, np.int8)
    for bit in range(d):
        for at in range(1 << bit):
            sizes[at + (1 << bit)] = sizes[at] + 1
    for at in range(len(table)):
        total += without[sizes[at]] * table[at]
        table[at] *= joined[sizes[at]]
    for bit in range(d - 1, -1, -1):
        half, upper = 1 << bit, 0.0
        for at in range(half):
            upper += table[at + half]
            table[at] += table[at + half]
        result[bit] += upper - total


@compiled
def table_values(row_start, leaf, begin, entries, rank, sizes, values, start, link, output, joined, without, result):
    """Adds to `result` (n_players) the Shapley values of link(sums)[output] for each background row.

    values: n_outputs x n_nodes; link: 0 sigmoid, 1 softmax, 2 exp; joined, without: (largest d + 1) x (largest d + 1)
    weights, by d and size of the coalition.
    """
    for z in range(len(sizes)):
        d = sizes[z]
        if d == 0:
            continue
        table = margin_table(row_start[z:z + 2], leaf, begin, entries, rank[z], values[output if link == 1 else 0],
                             start[output if link == 1 else 0], d)
        if link == 0:
            fast_exp(table)
            for at in range(len(table)):
                table[at] = 1 / (1 + table[at]) if output == 0 else table[at] / (1 + table[at])
        elif link == 2:
            for at in range(len(table)):
                table[at] = np.exp(table[at])
        else:
            others = np.ones(1 << d)
            for k in range(len(values)):
                if k != output:
                    other = margin_table(row_start[z:z + 2], leaf, begin, entries, rank[z], values[k], start[k], d)
                    for at in range(len(other)):
                        others[at] += np.exp(min(max(other[at] - table[at], -700.0), 700.0))
            for at in range(len(table)):
                table[at] = 1 / others[at]
        found = np.zeros(d)
        fold(table, joined[d], without[d], d, found)
        for player in range(len(result)):
            if rank[z, player] >= 0:
                result[player] += found[rank[z, player]]
