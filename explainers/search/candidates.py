"""Candidates in blocks that change the same levers, or all those up to a cost."""
import itertools

import numpy as np


def blocks(space, size, most_cost=np.inf):
    """Candidates that change exactly `size` levers and cost at most `most_cost`: one block for each set of levers."""
    for places, choices in block_choices(space, size, most_cost):
        yield product(len(space.levers), places, choices)


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


def cheapest(space, size, most, above=-np.inf, below=np.inf):
    """(candidates of exactly `size` changes with above < cost < below, the cost up to which these are all of them).

    At most about `most` of them, the cheapest.
    """
    bound = _bound(space, size, most, below)
    found = [block for block in blocks(space, size, bound) if len(block)]
    if not found:
        return np.zeros((0, len(space.levers)), dtype=np.int16), bound
    candidates = np.concatenate(found)
    costs = space.costs(candidates)
    kept = (costs > above) & (costs <= bound) & (costs < below)
    candidates, costs = candidates[kept], costs[kept]
    return candidates[np.argsort(costs, kind="stable")], bound


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
