"""Which options are offered: the cheapest, then those that leave the fewest other ways better in any respect.

Ways to the target are compared by cost, number of changes and distance to real cases. After the cheapest option each next one
covers the most that is still uncovered, so that the few that are shown stand for all the others (see `pool.py`). None of
them holds a change that it could do without, and none asks for all that another asks for. One pair may make the same moves
with values that lie clearly apart: a little more money in the account may do, while most people like that have much more.

The last one may be an exception, and says so: it keeps close to a real case of the wanted outcome by changes that the
outcome alone would not need. See `_like_a_real_case` for what it has to meet.
"""
import numpy as np

from explainers.search.needed import reaching_parts
from explainers.search.options import OPTIONS, choose
from explainers.search.pool import Pool

TRIED, LOOKED_AT = 12, 100
CLEAR = 0.25
COMPANIONS = 2
CLOSE = 1e-6


def spread(search, checks, towards, count=OPTIONS):
    """Up to `count` options sorted by cost, in the form of `choose`, the one like a real case last.

    towards     candidates that reach the target by values of real cases
    """
    chosen = choose(search, checks, 1)
    if not chosen:
        return []
    pool = Pool(search, checks, towards)
    different, apart = pool.worth_telling(chosen[0])
    covered, alike = [pool.covers(pool.of(chosen[0]))], False
    while len(chosen) < count:
        open_ = (different if alike else different | apart) & ~pool.spare
        place = _next(pool, open_, np.logical_or.reduce(covered), checks)
        if place is None:
            break
        entry = pool.entry(place)
        alike |= not different[place]
        chosen.append(entry)
        covered.append(pool.covers(pool.of(entry)))
        new, other = pool.worth_telling(entry)
        different, apart = different & new, (different | apart) & (new | other) & ~(different & new)
    chosen, last = _like_a_real_case(pool, chosen, covered, count) if count > 1 else (chosen, [])
    costs = search.space.costs(np.array([entry["candidate"] for entry in chosen]))
    return [chosen[place] for place in np.argsort(costs, kind="stable")] + last


def _next(pool, open_, covered, checks):
    """Place of the way that covers the most of what is uncovered, stands the noise and needs all its changes, or None."""
    left = np.flatnonzero(open_)
    left = left[np.lexsort((pool.measures[left, 0], -pool.gains(left, covered)))]
    size = TRIED
    while len(left):
        pool.look_at(left[:size])
        for place in left[:size].tolist():
            if pool.needed[place] and pool.steady(place):
                return place
        left, size = left[size:], min(2 * size, LOOKED_AT)
        if checks.late:
            return None
    return None


def _like_a_real_case(pool, chosen, covered, count):
    """(the other options, [the one like a real case] or []).

    It is nearer to a real case than every other option with as few changes, by CLEAR of one feature's share at least; each of
    its at most COMPANIONS needless changes brings it nearer by as much; and it covers more than the option whose place it takes.
    """
    share = CLEAR / len(pool.space.domain.features)
    best, found = sum(pool.weights[np.logical_or.reduce(covered)]), None
    for left_out in range(1, count) if len(chosen) == count else [None]:
        kept = [place for place in range(len(chosen)) if place != left_out]
        held = np.logical_or.reduce([covered[place] for place in kept])
        others = np.array([pool.of(chosen[place]) for place in kept])
        nearest = np.where(others[None, :, 1] <= pool.measures[:, None, 1], others[None, :, 2], np.inf).min(axis=1)
        open_ = np.flatnonzero(pool.spare & (pool.measures[:, 2] <= nearest - share))
        gains = pool.weights[held].sum() + pool.gains(open_, held)
        order = np.argsort(-gains, kind="stable")[:LOOKED_AT]
        order = order[gains[order] > best * (1 + CLOSE)]
        pool.look_at(open_[order])
        for at in order.tolist():
            place, total = int(open_[at]), gains[at]
            core = _core(pool, place, share) if pool.steady(place) else None
            if core is not None:
                best, found = total, (kept, {**pool.entry(place), "core": core})
                break
    return (chosen, []) if found is None else ([chosen[place] for place in found[0]], [found[1]])


def _core(pool, place, share):
    """The cheapest part of the way that reaches the target by itself, where every other change brings it nearer by `share`."""
    parts = reaching_parts(pool.full[place], pool.checks)
    if len(parts) == 0:
        return None
    spare = np.flatnonzero(pool.full[place, :pool.levers] * (parts[0, :pool.levers] == 0))
    without = np.repeat(pool.full[place][None, :pool.levers], len(spare), axis=0)
    without[np.arange(len(spare)), spare] = 0
    full, _ = pool.space.extended(without)
    worth = pool.checks.distances(full) - pool.measures[place, 2]
    return parts[0] if len(spare) <= COMPANIONS and (worth >= share - 1e-9).all() else None
