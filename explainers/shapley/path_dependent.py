"""Path-dependent Shapley values of sums of trees (Lundberg et al. 2020): no background rows; where a split's player is not
in the coalition, both branches count, each with the share of the training rows that took it.

For one leaf v(S) is its value times, for each player on the way, 1 or 0 (in S: does the row meet all of that player's
splits?) or the product of those shares (not in S). The Shapley value of such a product is the integral over p of a
polynomial (multilinear extension, Owen 1972), which Gauss-Legendre nodes give exactly. A player's columns count together.
"""
import numpy as np

from explainers.shapley.compiled import compiled
from explainers.shapley.tree_engine import in_parallel

PARTS = 4


def path_values(engine, codes, output):
    """(n_rows x n_players Shapley values, base value v of the empty coalition) of the sum of trees of a TreeEngine.

    codes: rows as the last step takes them; output: column of the leaf values
    """
    forest = engine.forest
    directions = engine.directions(codes)
    slot_start, leaf_start = np.r_[forest.slot_start, len(forest.split)], np.r_[forest.leaf_start, len(forest.slot_start)]
    share = np.multiply.reduceat(forest.passing, forest.slot_start)
    value = np.ascontiguousarray(forest.leaf_value[:, output])
    nodes, weights = np.polynomial.legendre.leggauss((int(np.diff(leaf_start).max()) + 1) // 2)
    shared = (leaf_start, slot_start, forest.slot_player, forest.split, forest.wants_left, share, value, (nodes + 1) / 2, weights / 2)
    result = np.zeros((len(directions), engine.n_players))
    edges = np.linspace(0, len(directions), min(PARTS, len(directions)) + 1).astype(int)
    in_parallel(lambda i: leaf_products(*shared, directions[edges[i]:edges[i + 1]], result[edges[i]:edges[i + 1]]), len(edges) - 1)
    base = float(forest.start[output] + value @ np.multiply.reduceat(share, forest.leaf_start))
    return result, base


@compiled
def leaf_products(leaf_start, slot_start, slot_player, split, wants, share, value, nodes, weights, left, result):
    """Adds each leaf's Shapley values to `result` (n_rows x n_players); left: n_rows x n_nodes booleans."""
    before, gap = np.empty(result.shape[1] + 1), np.empty(result.shape[1])
    for row in range(len(left)):
        for leaf in range(len(value)):
            first, k = leaf_start[leaf], leaf_start[leaf + 1] - leaf_start[leaf]
            for i in range(k):
                met = 1.0
                for at in range(slot_start[first + i], slot_start[first + i + 1]):
                    if left[row, split[at]] != wants[at]:
                        met = 0.0
                gap[i] = met - share[first + i]
            for node in range(len(nodes)):
                p = nodes[node]
                before[0] = value[leaf] * weights[node]
                for i in range(k):
                    before[i + 1] = before[i] * (share[first + i] + p * gap[i])
                after = 1.0
                for i in range(k - 1, -1, -1):
                    result[row, slot_player[first + i]] += before[i] * after * gap[i]
                    after *= share[first + i] + p * gap[i]
