"""Shapley values of link(sum of trees) where tables are too wide: random orders walked on the leaves themselves.

In an order of the players a leaf counts from the last of its P until the first of its N, so one pass over the leaves
gives the sums at every step of an order and of its reverse (antithetic). For a sigmoid the same orders are walked with
a sum that has no interactions (each player adds its exact log-odds contribution): its exact values are known from the
multilinear extension (see additive.py), and how far the orders miss them is taken out (a control variate).
"""
import numpy as np

from explainers.shapley.compiled import compiled

# How far the integrals in `simple_values` are carried: off by less than 1e-5, a hundredth of the errors of sampling.
NODES = 6        # over p
TAIL = 10.0      # of the logistic law, where it is cut off
REACH = 4.0      # over frequencies


@compiled
def _linked(margins, link, output, into):
    for step in range(margins.shape[1]):
        if link == 0:
            into[step] = 1 / (1 + np.exp(margins[0, step] if output == 0 else -margins[0, step]))
        elif link == 2:
            into[step] = np.exp(margins[0, step])
        else:
            others = 0.0
            for k in range(len(margins)):
                others += np.exp(min(margins[k, step] - margins[output, step], 700.0))
            into[step] = 1 / others


@compiled
def walk(seed, row_start, leaf, begin, entries, rank, sizes, values, start, link, output, control, known, found):
    """Fills found (n_rounds x n_background x n_players): mean gains along one random order and its reverse in each round.

    values: n_outputs x n_nodes; control: n_background x n_players log-odds contributions and `known` what the exact
    values of their sigmoid are (both unused where known has no rows)
    """
    np.random.seed(seed)
    n_rounds, n_players = len(found), rank.shape[1]
    place = np.zeros((n_players, n_rounds), np.int16)
    found[:] = 0.0
    for z in range(len(sizes)):
        d = sizes[z]
        if d == 0:
            continue
        for turn in range(n_rounds):
            order = np.random.permutation(d)
            for player in range(n_players):
                if rank[z, player] >= 0:
                    place[player, turn] = order[rank[z, player]]
        forward, backward = np.zeros((n_rounds, len(values), d + 2)), np.zeros((n_rounds, len(values), d + 2))
        _steps(row_start[z], row_start[z + 1], leaf, begin, entries, place, d, values, forward, backward)
        for turn in range(n_rounds):
            _gains(forward[turn], backward[turn], place[:, turn], rank[z], d, start, link, output, control[z % len(control)],
                   len(known) > 0, found[turn, z])
            if len(known):
                for player in range(n_players):
                    found[turn, z, player] += known[z, player]


@compiled
def _steps(first, last, leaf, begin, entries, place, d, values, forward, backward):
    """Adds what each leaf brings and takes away at the steps of every order and of its reverse."""
    n_rounds = place.shape[1]
    first_p, last_p = np.empty(n_rounds, np.int16), np.empty(n_rounds, np.int16)
    first_n, last_n = np.empty(n_rounds, np.int16), np.empty(n_rounds, np.int16)
    for pair in range(first, last):
        first_p[:], last_p[:], first_n[:], last_n[:] = d, -1, d, -1
        for at in range(begin[pair], begin[pair + 1]):
            own = place[entries[at] >> 1]
            if entries[at] & 1:
                for turn in range(n_rounds):
                    first_p[turn], last_p[turn] = min(first_p[turn], own[turn]), max(last_p[turn], own[turn])
            else:
                for turn in range(n_rounds):
                    first_n[turn], last_n[turn] = min(first_n[turn], own[turn]), max(last_n[turn], own[turn])
        for k in range(len(values)):
            value = values[k, leaf[pair]]
            if value == 0.0:
                continue
            for turn in range(n_rounds):
                met = value if last_p[turn] < first_n[turn] else 0.0    # a jump would take longer than adding nothing
                forward[turn, k, last_p[turn] + 1] += met
                forward[turn, k, first_n[turn] + 1] -= met
                met = value if first_p[turn] > last_n[turn] else 0.0
                backward[turn, k, d - first_p[turn]] += met
                backward[turn, k, d - last_n[turn]] -= met


@compiled
def _gains(forward, backward, place, rank, d, start, link, output, control, controlled, found):
    """Adds half the gains of both directions, less those of the sum without interactions."""
    at = np.zeros(d, np.int64)
    for player in range(len(rank)):
        if rank[player] >= 0:
            at[place[player]] = player
    outputs, simple = np.zeros(d + 1), np.zeros(d + 1)
    for reverse in range(2):
        margins = np.zeros((len(forward), d + 1))
        for k in range(len(forward)):
            total = start[k]
            for step in range(d + 1):
                total += backward[k, step] if reverse else forward[k, step]
                margins[k, step] = total
        _linked(margins, link, output, outputs)
        if controlled:
            total = margins[0, 0]
            for step in range(d):
                total += control[at[d - 1 - step] if reverse else at[step]]
                margins[0, step + 1] = total
            _linked(margins, link, output, simple)
        for step in range(d):
            player = at[d - 1 - step] if reverse else at[step]
            found[player] += (outputs[step + 1] - outputs[step] - simple[step + 1] + simple[step]) / 2


@compiled
def simple_values(base, control, nodes, weights, output, result):
    """Fills result (n_background x n_players): exact values of sigmoid(base + sum of control) (see additive.py)."""
    for z in range(len(base)):
        result[z] = 0.0
        reach = abs(base[z]) + np.abs(control[z]).sum()
        step = 2 * np.pi / (reach + TAIL)
        moving = np.flatnonzero(control[z])
        m, count = len(moving), int(REACH / step) + 1
        waves, factors, before = np.empty(m, np.complex128), np.empty(m, np.complex128), np.empty(m + 1, np.complex128)
        for n in range(1, count + 1):
            w = n * step
            kernel = step / np.sinh(np.pi * w)
            for i in range(m):
                angle = control[z, moving[i]] * w
                waves[i] = complex(np.cos(angle), np.sin(angle))
            for node in range(len(nodes)):
                p = nodes[node]
                before[0] = complex(np.cos(base[z] * w), np.sin(base[z] * w))
                for i in range(m):
                    factors[i] = 1 - p + p * waves[i]
                    before[i + 1] = before[i] * factors[i]
                after = complex(1.0, 0.0)
                for i in range(m - 1, -1, -1):
                    result[z, moving[i]] += weights[node] * kernel * (before[i] * after * (waves[i] - 1)).imag
                    after = after * factors[i]
        for i in range(m):
            result[z, moving[i]] += control[z, moving[i]] * step / (2 * np.pi)
        # They add up exactly: what the integrals miss is shared out by size.
        missed = 1 / (1 + np.exp(-base[z] - control[z].sum())) - 1 / (1 + np.exp(-base[z])) - result[z].sum()
        result[z] += missed * np.abs(control[z]) / max(np.abs(control[z]).sum(), 1e-300)
        if output == 0:
            result[z] = -result[z]
