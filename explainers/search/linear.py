"""Sets of changes that reach the target of a linear model below a cost: all of them, without trying the others.

Each single change adds its gain to the margin, so a set reaches the target where its gains add up to what is missing. Single
changes are joined in order of cost, and only as far as the most that the rest of the money could still buy would be enough.
"""
import numpy as np

from explainers.search.candidates import joined, of_changes, singles_by_cost

LARGEST = 2_000_000
CLOSE = 1e-9


def reaching(space, gains, missing, size, below, largest=LARGEST):
    """Candidates of exactly `size` changes that cost less than `below` and gain what is `missing`; None where they are too many.

    gains    for each lever what each of its positions adds to the margin
    """
    owner, position, cost = singles_by_cost(space)
    gain = np.array([gains[lever][at] for lever, at in zip(owner.tolist(), position.tolist())])
    best = np.append(0.0, np.maximum.accumulate(np.maximum(gain, 0.0))) if len(gain) else np.zeros(1)
    most = lambda money: best[np.searchsorted(cost, money, side="right")]
    chosen, total, gained = np.arange(len(cost))[:, None], cost, gain
    for left in range(size - 1, 0, -1):
        dearest = below - total - (left - 1) * cost[chosen[:, -1]]          # each further one costs at least as much as the last
        fine = (total < below) & (gained + left * most(dearest) >= missing - CLOSE)
        chosen, total, gained = chosen[fine], total[fine], gained[fine]
        ends = np.searchsorted(cost, below - total, side="right")
        if np.maximum(ends - chosen[:, -1] - 1, 0).sum() > largest:
            return None
        chosen, total = joined(chosen, total, owner, cost, below)
        gained = gain[chosen].sum(axis=1)
    fine = (total < below) & (gained >= missing - CLOSE)
    return of_changes(space, owner, position, chosen[fine][np.argsort(total[fine], kind="stable")])
