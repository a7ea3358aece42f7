"""Ways to the target with what they cost, how many changes they ask for and how far they are from real cases.

A way is covered by an option that is at least as good in all three. What an option counts is measured on a sample of all the
ways there are, with or without needless changes, as anybody might find them: single changes that do, some of them with random
other changes beside, and what the search has found.
"""
import numpy as np

from explainers.search.needed import all_needed, free_of_known_parts
from explainers.search.options import demands_of, differ

NEAR, SPREAD = 1500, 1000
SAMPLED = {1: 300, 2: 300, 3: 120}
FOUND = 200
SHARES = (0.0, 1.0, 1.0, 0.3, 0.1, 0.05)
APART = 0.1
EPSILON = 1e-9


class Pool:
    """full       n_ways extended candidates that pass the checks which need no model
    measures   n_ways x 3: cost, number of changes, distance
    spare      n_ways: does it hold changes that the outcome does not need? Such ways come from real cases
    sample     measures of the ways by which options are weighed, with their `weights`
    covering   n_ways x n_sample of 0 and 1: is the way at least as good in every respect?
    """

    def __init__(self, search, checks, towards):
        self.checks, self.space, self.levers = checks, checks.space, len(checks.space.levers)
        found, _ = search.sorted()
        free = free_of_known_parts(np.concatenate([found, towards]), checks)
        lent = towards[free[len(found):]]
        needed = found[free[:len(found)]]
        alone = (needed[:, :self.levers] > 0).sum(axis=1) == 1
        needed = np.concatenate([needed[alone], _thinned(needed[~alone])])
        spare = towards[~free[len(found):]]
        full = np.concatenate([needed, lent, spare])
        met, distance = checks.cheap(full)
        self.full = full[met]
        self.spare = np.arange(len(full))[met] >= len(needed) + len(lent)
        self.demands, self.amounts = demands_of(self.space, self.full), self._amounts(self.full)
        self.measures = self._measured(self.full, distance[met])
        self.robust, self.needed = {}, {}
        other = self._measured(*self._others(search, found))
        self.sample = np.concatenate([other, self.measures[::max(1, len(self.measures) // FOUND)]])
        self.weights = weights(self.sample)
        self.covering = np.logical_and.reduce([self.sample[:, side] >= self.measures[:, side, None] - EPSILON
                                               for side in range(3)]).astype(np.float32)

    def _measured(self, full, distance):
        return np.column_stack([self.space.costs(full), (full[:, :self.levers] > 0).sum(axis=1), np.nan_to_num(distance)])

    def _others(self, search, found):
        """(extended candidates, their distances): single changes that do, alone and with one or two others beside, and sets that do."""
        random = np.random.default_rng(0)
        owner, position, short = search.singles
        reached = np.flatnonzero(short <= 0)
        parts = []
        if len(reached):
            parts.append(self._made(owner, position, [reached[:: max(1, len(reached) // SAMPLED[1])]]))
            starts = np.searchsorted(owner, np.unique(owner))
            counts = np.diff(np.append(starts, len(owner)))
            for size in (2, 3):
                beside = [starts[at] + (random.random(SAMPLED[size]) * counts[at]).astype(int)
                          for at in (random.integers(len(starts), size=SAMPLED[size]) for _ in range(size - 1))]
                parts.append(self._made(owner, position, [*beside, _evenly(owner[reached], reached, random, SAMPLED[size])]))
        changes = (found[:, :self.levers] > 0).sum(axis=1)
        for size in (2, 3):
            places = np.flatnonzero(changes == size)
            parts.append(found[random.permutation(places)[:SAMPLED[size]]][:, :self.levers])
        full, fine = self.space.extended(np.concatenate(parts))
        return full[fine], self.checks.distances(full[fine])

    def _made(self, owner, position, columns):
        made = np.zeros((len(columns[0]), self.levers), dtype=np.int16)
        for which in columns:
            made[np.arange(len(made)), owner[which]] = position[which]
        return made

    def worth_telling(self, entry):
        """n_ways each: does neither ask for all that the other asks for? do the two, with the same moves, lie clearly apart?

        With fewer of the other's moves a way asks for something else as long as it goes further in one of them.
        """
        same = (self.demands == entry["demand"]).all(axis=1)
        own = self._amounts(entry["candidate"][None])[0]
        more, less = self.amounts > own + EPSILON, self.amounts < own - EPSILON
        fewer = ~(self.demands & ~entry["demand"]).any(axis=1) & (more & (self.amounts > 0)).any(axis=1)
        further = ~(entry["demand"] & ~self.demands).any(axis=1) & (less & (own > 0)).any(axis=1)
        apart = np.abs(self.measures[:, 2] - np.nan_to_num(entry["plausibility"])) >= APART / len(self.space.domain.features)
        return differ(self.demands, entry["demand"]) | (~same & (fewer | further)), same & apart

    def _amounts(self, full):
        """n_ways x n_levers: how far each lever is moved, as its cost."""
        return np.column_stack([lever.costs[full[:, place]] for place, lever in enumerate(self.space.levers)])

    def of(self, entry):
        return self._measured(entry["candidate"][None], [entry["plausibility"]])[0]

    def covers(self, measures):
        """For each of the sampled ways: is it no better than one with these measures, in any respect?"""
        return (self.sample >= measures - EPSILON).all(axis=1)

    def gains(self, places, covered):
        """What each of the ways covers beyond what is `covered`."""
        return np.round((self.covering @ (self.weights * ~covered).astype(np.float32))[places].astype(float), 6)

    def entry(self, place):
        return {"candidate": self.full[place], "plausibility": float(self.measures[place, 2]), "demand": self.demands[place],
                "robust": self.robust[place]}

    def look_at(self, places):
        """Ask the model which of the ways stand the noise, and which need all their changes."""
        unknown = np.array([place for place in places if place not in self.robust], dtype=int)
        if len(unknown) == 0:
            return
        self.robust.update(zip(unknown.tolist(), self.checks.steady(self.full[unknown]).tolist()))
        self.needed.update(zip(unknown.tolist(), (all_needed(self.full[unknown], self.checks) & ~self.spare[unknown]).tolist()))

    def steady(self, place):
        return self.robust[place] or not self.checks.robust


def _thinned(full):
    """The cheapest, and some spread over the dearer ones."""
    if len(full) <= NEAR + SPREAD:
        return full
    return full[np.concatenate([np.arange(NEAR), np.linspace(NEAR, len(full) - 1, SPREAD).astype(int)])]


def _evenly(levers, places, random, count):
    """`count` of the places, each lever as often as any other."""
    different, inverse, sizes = np.unique(levers, return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    starts = np.cumsum(sizes) - sizes
    which = random.integers(len(different), size=count)
    return places[order[starts[which] + (random.random(count) * sizes[which]).astype(int)]]


def weights(measures):
    """n_rows: each number of changes counts its share in all, of which every way has an equal part."""
    changes = np.minimum(measures[:, 1].astype(int), len(SHARES) - 1)
    counts = np.bincount(changes, minlength=len(SHARES))
    return np.array(SHARES)[changes] / np.maximum(counts[changes], 1)
