"""From candidates that reach the target to the few options that are offered."""
import numpy as np

from explainers.conditions import mask
from explainers.search.noise import stays

OPTIONS = 4
PART = 3000
FIRST = 10
CHECKED = 1500


class Checks:
    """What an option has to meet besides the target: limits, unlike, plausibility, noise.

    limit    largest distance to a real row of the wanted outcome; None: any
    robust   must the outcome stay under noise?
    """

    def __init__(self, space, target, constraints, distances, limit, robust):
        self.space, self.target, self.constraints = space, target, constraints
        self.distances, self.limit, self.robust = distances, limit, robust
        self.unlike = [_touched(option, space) for option in constraints.unlike]

    def cheap(self, full):
        """(n_rows booleans, n_rows distances): what can be told without the model."""
        met = np.ones(len(full), dtype=bool)
        for touched in self.unlike:
            met &= ~(full[:, touched] > 0).all(axis=1)
        if self.constraints.limits and met.any():
            frame = self.space.frame(self.space.columns(full[met]))
            held = np.ones(len(frame), dtype=bool)
            for limit in self.constraints.limits:
                held &= mask(limit, self.space.domain, frame)
            met[met] = held
        distance = np.full(len(full), np.nan)
        if met.any():
            distance[met] = self.distances(full[met])
        if self.limit is not None:
            met &= ~(distance > self.limit + 1e-9)
        return met, distance

    def robust_rows(self, full):
        return stays(self.space, self.target, self.space.columns(full))


def _touched(option, space):
    """Places of the levers that an option shown before changes."""
    features = {change["feature"] for change in option}
    return [place for place, lever in enumerate(space.levers) if {lever.name, *lever.columns} & features]


def choose(search, checks, count=OPTIONS):
    """Up to `count` options, cheapest first: each passes the checks, and none asks for all that another asks for.

    Returns [{"candidate" (extended), "plausibility", "robust"}].
    """
    full, _ = search.sorted()
    chosen = []
    for begin in range(0, len(full), PART):
        part = full[begin:begin + PART]
        met, distance = checks.cheap(part)
        _pick(search.space, part[met], distance[met], checks, chosen, count)
        if len(chosen) == count or begin > 20 * PART:
            break
    return chosen


def _pick(space, full, distance, checks, chosen, count):
    """Take from the candidates in their order; noise is tried for some of them at a time, for all in one model call."""
    demands = demands_of(space, full)
    taken = [entry["demand"] for entry in chosen]
    fresh = lambda demand: not any(old <= demand or demand <= old for old in taken)
    place, size, tried = 0, FIRST, 0
    while place < len(full) and len(chosen) < count and tried < CHECKED:
        batch = []
        while place < len(full) and len(batch) < size:
            if fresh(demands[place]):
                batch.append(place)
            place += 1
        if not batch:
            return
        steady = checks.robust_rows(full[batch])
        tried, size = tried + len(batch), size * 2
        for row, fine in zip(batch, steady):
            if len(chosen) < count and (fine or not checks.robust) and fresh(demands[row]):
                taken.append(demands[row])
                chosen.append({"candidate": full[row], "plausibility": distance[row], "robust": bool(fine),
                               "demand": demands[row]})


def demands_of(space, full):
    """What each candidate asks for: {(lever, way it moves; 0 without an order)}."""
    signs = [lever.signs.tolist() for lever in space.levers]
    found = []
    for row in full[:, :len(space.levers)].tolist():
        found.append(frozenset((place, signs[place][position]) for place, position in enumerate(row) if position))
    return found
