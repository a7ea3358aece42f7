"""What a probability's log-odds would give if they were a sum of one term a feature, to take noise out of sampled orders.

For each background row the mean log-odds gains along some of the orders make such a sum. The Shapley values of its sigmoid are
known (see additive.py), and how far the other orders miss them is taken off (a control variate). Each half of the orders is
corrected by the sum that the other half gives, so nothing is biased by using them twice.
"""
import numpy as np

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
    from explainers.shapley.curve_kernels import gains_of, term_walk
    sizes, place = differs.sum(axis=1), np.ascontiguousarray(rank.transpose(1, 0, 2))
    matters = np.where(differs, 0, -1)
    sums = np.empty((*place.shape[:2], 2, int(sizes.max(initial=0)) + 1, 1))
    term_walk(base[:, None], terms[:, :, None], matters, sizes, place, sums)
    found = np.zeros(rank.shape)
    gains_of(1 / (1 + np.exp(-sums[..., 0])), place, matters, sizes, found)
    return found
