"""From candidates that reach the target to the few options that are offered."""
import numpy as np

from explainers.conditions import mask
from explainers.search.needed import all_needed, free_of_known_parts, reaching_parts
from explainers.search.noise import stays

OPTIONS = 4
PART = 500
LARGEST_PART = 20_000
FIRST = 12
LARGEST_BATCH = 200


class Checks:
    """What an option has to meet besides the target: limits, unlike, plausibility, noise, models trained anew.

    limit        largest distance to a real row of the wanted outcome; None: any
    robust       must the outcome stay under noise?
    retraining   the Retraining whose models have to confirm it; None: none
    """

    def __init__(self, search, constraints, distances, limit, robust, retraining=None):
        self.search, self.space, self.target, self.scorer = search, search.space, search.target, search.scorer
        self.constraints = constraints
        self.distances, self.limit, self.robust, self.retraining = distances, limit, robust, retraining
        self.unlike = [touched_by(option, self.space) for option in constraints.unlike]

    def cheap(self, full):
        """(n_rows booleans, n_rows distances): all but the noise."""
        met = self.allowed(full)
        distance = np.full(len(full), np.nan)
        if met.any():
            distance[met] = self.distances(full[met])
        if self.limit is not None:
            met &= ~(distance > self.limit + 1e-9)
        return met, distance

    def allowed(self, full):
        """n_rows: does it differ from what was ruled out, meet the limits, and do models trained anew confirm it?"""
        met = np.ones(len(full), dtype=bool)
        for touched in self.unlike:
            met &= ~(full[:, touched] > 0).all(axis=1)
        if self.constraints.limits and met.any():
            frame = self.space.frame(self.space.columns(full[met]))
            held = [mask(limit, self.space.domain, frame) for limit in self.constraints.limits]
            met[met] = np.logical_and.reduce(held)
        if self.retraining is not None and met.any():
            met[met] = self.retraining.confirmed(full[met])
        return met

    @property
    def late(self):
        return self.search.late

    def steady(self, full):
        return stays(self.space, self.target, self.scorer, full)


def touched_by(option, space):
    """Places of the levers that an option shown before changes, without changes that its outcome does not need."""
    features = {change["feature"] for change in option if change.get("needed", True)}
    return [place for place, lever in enumerate(space.levers) if {lever.name, *lever.columns} & features]


def choose(search, checks, count=OPTIONS):
    """Up to `count` options: each passes the checks, holds no change it could do without, and asks for something else.

    The first is the cheapest that passes the checks, or what is left of it without changes that only the checks need
    (then it passes those less well); the others come in order of cost.
    Returns [{"candidate" (extended), "plausibility", "robust", "demand"}].
    """
    full, _ = search.sorted()
    chosen = []
    _walk(full, search, checks, chosen, 1)
    if not chosen:
        return []
    parts = reaching_parts(chosen[0]["candidate"], checks)
    if len(parts):
        chosen[0] = entry_of(parts[0], checks)
    if count > 1:
        _walk(full[free_of_known_parts(full, checks)], search, checks, chosen, count)
    return chosen


def entry_of(candidate, checks):
    full = candidate[None]
    return {"candidate": candidate, "plausibility": checks.distances(full)[0], "robust": bool(checks.steady(full)[0]),
            "demand": demands_of(checks.space, full)[0]}


def _walk(full, search, checks, chosen, count):
    """Add to `chosen` from the candidates in their order, until there are `count`."""
    begin, size = 0, PART
    while begin < len(full) and len(chosen) < count:
        part = full[begin:begin + size]
        begin, size = begin + size, min(size * 4, LARGEST_PART)
        demands = demands_of(search.space, part)
        fresh = np.ones(len(part), dtype=bool)
        for entry in chosen:
            fresh &= differ(demands, entry["demand"])
        part, demands = part[fresh], demands[fresh]
        if len(part):
            _pick(part, demands, checks, chosen, count)
        if search.late:
            break


def _pick(full, demands, checks, chosen, count):
    """Take from the candidates in their order; plausibility and noise are tried for some of them at a time."""
    fresh = np.ones(len(full), dtype=bool)
    size = FIRST
    while fresh.any() and len(chosen) < count:
        tested = np.flatnonzero(fresh)[:8 * size]
        met, distance = checks.cheap(full[tested])
        fresh[tested[~met]] = False
        batch, distance = tested[met][:size], distance[met]
        size = min(2 * size, LARGEST_BATCH)
        if len(batch) == 0:
            continue
        steady, fine = checks.steady(full[batch]), np.ones(len(batch), dtype=bool)
        if chosen:
            fine = all_needed(full[batch], checks)
        fresh[batch] = False
        for place, row in enumerate(batch):
            if len(chosen) < count and fine[place] and (steady[place] or not checks.robust) and \
                    all(differ(demands[row][None], entry["demand"])[0] for entry in chosen):
                chosen.append({"candidate": full[row], "plausibility": distance[place], "robust": bool(steady[place]),
                               "demand": demands[row]})
                fresh &= differ(demands, demands[row])


def demands_of(space, full):
    """n_rows x (3 x n_levers) booleans: which lever moves which way (down, without an order, up)."""
    levers = len(space.levers)
    found = np.zeros((len(full), levers, 3), dtype=bool)
    for place, lever in enumerate(space.levers):
        rows = np.flatnonzero(full[:, place])
        found[rows, place, lever.signs[full[rows, place]] + 1] = True
    return found.reshape(len(full), 3 * levers)


def differ(demands, other):
    """n_rows: does neither of the two ask for all that the other asks for?"""
    return (other & ~demands).any(axis=1) & (demands & ~other).any(axis=1)
