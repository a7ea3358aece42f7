"""The candidates that reach the target: every one of up to three changes where that is affordable, cheapest first, then a beam.

With a fast scorer all sets of up to three levers are gone through completely (up to FAST_ROWS candidates of a size). With a
model behind it, or with very many sets, single changes come first; pairs and triples in portions of rising cost, below the
cost of what was found, until every cheaper one was scored or ROWS of a size were. What is scored depends on counts, not on
the clock, so that the same question gives the same answer; the clock only ends what would hang, and the search remembers that.
"""

import math
import time
from dataclasses import dataclass, field

import numpy as np

from explainers.progress import tell
from explainers.search.candidates import block_choices, block_rows, cheapest, extended, of_changes, product, single_changes
from explainers.search.linear import reaching
from explainers.search.pairs import KEPT, paired, reaching_pairs
from explainers.search.promising import possible, promising

EXACT = 3
DEEPEST = 8
FAST_ROWS = 1_000_000
BLOCK_WORTH, WIDE = 100, 1000
PORTION = 4000
ROWS = {True: 4000, False: 12_000}
BEAM = 24


@dataclass(eq=False)
class Search:
    """One search: what was scored, which candidates reach the target.

    found       extended candidates that reach the target, with their `costs`, cheapest first after `sort`
    near        (shortfall, extended candidate) of the nearest one of each block
    covered     size -> cost below which every candidate of that many changes was scored
    singles     (lever place, position, shortfall) of every single change
    present     shortfall of the case as it is
    most        candidates after which no more are begun
    stopped     did the clock end it? Then another run may find something else
    """

    space: object
    scorer: object
    target: object
    at_most: int | None = None
    seconds: float = 20.0
    parts: list = field(default_factory=list)
    near: list = field(default_factory=list)
    scored: int = 0
    stopped: bool = False
    most: float = np.inf
    singles: tuple | None = None
    present: float = np.inf
    covered: dict = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    @property
    def out_of_time(self):
        """Is the work that was granted done, or has the clock run out? The latter is kept in `stopped`."""
        self.stopped = self.stopped or time.perf_counter() - self.started > self.seconds
        return self.stopped or self.scored >= self.most

    @property
    def late(self):
        """Even the choice among what was found has to end."""
        self.stopped = self.stopped or time.perf_counter() - self.started > 2 * self.seconds
        return self.stopped and time.perf_counter() - self.started > 2 * self.seconds

    def score(self, candidates):
        """n_rows shortfalls; impossible candidates and those that break a relation are infinitely short."""
        full, fine = self.space.extended(candidates)
        short = np.full(len(full), np.inf)
        if fine.all():
            short = self.target.shortfall(self.scorer.predictions(full))
        elif fine.any():
            short[fine] = self.target.shortfall(self.scorer.predictions(full[fine]))
        self._keep(full, short, self.space.costs(full))
        return short

    def score_block(self, places, choices, most_cost):
        """Every combination of `choices` at `places`, with a fast scorer; dearer ones than `most_cost` are not kept."""
        space, width = self.space, len(self.space.levers)
        free = [place for place in places if place not in space.sources]
        last = max(free, key=lambda place: len(choices[places.index(place)])) if free else None
        rest = [(place, choice) for place, choice in zip(places, choices) if place != last]
        left = (
            product(width, [place for place, _ in rest], [choice for _, choice in rest]) if rest else np.zeros((1, width), dtype=np.int16)
        )
        full, fine = space.extended(left)
        costs = space.costs(left)
        fine &= costs <= most_cost - (0.0 if last is None else space.levers[last].costs[choices[places.index(last)]].min())
        full, costs = full[fine], costs[fine]
        if len(full) == 0:
            return
        if last is None:
            self._keep(full, self.target.shortfall(self.scorer.predictions(full)), costs)
            return
        positions = choices[places.index(last)]
        short = self.target.shortfall(self.scorer.block_predictions(full, last, positions))
        costs = (costs[:, None] + space.levers[last].costs[positions][None, :]).ravel()
        rows, columns = np.divmod(np.arange(len(short)), len(positions))
        self._keep(full, short, costs, rows, last, positions[columns], most_cost)

    def _keep(self, full, short, costs, rows=None, last=None, positions=None, most_cost=np.inf):
        """Remember what reaches the target, and what comes nearest; row i is full[rows[i]] with positions[i] at `last`."""
        self.scored += len(short)
        tell("ways", self.scored, None)
        if len(short) == 0:
            return

        def candidates(kept):
            if rows is None:
                return full[kept]
            found = full[rows[kept]]
            found[:, last] = positions[kept]
            return found

        place = int(np.argmin(short))
        if np.isfinite(short[place]):
            self.near.append((float(short[place]), candidates(np.array([place]))[0]))
        reached = np.flatnonzero((short <= 0) & (costs <= most_cost))
        if len(reached):
            self.parts.append((candidates(reached), costs[reached]))

    def sorted(self):
        """(extended candidates that reach the target, costs), cheapest first, each once."""
        if not self.parts:
            return np.zeros((0, len(self.space.axes)), dtype=np.int16), np.zeros(0)
        found = np.concatenate([part for part, _ in self.parts])
        costs = np.concatenate([part for _, part in self.parts])
        order = np.argsort(costs, kind="stable")
        return found[order], costs[order]

    @property
    def nearest(self):
        """The least shortfall that was found; 0 or less where the target is reached."""
        return min((short for short, _ in self.near), default=np.inf)

    @property
    def wide(self):
        """Are there so many levers that triples only serve to prove the first option?"""
        return math.comb(len(self.space.levers), EXACT) > WIDE

    @property
    def deepest(self):
        return min(self.at_most or DEEPEST, len(self.space.levers))


