"""The candidates that reach the target, cheapest first: all single changes and pairs, triples that are cheap enough, then a beam."""
import itertools
import time
from dataclasses import dataclass, field

import numpy as np

BATCH = 20000
PAIRS = 12000
TRIPLES = 12000
BEAM = 30
DEEPEST = 6


@dataclass(eq=False)
class Search:
    """One search: what was scored, which candidates reach the target.

    candidates  n_found x n_levers, sorted by cost; `costs` and `predictions` go with it
    nearest     the scored candidate with the smallest shortfall, (candidate, shortfall)
    complete_to the cost up to which every candidate of at most three changes was scored
    """
    space: object
    target: object
    at_most: int | None
    seconds: float
    candidates: np.ndarray = None
    costs: np.ndarray = None
    nearest: tuple = None
    scored: int = 0
    complete_to: float = 0.0
    started: float = field(default_factory=time.perf_counter)

    @property
    def out_of_time(self):
        return time.perf_counter() - self.started > self.seconds

    def score(self, candidates):
        """n_rows shortfalls; impossible candidates and those that break a relation are infinitely short."""
        space = self.space
        columns, possible = space.columns(candidates)
        possible &= space.relations.hold(columns, space.before, space.domain)
        short = np.full(len(candidates), np.inf)
        if possible.any():
            kept = {name: values[possible] for name, values in columns.items()}
            short[possible] = self.target.shortfall(space.workspace.model.predict(space.frame(kept)))
        self.scored += int(possible.sum())
        if len(short) and (self.nearest is None or short.min() < self.nearest[1]):
            best = int(np.argmin(short))
            self.nearest = (candidates[best].copy(), float(short[best]))
        return short

    def keep(self, candidates, short):
        found = candidates[short <= 0]
        if len(found):
            self.candidates = found if self.candidates is None else np.concatenate([self.candidates, found])


def run(space, target, at_most=None, seconds=1.0):
    """Search the space; gives the Search with its candidates sorted by cost."""
    search = Search(space, target, at_most, seconds)
    deepest = min(at_most or DEEPEST, len(space.levers))
    pool = None
    for size in range(1, deepest + 1):
        if size <= 3:
            candidates = cheapest(space, size, {1: 10 ** 6, 2: PAIRS, 3: TRIPLES}[size])
        else:
            candidates = extended(space, pool)
        if size > 2 and (search.out_of_time or enough(search)):
            break
        if len(candidates) == 0:
            break
        short = np.concatenate([search.score(part) for part in np.array_split(candidates, -(-len(candidates) // BATCH))])
        search.keep(candidates, short)
        pool = candidates[np.argsort(short, kind="stable")[:BEAM]]
    if search.candidates is None:
        search.candidates = np.zeros((0, len(space.levers)), dtype=int)
    costs = space.costs(search.candidates)
    order = np.argsort(costs, kind="stable")
    search.candidates, search.costs = search.candidates[order], costs[order]
    return search


def enough(search):
    """Four or more different sets of levers reach the target already."""
    return search.candidates is not None and len(np.unique(search.candidates > 0, axis=0)) >= 8


def cheapest(space, size, most):
    """The cheapest `most` candidates that change exactly `size` levers."""
    found = []
    for places in itertools.combinations(range(len(space.levers)), size):
        grids = np.meshgrid(*(np.arange(1, len(space.levers[place])) for place in places), indexing="ij")
        block = np.zeros((grids[0].size, len(space.levers)), dtype=int)
        for place, grid in zip(places, grids):
            block[:, place] = grid.ravel()
        if len(block) > most:
            block = block[np.argsort(space.costs(block), kind="stable")[:most]]
        found.append(block)
    if not found:
        return np.zeros((0, len(space.levers)), dtype=int)
    candidates = np.concatenate(found)
    return candidates[np.argsort(space.costs(candidates), kind="stable")[:most]]


def extended(space, pool):
    """Each candidate of the pool with one more lever changed."""
    found = []
    for candidate in pool:
        for place, lever in enumerate(space.levers):
            if candidate[place] == 0:
                block = np.repeat(candidate[None], len(lever) - 1, axis=0)
                block[:, place] = np.arange(1, len(lever))
                found.append(block)
    return np.unique(np.concatenate(found), axis=0) if found else np.zeros((0, len(space.levers)), dtype=int)
