"""Sets of changes that probably reach the target at little cost, and all those below a cost that possibly could.

What single changes do for the target adds up about: by that, `promising` ones are picked where far too many sets would have to be
asked for. Some scorers know what a change can do at most, whatever else changes; then `possible` gives every set that is
worth asking for, and leaves out only what cannot reach the target.
"""
import numpy as np

from explainers.search.candidates import change_costs, of_changes
from explainers.search.linear import CLOSE, reaching

EFFICIENT, PARTIAL = 600, 300
PICKED = {1.0: 2000, 0.7: 1500}
LOW, HIGH = 1e-12, 1 - 1e-12
LIMITS = (1.0, 0.7, 0.5, 0.35, 0.25)
LARGEST, POSSIBLE = 300_000, 60_000


def pushes(search):
    """(lever and position of each single change, what it does for the target, where the case is, where the target begins),
    in log-odds, or the value's unit."""
    (owner, position, short), present = search.singles, search.present
    if search.target.outcome is None:
        return owner, position, np.where(np.isfinite(short), present - short, -np.inf), -present, 0.0
    level = 0.5 if search.target.least is None else search.target.least
    odds = lambda short: np.log(np.clip(level - short, LOW, HIGH) / (1 - np.clip(level - short, LOW, HIGH)))
    return owner, position, odds(np.where(np.isfinite(short), short, np.inf)) - odds(present), odds(present), odds(0.0)


def promising(search, size, below=np.inf):
    """Candidates of `size` changes (2 or 3) that cost less than `below`: the cheapest of those whose single changes do enough
    together, and of those where they do nearly enough."""
    owner, position, push, now, wanted = pushes(search)
    cost = change_costs(search.space, owner, position)
    missing = wanted - now
    kept = _efficient(owner, cost, push)
    if len(kept) == 0:
        return np.zeros((0, len(search.space.levers)), dtype=np.int16)
    rate = (cost[kept] / push[kept]).min()
    likely = lambda sets: cost[sets].sum(axis=1) + rate * np.maximum(missing - push[sets].sum(axis=1), 0.0)
    kept = kept[np.argsort(likely(kept[:, None]), kind="stable")[:EFFICIENT]]
    sets = kept[:, None]
    for number in range(1, size):
        if number > 1:
            sets = sets[np.argsort(likely(sets), kind="stable")[:PARTIAL]]
        least = -np.inf if number + 1 < size else min(PICKED) * missing
        fine = (cost[sets].sum(axis=1)[:, None] + cost[kept] < below) & (push[sets].sum(axis=1)[:, None] + push[kept] >= least)
        sets = _with_one_more(sets, kept, owner, fine)
    total, pushed = cost[sets].sum(axis=1), push[sets].sum(axis=1)
    chosen = []
    for share, count in PICKED.items():
        fine = np.flatnonzero(pushed >= share * missing)
        chosen.append(fine[np.argsort(total[fine], kind="stable")[:count]])
    return of_changes(search.space, owner, position, sets[np.unique(np.concatenate(chosen))])


def _efficient(owner, cost, push):
    """Places of the single changes that do more for the target than every cheaper one of the same lever."""
    order = np.lexsort((-push, cost, owner))
    best, lever, kept = 0.0, -1, []
    for place, own, does in zip(order.tolist(), owner[order].tolist(), push[order].tolist()):
        best, lever = (0.0 if own != lever else best), own
        if does > best:
            kept.append(place)
            best = does
    return np.array(kept, dtype=int)


def _with_one_more(sets, kept, owner, fine):
    """Each set with one of the `kept` single changes of another lever beside, where that is `fine` (n_sets x n_kept); each once."""
    for column in sets.T:
        fine = fine & (owner[column][:, None] != owner[kept])
    rows, added = np.nonzero(fine)
    made = np.sort(np.column_stack([sets[rows], kept[added]]), axis=1)
    key = np.zeros(len(made), dtype=np.int64)
    for column in made.T:
        key = key * len(owner) + column
    return made[np.unique(key, return_index=True)[1]]


def possible(search, size, below):
    """(every candidate of `size` changes that costs less than a limit and could reach the target, that limit), cheapest first.

    The limit is `below`, or less where that would be too many; None where the scorer has no caps or even few are too many.
    """
    if not hasattr(search.scorer, "caps"):
        return None
    space = search.space
    for share in LIMITS:
        told = search.scorer.caps(search.target, size, share * below)
        if told is None:
            return None
        missing, alone, caps = told
        starts = np.cumsum([0, *(len(lever) - 1 for lever in space.levers)])
        by_lever = lambda values: [np.append(0.0, values[begin:end]) for begin, end in zip(starts, starts[1:])]
        found = reaching(space, by_lever(caps), missing, size, share * below, LARGEST)
        if found is None:
            continue
        found = found[_could_reach(found, by_lever(caps), by_lever(alone), missing)]
        if len(found) <= POSSIBLE:
            return found, share * below
    return None


def _could_reach(found, caps, alone, missing):
    """n_rows: is it enough whichever of the changes counts as what it does by itself, and the others as the most they could do?"""
    most, spare = np.zeros(len(found)), np.zeros(len(found))
    for place, (own, itself) in enumerate(zip(caps, alone)):
        at = found[:, place]
        most += own[at]
        spare = np.maximum(spare, own[at] - itself[at])
    return most - spare >= missing - CLOSE
