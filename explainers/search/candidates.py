"""Candidates in blocks that change the same levers, or all those up to a cost."""
import itertools

import numpy as np


def block_choices(space, size, most_cost=np.inf):
    """(places, the positions to try at each) of every set of levers that has a candidate within the cost."""
    levers = space.levers
    least = [lever.costs[1:].min() for lever in levers]
    for places in itertools.combinations(range(len(levers)), size):
        rest = most_cost - sum(least[place] for place in places)
        if rest < -1e-12:
            continue
        choices = [np.flatnonzero(levers[place].costs[1:] <= rest + least[place] + 1e-12) + 1 for place in places]
        yield places, choices


def product(width, places, choices):
    """Every combination of `choices` at `places`; all other positions are 0."""
    grids = np.meshgrid(*choices, indexing="ij")
    block = np.zeros((grids[0].size, width), dtype=np.int16)
    for place, grid in zip(places, grids):
        block[:, place] = grid.ravel()
    return block


def block_rows(space, size):
    """How many candidates change exactly `size` levers."""
    counts = [len(lever) - 1 for lever in space.levers]
    sums = np.zeros(size + 1)
    sums[0] = 1
    for count in counts:
        for chosen in range(size, 0, -1):
            sums[chosen] += sums[chosen - 1] * count
    return int(sums[size])


def cheapest(space, size, most, below=np.inf):
    """(candidates of exactly `size` changes that cost less than `below`, the cost up to which these are all of them).

    At most about `most` of them, the cheapest. Single changes in order of cost are joined to pairs and triples within the
    bound, each set of changes once.
    """
    bound = _bound(space, size, most, below)
    owner, position, cost = singles_by_cost(space)
    chosen, total = np.arange(len(cost))[:, None], cost
    for _ in range(size - 1):
        chosen, total = joined(chosen, total, owner, cost, bound)
    kept = (total <= bound) & (total < below)
    chosen, total = chosen[kept], total[kept]
    return of_changes(space, owner, position, chosen[np.argsort(total, kind="stable")]), bound


def single_changes(space, places=None):
    """(lever place, position) of every single change at the `places` (None: everywhere), two arrays."""
    places = list(range(len(space.levers)) if places is None else places)
    counts = [len(space.levers[place]) - 1 for place in places]
    owner = np.repeat(np.asarray(places, dtype=int), counts)
    position = np.concatenate([np.arange(1, count + 1) for count in counts] or [np.zeros(0, int)])
    return owner, position


def change_costs(space, owner, position):
    """What each of the single changes costs."""
    cost = np.zeros(len(owner))
    for place, lever in enumerate(space.levers):
        own = owner == place
        cost[own] = lever.costs[position[own]]
    return cost


def singles_by_cost(space):
    """(lever place, position, cost) of every single change, cheapest first: three arrays."""
    owner, position = single_changes(space)
    cost = change_costs(space, owner, position)
    order = np.argsort(cost, kind="stable")
    return owner[order], position[order], cost[order]


def of_changes(space, owner, position, sets):
    """n_sets candidates, each with the single changes at the places that a row of `sets` (n_sets x n) holds."""
    made = np.zeros((len(sets), len(space.levers)), dtype=np.int16)
    for column in sets.T:
        made[np.arange(len(made)), owner[column]] = position[column]
    return made


def joined(chosen, total, owner, cost, bound):
    """Sets of single changes with one more, dearer one of another lever, as far as the cost stays within the bound."""
    last = chosen[:, -1]
    ends = np.searchsorted(cost, bound - total + 1e-12, side="right")
    counts = np.maximum(ends - last - 1, 0)
    rows = np.repeat(np.arange(len(chosen)), counts)
    starts = np.cumsum(counts) - counts
    added = np.arange(counts.sum()) - np.repeat(starts, counts) + np.repeat(last, counts) + 1
    fine = (owner[chosen[rows]] != owner[added][:, None]).all(axis=1)
    rows, added = rows[fine], added[fine]
    return np.column_stack([chosen[rows], added]), total[rows] + cost[added]


def _bound(space, size, most, below):
    """The largest cost with at most `most` candidates up to it, found on a histogram of sums of costs."""
    if block_rows(space, size) <= most:
        return below
    top = min(below, sum(sorted((lever.costs.max() for lever in space.levers), reverse=True)[:size]))
    bins = 400
    width = top / bins
    counts = np.zeros((size + 1, bins + 1))
    counts[0, 0] = 1
    for lever in space.levers:
        own = np.bincount(np.minimum((lever.costs[1:] / width).astype(int), bins), minlength=bins + 1)[:bins + 1].astype(float)
        own[bins] = 0
        for chosen in range(size, 0, -1):
            counts[chosen] += np.convolve(counts[chosen - 1], own)[:bins + 1]
    total = np.cumsum(counts[size][:bins])
    fits = np.flatnonzero(total <= most)
    return float((fits[-1] + 1) * width) if len(fits) else float(width)


def extended(space, pool):
    """Each candidate of the pool with one more lever changed, or one of its changes replaced by another value."""
    found = []
    for candidate in pool:
        for place, lever in enumerate(space.levers):
            block = np.repeat(candidate[None], len(lever) - 1, axis=0)
            block[:, place] = np.arange(1, len(lever))
            found.append(block)
    return np.unique(np.concatenate(found), axis=0) if found else np.zeros((0, len(space.levers)), dtype=np.int16)
