"""The best that four options could do against the peers' rows, had one known these beforehand."""
import itertools

import numpy as np

from explainers.search.choice import OPTIONS
from explainers.search.find import find
from explainers.search.pool import Pool
from explainers.search.towards import towards_real_cases

SLACK = 1e-9


def best_four(judge, now, row, probability, peers):
    """n_peers booleans: rows of the peers that the best four options would match, the cheapest way among them.

    The others are any of the ways that the search has found, and of the peers' own rows, as far as they stand the noise and need
    all their changes. `peers`: [(judged, row)] of rows that hold the constraints; matched in cost, changes and distance at once.
    """
    workspace = judge.workspace
    ask = {"target": {"outcome": judge.wanted, "probability": probability}}
    found = find(workspace, row, workspace.model.predict(row), ask)
    picker = found.picker
    pool = Pool(found.search, picker.checks(picker.limit, picker.robust), towards_real_cases(found.search, picker.distances))
    wanted = np.array([measures(one["cost"], one["changes"], one["plausibility"]) for one, _ in peers])
    ways = np.array([measures(*of) for of in pool.measures]).reshape(-1, 3)
    matches = (ways[:, None] <= wanted + SLACK).all(axis=2)
    places = np.flatnonzero(matches.any(axis=1) & ~pool.spare)
    pool.look_at(places)
    fine = [place for place in places.tolist() if pool.needed[place] and pool.steady(place)]
    least = max(probability, judge.domain.threshold + 0.02)
    own = [at for at, (one, changed) in enumerate(peers) if one["secure"] and needs_all(judge, now, changed, least)]
    matches = np.concatenate([matches[fine], (wanted[own][:, None] <= wanted + SLACK).all(axis=2)])
    first = [measures(option["cost"], option["n_changes"], option["plausibility"]) for option in found.options[:1]]
    begun = (np.array(first).reshape(-1, 1, 3) <= wanted + SLACK).all(axis=2).any(axis=0)
    return most(begun, np.unique(matches & ~begun, axis=0), OPTIONS - 1)


def measures(cost, changes, distance):
    return cost, changes, round(float(distance), 3)


def most(begun, matches, count):
    """What `count` rows of `matches` and what is `begun` match together at most."""
    matches = [row for row in matches if not any((row <= other).all() and (row != other).any() for other in matches)]
    sets = itertools.combinations(matches, min(count, len(matches)))
    return max((np.logical_or.reduce([begun, *chosen]) for chosen in sets), key=np.sum)


def needs_all(judge, now, row, least):
    """Does no part of the changes (of more than four: none without one of them) reach the probability by itself?"""
    changes = judge.changes(now, row)
    sizes = range(1, len(changes)) if len(changes) <= 4 else [len(changes) - 1]
    parts = [judge.followed(now, {**now, **{name: row[name] for name in kept}})
             for size in sizes for kept in itertools.combinations(changes, size)]
    return not (judge.scores([part for part in parts if part is not None]) >= least).any()
