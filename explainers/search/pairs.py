"""All pairs of single changes at once, for scorers whose margin is a sum over leaves.

A pair's margin is the present one, plus what each change does alone, plus what leaves add that both changes touch:
with t = -1, 0 or +1 where a value shuts, leaves or opens a leaf and s the number of other players that shut it, a leaf
that nobody shuts adds value x t x t; one that is shut by players of the pair only counts where their values open it.
Few leaves are touched by many values, so this is a product of two sparse matrices.
"""
import numpy as np

from explainers.search.candidates import change_costs

PAIRED, KEPT = 1500, 10_000


def pair_terms(turns, own, shut, value):
    """n_values x n_values: what leaves add for two changes together beyond what each adds alone.

    turns   n_values x n_leaves of -1, 0, +1
    own     n_values x n_leaves booleans: does the present value of the change's own lever shut the leaf?
    shut    n_leaves: how many players shut it now; value: n_leaves
    """
    from scipy.sparse import csr_array
    both = turns * ((shut == 0) | ((shut == 2) & own))
    opens, meets = turns * ((shut == 1) & own), turns * ((shut == 1) & ~own)
    crossed = (csr_array(opens) @ csr_array(meets * value).T).toarray()
    return (csr_array(both) @ csr_array(both * value).T).toarray() + crossed + crossed.T


def paired(search):
    """Places of the levers whose pairs can be gone through at once: no relation speaks of them; [] where they are too many."""
    space = search.space
    places = [place for place in range(len(space.levers)) if place not in space.sources]
    return places if sum(len(space.levers[place]) - 1 for place in places) <= PAIRED and len(places) > 1 else []


def reaching_pairs(search, places):
    """Every pair of changes of the levers at `places`; of those that reach the target the KEPT cheapest, and some others.
    Returns the cost up to which all were kept."""
    space = search.space
    owner, position, margins = search.scorer.pairs(places)
    first, second = np.nonzero(owner[:, None] < owner[None, :])
    short = search.target.shortfall(search.scorer.reader.linked(margins[first, second]))
    cost = change_costs(space, owner, position)
    costs = cost[first] + cost[second]
    search.scored += len(short)
    reached = np.flatnonzero(short <= 0)
    covered = np.inf
    if len(reached) > 2 * KEPT:
        reached = reached[np.argsort(costs[reached], kind="stable")]
        covered = costs[reached[KEPT]]
        reached = np.append(reached[:KEPT], reached[KEPT::max(1, len(reached) // KEPT)])
    nearest = np.argsort(short, kind="stable")[:1]
    candidates = np.zeros((len(reached) + len(nearest), len(space.axes)), dtype=np.int16)
    for side in (first, second):
        chosen = side[np.append(reached, nearest)]
        candidates[np.arange(len(candidates)), owner[chosen]] = position[chosen]
    search.near += [(float(short[place]), candidates[len(reached)]) for place in nearest]
    if len(reached):
        search.parts.append((candidates[:len(reached)], costs[reached]))
    return covered