def run(search, bounds, enough=lambda search: False):
    """Fill the search, until after some number of changes there is `enough`. `bounds(search)` tells what is
    there: (cost of the first option, cost of the last one of a full set,
    sets of places of the options' levers); costs are infinite while there is none."""
    for size in range(1, min(EXACT, search.deepest) + 1):
        known = bounds(search) if size == EXACT else (np.inf, np.inf, ())
        rows, sets = block_rows(search.space, size), math.comb(len(search.space.levers), size)
        if size == 1:
            _singles(search)
        elif size == 2 and search.scorer.fast and (places := paired(search)):
            covered = reaching_pairs(search, places)
            if len(places) < len(search.space.levers):
                _all_blocks(search, size, *known, done=set(places))
            search.covered[size] = covered if len(places) == len(search.space.levers) else min(covered, search.covered.get(size, 0.0))
        elif search.scorer.fast and BLOCK_WORTH * sets <= rows <= FAST_ROWS:
            _all_blocks(search, size, *known)
        else:
            _portions(search, size, bounds)
        if search.out_of_time or enough(search):
            return search
    if search.deepest > EXACT and not np.isfinite(bounds(search)[0]):
        _beam(search, bounds)
    return search


def _singles(search):
    """Every single change."""
    owner, position = single_changes(search.space)
    candidates = of_changes(search.space, owner, position, np.arange(len(owner))[:, None])
    short = search.score(candidates)
    search.singles = owner, position, short
    for place in range(len(search.space.levers)):
        own = np.flatnonzero((owner == place) & np.isfinite(short))
        if len(own):
            nearest = own[[np.argmin(short[own])]]
            search.near.append((float(short[nearest[0]]), search.space.extended(candidates[nearest])[0][0]))
    search.covered[1] = np.inf


def _all_blocks(search, size, first, last, known, done=frozenset()):
    """Every set of levers up to the cost `last`, but those of the `done` ones alone; those that hold one of the `known` sets
    only up to the cost `first`."""
    for places, choices in block_choices(search.space, size, last):
        if done.issuperset(places):
            continue
        bound = first if any(old <= set(places) for old in known) else last
        search.score_block(places, choices, bound)
        if search.out_of_time:
            return
    search.covered[size] = first if known else last


def _portions(search, size, bounds):
    """Promising candidates of a size, then the cheapest ones in portions, below the cost of the last option of a full set.

    In a wide space, where everything cheaper than the first option was covered, no more are tried.
    """
    fast = search.scorer.fast
    side = 0 if search.wide and size == EXACT else 1
    many = block_rows(search.space, size) > ROWS[fast]
    if many and size == 2:
        _score_all(search, promising(search, size))
    below = bounds(search)[side]
    known = min(below, bounds(search)[0])
    if np.isfinite(known) and (_linear(search, size, known) or _possible(search, size, known)) and (known == below or search.wide):
        return
    if many and size == EXACT:
        _score_all(search, promising(search, size, known))
    covered, below = search.covered.get(size, 0.0), min(below, bounds(search)[side])
    candidates, complete = cheapest(search.space, size, ROWS[fast], below)
    costs = search.space.costs(candidates)
    for begin in range(0, len(candidates), PORTION):
        if search.out_of_time:
            complete = costs[begin]
        if costs[begin] >= min(below, complete):
            break
        search.score(candidates[begin:begin + PORTION])
        below = min(below, bounds(search)[side])
    search.covered[size] = max(covered, min(complete, below))


def _score_all(search, candidates):
    for begin in range(0, len(candidates), PORTION):
        search.score(candidates[begin:begin + PORTION])


def _possible(search, size, below):
    """All that could reach the target below the cost, or below a lower one; False where that cannot be told."""
    found = possible(search, size, below)
    if found is not None:
        _score_all(search, found[0])
        search.covered[size] = max(search.covered.get(size, 0.0), found[1])
    return found is not None


def _linear(search, size, below):
    """All that reach the target of a linear model below the cost, at once; False where that cannot be told."""
    told = search.scorer.gains(search.target) if hasattr(search.scorer, "gains") else None
    candidates = None if told is None else reaching(search.space, *told, size, below)
    if candidates is None or len(candidates) > FAST_ROWS:
        return False
    if len(candidates) > 2 * KEPT:                      # the cheapest, and some of the others
        search.covered[size] = float(search.space.costs(candidates[[KEPT]])[0])
        candidates = np.concatenate([candidates[:KEPT], candidates[KEPT::len(candidates) // KEPT]])
    else:
        search.covered[size] = below
    if len(candidates):
        search.score(candidates)
    return True


def _beam(search, bounds):
    """Go on from the candidates that came nearest, one more change at a time."""
    space = search.space
    pool = np.zeros((1, len(space.levers)), dtype=np.int16)
    for _ in range(search.deepest):
        candidates = extended(space, pool)
        candidates = candidates[(candidates > 0).sum(axis=1) <= search.deepest]
        if len(candidates) == 0 or search.out_of_time:
            return
        short = search.score(candidates)
        pool = candidates[np.argsort(short + 1e-9 * space.costs(candidates), kind="stable")[:BEAM]]
        if np.isfinite(bounds(search)[0]):
            return
