"""Ways that come near to real cases of the wanted outcome: some of a real case's values taken over, two to four at a time.

The cheapest ways lie where few people are. Here each of the NEAR nearest real cases in turn lends values: each feature's
value nearest to its own, beside the single changes that do most for the target. Distances to that one real case add up
exactly, what single changes do for the target adds up about; by both the sets worth asking the model about are picked.
Four weights of cost against distance see to it that cheap ones are among them as well as near ones.
"""
import numpy as np

from explainers.search.candidates import change_costs, of_changes
from explainers.search.promising import pushes

NEAR, MOVES, DRIVERS = 30, 24, 12
MOST = 4
PICKED, PARENTS = 150, 60
SLACK = 0.3
WEIGHTS = (0.0, 0.1, 0.4, 1.5)


def towards_real_cases(search, distances, wanted=True):
    """Extended candidates of two to MOST changes that reach the target; they are scored through the search.

    wanted      does it matter how near to real cases an option is, or are there too many sets to find the cheapest one otherwise?
                If not, there are none
    """
    space = search.space
    most = min(MOST, search.deepest)
    if not wanted or most < 2 or distances.reference.count == 0 or search.singles is None:
        return np.zeros((0, len(space.axes)), dtype=np.int16)
    moves = _Moves(search, distances)
    chosen, found = np.arange(moves.lever.size)[:, None], []
    for _ in range(2, most + 1):
        chosen = moves.extended(chosen)
        if len(chosen) == 0:
            break
        near, cost, shown = moves.measures(chosen)
        found.append(moves.candidates(chosen[_best(near, cost, shown >= moves.wanted - SLACK, PICKED)]))
        chosen = chosen[_best(near, cost, np.ones(len(chosen), dtype=bool), PARENTS)]
    if not found:
        return np.zeros((0, len(space.axes)), dtype=np.int16)
    candidates = np.unique(np.concatenate(found), axis=0)
    short = search.score(candidates)
    return space.extended(candidates[short <= 0])[0]


def _best(near, cost, fine, count):
    """Places of the `count` best ones under each weight of the cost."""
    places = np.flatnonzero(fine)
    chosen = []
    for weight in WEIGHTS:
        value = near[places] + weight * cost[places]
        kept = np.argpartition(value, count)[:count] if len(value) > count else np.arange(len(value))
        chosen.append(places[kept])
    return np.unique(np.concatenate(chosen))


class _Moves:
    """Single changes by real case: n_near x n_moves arrays, flattened where they are picked from.

    lever, position     which change
    gain                how much nearer to the real case it comes, in shares of one feature
    cost, push          what it costs, and what it does for the target (log-odds, or the value's unit)
    """

    def __init__(self, search, distances):
        self.space = space = search.space
        near = np.argsort(distances.present, kind="stable")[:NEAR]
        self.distance = distances.present[near].astype(float)
        owner, position, push, self.now, self.wanted = pushes(search)
        width = len(space.levers)
        start = np.searchsorted(owner, np.arange(width))
        gain, best = np.zeros((width, len(near))), np.zeros((width, len(near)), dtype=int)
        gains = []
        for place, lever in enumerate(space.levers):
            part = distances.reference.parts_of(lever, near)
            part = part[0] - part[1:]
            gains.append(part)
            best[place], gain[place] = part.argmax(axis=0), part.max(axis=0)
        every = np.concatenate(gains) if gains else np.zeros((0, len(near)))
        cost = change_costs(space, owner, position)
        drivers = _drivers(owner, cost, push)
        order = np.argsort(-gain, axis=0, kind="stable")[:MOVES]
        rows = [start[order] + np.take_along_axis(best, order, axis=0), np.repeat(drivers[:, None], len(near), axis=1)]
        which = np.concatenate(rows).T
        self.lever, self.position = owner[which], position[which]
        self.gain = every[which, np.arange(len(near))[:, None]].astype(float)
        self.cost, self.push = cost[which], push[which]
        self.width = which.shape[1]

    def extended(self, chosen):
        """Sets of moves of one real case (n x size of flat places, rising) with one more of another feature."""
        case, last = chosen[:, -1] // self.width, chosen[:, -1] % self.width
        counts = self.width - 1 - last
        rows = np.repeat(np.arange(len(chosen)), counts)
        added = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + chosen[rows, -1] + 1
        fine = (self.lever.ravel()[chosen[rows]] != self.lever.ravel()[added][:, None]).all(axis=1)
        return np.column_stack([chosen[rows[fine]], added[fine]])

    def measures(self, chosen):
        """n_sets each: distance to the real case in shares of one feature, cost, and about what the model would say."""
        sums = [values.ravel()[chosen].sum(axis=1) for values in (self.gain, self.cost, self.push)]
        return self.distance[chosen[:, 0] // self.width] - sums[0], sums[1], self.now + sums[2]

    def candidates(self, chosen):
        return of_changes(self.space, self.lever.ravel(), self.position.ravel(), chosen)


def _drivers(owner, cost, push):
    """The single changes that do the most, a few times weighed against their cost: at most one a feature each time."""
    chosen = []
    for weight in (0.0, 0.5, 2.0):
        worth = push - weight * cost * max(push.max(initial=0.0), 0.0) / max(cost.max(initial=1.0), 1e-9)
        order = np.argsort(-worth, kind="stable")
        _, first = np.unique(owner[order], return_index=True)
        chosen.append(order[np.sort(first)][:DRIVERS // 3])
    return np.unique(np.concatenate(chosen))
