"""Which options are offered: the cheapest, then those that leave the fewest other ways better in any respect.

Ways to the target are compared by cost, number of changes and distance to real rows. A way is covered by an option that is
at least as good in all three. After the cheapest option each next one covers the most that is still uncovered, so that
the few that are shown stand for all the others; what a way counts is in `_weights`. None of them holds a change that it
could do without, and none asks for all that another asks for. One pair may make the same moves with values that lie clearly
apart: a little more money in the account may do, while most people like that have much more.
"""
import numpy as np

from explainers.search.needed import all_needed, free_of_known_parts
from explainers.search.options import OPTIONS, choose, demands_of, differ

NEAR, SPREAD = 3000, 3000
COVERED = 1500
TRIED, LOOKED_AT = 12, 100
APART = 0.1


def spread(search, checks, count=OPTIONS):
    """Up to `count` options sorted by cost, in the form of `choose`."""
    chosen = choose(search, checks, 1)
    if not chosen:
        return []
    pool = _pool(search, checks, chosen[0])
    different, apart = pool.worth_telling(chosen[0])
    covered, alike = pool.covers(pool.of(chosen[0])), False
    while len(chosen) < count:
        place = _next(pool, different if alike else different | apart, covered, checks)
        if place is None:
            break
        entry = pool.entry(place)
        alike |= not different[place]
        chosen.append(entry)
        covered |= pool.covers(pool.of(entry))
        new, other = pool.worth_telling(entry)
        different, apart = different & new, (different | apart) & (new | other) & ~(different & new)
    costs = search.space.costs(np.array([entry["candidate"] for entry in chosen]))
    return [chosen[place] for place in np.argsort(costs, kind="stable")]


def _pool(search, checks, first):
    """The cheapest ways, and some spread over the dearer ones."""
    full, _ = search.sorted()
    full = full[free_of_known_parts(full, checks)]
    if len(full) > NEAR + SPREAD:
        full = full[np.concatenate([np.arange(NEAR), np.linspace(NEAR, len(full) - 1, SPREAD).astype(int)])]
    met, distance = checks.cheap(full)
    return Pool(checks, full[met], distance[met])


class Pool:
    """Ways with what they cost, how many changes they ask for and how far they are from real rows."""

    def __init__(self, checks, full, distance):
        self.checks, self.space, self.full = checks, checks.space, full
        self.demands = demands_of(self.space, full)
        distance = np.where(np.isnan(distance), 0.0, distance)
        self.measures = np.column_stack([self.space.costs(full), (full[:, :len(self.space.levers)] > 0).sum(axis=1), distance])
        self.robust, self.needed = {}, {}
        step = max(1, len(full) // COVERED)
        self.sample = self.measures[::step]
        self.weights = _weights(self.sample)

    def worth_telling(self, entry):
        """n_rows each: does neither ask for all that the other asks for? do the two, with the same moves, lie clearly apart?"""
        same = (self.demands == entry["demand"]).all(axis=1)
        apart = np.abs(self.measures[:, 2] - np.nan_to_num(entry["plausibility"])) >= APART / len(self.space.domain.features)
        return differ(self.demands, entry["demand"]), same & apart

    def of(self, entry):
        candidate = entry["candidate"][None]
        return np.array([self.space.costs(candidate)[0], (candidate[:, :len(self.space.levers)] > 0).sum(),
                         np.nan_to_num(entry["plausibility"])])

    def covers(self, measures):
        """For each of the sampled ways: is it no better than one with these measures, in any respect?"""
        return (self.sample >= measures - 1e-9).all(axis=1)

    def entry(self, place):
        return {"candidate": self.full[place], "plausibility": float(self.measures[place, 2]), "demand": self.demands[place],
                "robust": self.robust[place]}

    def front(self, places):
        """Those of `places` that no other of them beats in every respect."""
        order = places[np.lexsort((self.measures[places, 2], self.measures[places, 1], self.measures[places, 0]))]
        best = np.full(int(self.measures[:, 1].max()) + 1, np.inf)
        kept = []
        for place, (_, changes, distance) in zip(order.tolist(), self.measures[order].tolist()):
            if distance < best[int(changes)] - 1e-9:
                kept.append(place)
                best[int(changes):] = np.minimum(best[int(changes):], distance)
        return np.array(kept, dtype=int)

    def look_at(self, places):
        """Ask the model which of the ways stand the noise, and which need all their changes."""
        unknown = np.array([place for place in places if place not in self.robust], dtype=int)
        if len(unknown) == 0:
            return
        self.robust.update(zip(unknown.tolist(), self.checks.steady(self.full[unknown]).tolist()))
        self.needed.update(zip(unknown.tolist(), all_needed(self.full[unknown], self.checks).tolist()))

    def fine(self, place):
        return self.needed[place] and (self.robust[place] or not self.checks.robust)


def _weights(measures):
    """n_rows: every number of changes counts the same in all, and of each the ways near to real rows count most."""
    counts = np.bincount(measures[:, 1].astype(int), minlength=1)
    rank = np.argsort(np.argsort(measures[:, 2], kind="stable"), kind="stable") / max(1, len(measures))
    return (1 - rank) / counts[measures[:, 1].astype(int)]


def _next(pool, open_, covered, checks):
    """Place of the way that covers the most of what is uncovered, stands the noise and needs all its changes, or None."""
    open_, size = open_.copy(), TRIED
    while open_.any():
        left = np.flatnonzero(open_)
        front = pool.front(left)
        gains = np.array([pool.weights[pool.covers(pool.measures[place]) & ~covered].sum() for place in front])
        order = front[np.lexsort((pool.measures[front, 0], -gains))][:TRIED].tolist()
        pool.look_at(order + left[:size - TRIED].tolist())
        for place in order:
            if pool.fine(place):
                return place
        known = np.array([place for place in left if place in pool.robust and not pool.fine(place)], dtype=int)
        open_[known] = False
        size = min(2 * size, LOOKED_AT)
        if checks.late:
            return None
    return None
