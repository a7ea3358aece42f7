"""Which options are offered: the cheapest, then those that leave the fewest other ways better in any respect.

Ways to the target are compared by cost, number of changes and distance to real rows. A way is covered by an option that is
at least as good in all three. After the cheapest option each next one covers the most that is still uncovered, so that
the few that are shown stand for all the others; what a way counts is in `_weights`. None asks for all that another asks
for, unless the two lie clearly apart in their distance to real rows. One option of a set may hold changes that the outcome
does not need, where each brings it clearly nearer to real rows; it says so in `not_needed`.
"""
import numpy as np

from explainers.search.needed import reaching_parts_of
from explainers.search.options import OPTIONS, choose, demands_of, differ

NEAR, SPREAD = 3000, 3000
COVERED = 1500
TRIED, LOOKED_AT = 12, 100
APART = 0.1
NEARER = 0.25


def spread(search, checks, count=OPTIONS):
    """Up to `count` options sorted by cost, in the form of `choose`; `not_needed` are places of levers."""
    chosen = choose(search, checks, 1)
    if not chosen:
        return []
    pool = _pool(search, checks, chosen[0])
    open_ = pool.worth_telling(chosen[0])
    covered = pool.covers(pool.of(chosen[0]))
    while len(chosen) < count and open_.any():
        place = _next(pool, open_, covered, checks, not any(entry["not_needed"] for entry in chosen))
        if place is None:
            break
        entry = pool.entry(place)
        chosen.append(entry)
        covered |= pool.covers(pool.of(entry))
        open_ &= pool.worth_telling(entry)
    costs = search.space.costs(np.array([entry["candidate"] for entry in chosen]))
    return [chosen[place] for place in np.argsort(costs, kind="stable")]


def _pool(search, checks, first):
    """The cheapest ways, and some spread over the dearer ones."""
    full, _ = search.sorted()
    if len(full) > NEAR + SPREAD:
        full = full[np.concatenate([np.arange(NEAR), np.linspace(NEAR, len(full) - 1, SPREAD).astype(int)])]
    met, distance = checks.cheap(full)
    return Pool(checks, full[met], distance[met])


class Pool:
    """Ways with what they cost, how many changes they ask for and how far they are from real rows."""

    def __init__(self, checks, full, distance):
        self.checks, self.space, self.full = checks, checks.space, full
        self.share = 1 / len(self.space.domain.features)
        self.demands = demands_of(self.space, full)
        distance = np.where(np.isnan(distance), 0.0, distance)
        self.measures = np.column_stack([self.space.costs(full), (full[:, :len(self.space.levers)] > 0).sum(axis=1), distance])
        self.robust, self.needless = {}, {}
        step = max(1, len(full) // COVERED)
        self.sample = self.measures[::step]
        self.weights = _weights(self.sample)

    def worth_telling(self, entry):
        """n_rows: does neither ask for all that the other asks for, or do the two lie clearly apart?"""
        apart = np.abs(self.measures[:, 2] - np.nan_to_num(entry["plausibility"])) >= APART * self.share
        return differ(self.demands, entry["demand"]) | apart

    def of(self, entry):
        candidate = entry["candidate"][None]
        return np.array([self.space.costs(candidate)[0], (candidate[:, :len(self.space.levers)] > 0).sum(),
                         np.nan_to_num(entry["plausibility"])])

    def covers(self, measures):
        """For each of the sampled ways: is it no better than one with these measures, in any respect?"""
        return (self.sample >= measures - 1e-9).all(axis=1)

    def entry(self, place):
        return {"candidate": self.full[place], "plausibility": float(self.measures[place, 2]), "demand": self.demands[place],
                "robust": self.robust[place], "not_needed": self.needless[place]}

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
        """Ask the model which of the ways stand the noise, and which changes of each are not needed."""
        unknown = np.array([place for place in places if place not in self.robust], dtype=int)
        if len(unknown) == 0:
            return
        self.robust.update(zip(unknown.tolist(), self.checks.steady(self.full[unknown]).tolist()))
        owner, parts = reaching_parts_of(self.full[unknown], self.checks)
        costs, distance = self.space.costs(parts), np.zeros(len(parts))
        if len(parts):
            distance = np.nan_to_num(self.checks.distances(parts))
        for row, place in enumerate(unknown.tolist()):
            own = np.flatnonzero(owner == row)
            self.needless[place] = () if len(own) == 0 else self._needless(place, parts[own], costs[own], distance[own])

    def _needless(self, place, parts, costs, distance):
        """Places of the levers beyond the cheapest part that reaches the target; None where they do not bring it clearly
        nearer to real rows than every such part."""
        levers = len(self.space.levers)
        changed = self.full[place, :levers] > 0
        extra = changed.sum() - (parts[:, :levers] > 0).sum(axis=1)
        if (distance - self.measures[place, 2] < NEARER * self.share * extra).any():
            return None
        return tuple(np.flatnonzero(changed & (parts[np.argmin(costs), :levers] == 0)).tolist())

    def fine(self, place, typical):
        needless = self.needless[place]
        return needless is not None and (typical or not needless) and (self.robust[place] or not self.checks.robust)


def _weights(measures):
    """n_rows: every number of changes counts the same in all, and of each the ways near to real rows count most."""
    counts = np.bincount(measures[:, 1].astype(int), minlength=1)
    rank = np.argsort(np.argsort(measures[:, 2], kind="stable"), kind="stable") / max(1, len(measures))
    return (1 - rank) / counts[measures[:, 1].astype(int)]


def _next(pool, open_, covered, checks, typical):
    """Place of the way that covers the most of what is uncovered, stands the noise and needs all its changes, or None;
    typical: may it be one with changes that are not needed?"""
    open_, size = open_.copy(), TRIED
    while open_.any():
        left = np.flatnonzero(open_)
        front = pool.front(left)
        gains = np.array([pool.weights[pool.covers(pool.measures[place]) & ~covered].sum() for place in front])
        order = front[np.lexsort((pool.measures[front, 0], -gains))][:TRIED].tolist()
        pool.look_at(order + left[:size - TRIED].tolist())
        for place in order:
            if pool.fine(place, typical):
                return place
        known = np.array([place for place in left if place in pool.robust and not pool.fine(place, typical)], dtype=int)
        open_[known] = False
        size = min(2 * size, LOOKED_AT)
        if checks.late:
            return None
    return None
