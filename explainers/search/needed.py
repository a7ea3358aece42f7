"""Is every change of a way to the target needed?

A way holds a change it could do without where some of its changes, without the others, reach the target with its margin
already (and keep what the domain and the person said). Such a way is never offered: the smaller one is.
"""
import itertools

import numpy as np

ALL_PARTS = 4


def parts_of(candidate, levers):
    """Candidates with some, but not all, of one candidate's changes; of more than ALL_PARTS those without one of them."""
    places = np.flatnonzero(candidate[:levers])
    sizes = range(1, len(places)) if len(places) <= ALL_PARTS else [len(places) - 1]
    chosen = [kept for size in sizes for kept in itertools.combinations(places, size)]
    parts = np.zeros((len(chosen), levers), dtype=np.int16)
    for row, kept in enumerate(chosen):
        parts[row, list(kept)] = candidate[list(kept)]
    return parts


def reaching_parts(candidate, checks):
    """Extended candidates with fewer of one candidate's changes that reach the target, cheapest first."""
    full, reached = _reached(parts_of(candidate, len(checks.space.levers)), checks)
    full = full[reached]
    return full[np.argsort(checks.space.costs(full), kind="stable")]


def all_needed(full, checks):
    """n_rows: does no part of the way's changes reach the target by itself?"""
    fine = np.ones(len(full), dtype=bool)
    fine[reaching_parts_of(full, checks)[0]] = False
    return fine


def reaching_parts_of(full, checks):
    """(row of `full` that each part is of, extended parts): all that `reaching_parts` finds for several ways at once."""
    parts = [parts_of(row, len(checks.space.levers)) for row in full]
    owner = np.repeat(np.arange(len(full)), [len(part) for part in parts])
    if len(owner) == 0:
        return owner, np.zeros((0, len(checks.space.axes)), dtype=np.int16)
    found, reached = _reached(np.concatenate(parts), checks)
    return owner[reached], found[reached]


def _reached(parts, checks):
    if len(parts) == 0:
        return np.zeros((0, len(checks.space.axes)), dtype=np.int16), np.zeros(0, dtype=bool)
    full, fine = checks.space.extended(parts)
    fine &= checks.allowed(full)
    if fine.any():
        fine[fine] = checks.target.reached(checks.scorer.predictions(full[fine]))
    return full, fine


def free_of_known_parts(full, checks):
    """n_rows: a quick first look, at single changes and pairs that the search has seen to reach the target."""
    levers = len(checks.space.levers)
    changed = full[:, :levers] > 0
    count = changed.sum(axis=1)
    fine = np.ones(len(full), dtype=bool)
    singles = full[count == 1]
    singles = singles[checks.allowed(singles)]
    for place in range(levers):
        known = np.zeros(len(checks.space.levers[place]), dtype=bool)
        known[singles[:, place]] = True
        known[0] = False
        fine &= ~(known[full[:, place]] & (count > 1))
    pairs = full[(count == 2) & fine]
    pairs = pairs[checks.allowed(pairs)]
    triples = np.flatnonzero((count == 3) & fine)
    if len(pairs) and len(triples):
        seen = _pair_keys(pairs[:, :levers], np.nonzero(pairs[:, :levers])[1].reshape(-1, 2))
        places = np.nonzero(full[triples][:, :levers])[1].reshape(-1, 3)
        for two in ((0, 1), (0, 2), (1, 2)):
            fine[triples] &= ~np.isin(_pair_keys(full[triples], places[:, two]), seen)
    return fine


def _pair_keys(full, places):
    """One number for each row's two changes at `places` (n_rows x 2, rising)."""
    rows = np.arange(len(full))
    first, second = (places[:, side].astype(np.int64) * 65536 + full[rows, places[:, side]] for side in (0, 1))
    return first * 2 ** 31 + second
