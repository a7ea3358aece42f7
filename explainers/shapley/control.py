"""What a probability's log-odds would give if they were a sum of one term a feature, to take noise out of sampled orders.

For each background row the mean log-odds gains along some of the orders make such a sum. The Shapley values of its sigmoid are
known (see additive.py), and how far the other orders miss them is taken off (a control variate). Each half of the orders is
corrected by the sum that the other half gives, so nothing is biased by using them twice.
"""
import numpy as np

from explainers.shapley.compiled import compiled

CLIP = 1e-4


def log_odds_of(shares):
    """Kept finite: shares are taken no nearer to 0 and 1 than CLIP; of outputs that are no shares it is not used."""
    shares = np.clip(shares, CLIP, 1 - CLIP)
    return np.log(shares / (1 - shares))


def less_noisy(found, rounds, ends, differs):
    """n_rounds x n_background x n_players: the gains of each round (`found`) less what a sum in its orders misses."""
    base, half = log_odds_of(ends[0]), len(rounds) // 2
    result = found.copy()
    for mine, others in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half))):
        terms = np.mean([each.log_odds for each in rounds[others]], axis=0)
        ranks = lambda part: np.stack([each.rank for each in rounds[part]])
        known = _known(base, terms)
        missed = _along(base, terms, ranks(others), differs) - known
        apart = found[others] - found[others].mean(axis=0)
        weight = float((apart * missed).sum() / max((missed * missed).sum(), 1e-300))
        result[mine] -= np.clip(weight, 0, 1.5) * (_along(base, terms, ranks(mine), differs) - known)
    return result


def _known(base, terms):
    """n_background x n_players: exact Shapley values of the sigmoid of the sums."""
    from explainers.shapley import walks
    nodes, weights = np.polynomial.legendre.leggauss(walks.NODES)
    result = np.zeros_like(terms)
    walks.simple_values(base, terms, (nodes + 1) / 2, weights / 2, 1, result)
    return result


def _along(base, terms, rank, differs):
    """n_rounds x n_background x n_players: mean gains of the sigmoid of the sums along each order and its reverse."""
    found = np.zeros(rank.shape)
    _gains(base, terms, rank, differs.sum(axis=1), found)
    return found


@compiled
def _gains(base, terms, rank, sizes, found):
    at, share = np.zeros(rank.shape[2], np.int64), np.zeros(rank.shape[2] + 1)
    for turn in range(rank.shape[0]):
        for z in range(rank.shape[1]):
            d = sizes[z]
            for player in range(rank.shape[2]):
                at[rank[turn, z, player]] = player
            for way in range(2):
                total = base[z]
                share[0] = 1 / (1 + np.exp(-total))
                for step in range(d):
                    player = at[d - 1 - step] if way else at[step]
                    total += terms[z, player]
                    share[step + 1] = 1 / (1 + np.exp(-total))
                    found[turn, z, player] += (share[step + 1] - share[step]) / 2
