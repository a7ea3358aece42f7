"""Which options are offered: the cheapest, then those that leave the fewest other ways better in any respect.

Ways to the target are compared by cost, number of changes and distance to real rows. A way is covered by an option that is
at least as good in all three. After the cheapest option each next one covers the most that is still uncovered, so that
the few that are shown stand for all the others. None of them holds a change that it could do without, and none asks for all
that another asks for.
"""
import numpy as np

from explainers.search.needed import all_needed, free_of_known_parts
from explainers.search.options import OPTIONS, choose, demands_of, differ

NEAR, SPREAD = 3000, 3000
COVERED = 1500
TRIED = 16


def spread(search, checks, count=OPTIONS):
    """Up to `count` options sorted by cost, in the form of `choose`."""
    chosen = choose(search, checks, 1)
    if not chosen:
        return []
    pool = _pool(search, checks, chosen[0])
    open_ = pool.everything()
    covered = pool.covers(pool.of(chosen[0]))
    while len(chosen) < count and open_.any():
        place = _next(pool, open_, covered, checks)
        if place is None:
            break
        entry = pool.entry(place)
        chosen.append(entry)
        covered |= pool.covers(pool.of(entry))
        open_ &= pool.worth_telling(entry)
    costs = search.space.costs(np.array([entry["candidate"] for entry in chosen]))
    return [chosen[place] for place in np.argsort(costs, kind="stable")]


def _pool(search, checks, first):
    """The cheapest ways, and some spread over the dearer ones, that differ from the first option."""
    full, _ = search.sorted()
    full = full[free_of_known_parts(full, checks)]
    kept = np.arange(len(full))
    if len(full) > NEAR + SPREAD:
        kept = np.concatenate([kept[:NEAR], np.linspace(NEAR, len(full) - 1, SPREAD).astype(int)])
    full = full[kept]
    met, distance = checks.cheap(full)
    return Pool(search.space, full[met], distance[met], first)


class Pool:
    """Ways with what they cost, how many changes they ask for and how far they are from real rows."""

    def __init__(self, space, full, distance, first):
        self.space, self.full = space, full
        self.demands = demands_of(space, full)
        distance = np.where(np.isnan(distance), 0.0, distance)
        self.measures = np.column_stack([space.costs(full), (full[:, :len(space.levers)] > 0).sum(axis=1), distance])
        self.first = self.worth_telling(first)
        self.robust, self.needed = {}, {}
        step = max(1, len(full) // COVERED)
        self.sample = self.measures[::step]

    def everything(self):
        return self.first.copy()

    def worth_telling(self, entry):
        """n_rows: does neither the way nor this option ask for all that the other asks for?"""
        return differ(self.demands, entry["demand"])

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


def _next(pool, open_, covered, checks):
    """Place of the way that covers the most of what is uncovered, needs all its changes and stands the noise; or None."""
    open_ = open_.copy()
    while open_.any():
        front = pool.front(np.flatnonzero(open_))
        gains = np.array([(pool.covers(pool.measures[place]) & ~covered).sum() for place in front])
        order = front[np.lexsort((pool.measures[front, 0], -gains))][:TRIED]
        unknown = [place for place in order.tolist() if place not in pool.robust]
        if unknown:
            pool.robust.update(zip(unknown, checks.steady(pool.full[unknown]).tolist()))
            pool.needed.update(zip(unknown, all_needed(pool.full[unknown], checks).tolist()))
        for place in order.tolist():
            if pool.needed[place] and (pool.robust[place] or not checks.robust):
                return place
        open_[order] = False
        if checks.late:
            return None
    return None
