"""Shapley values of any model that can be called: every coalition where that is affordable, else permutations.

Players in which x and a background row agree get nothing from that row, so only the others are switched.
"""
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.progress import tell
from explainers.shapley.control import less_noisy, log_odds_of
from explainers.shapley.hypercube import shapley_of_tables

LARGEST_EXACT = 60_000      # model rows for all coalitions
LARGEST_SAMPLE = 240_000    # model rows for permutations; twice as many where they need not be encoded first
FIRST_ROUNDS = 4
REPORTED = 6                # reasons whose order is to be stable
NEGLIGIBLE = 2e-3           # differences of this share of the output's range (a fifth of a point) need no order
CHUNK = 5_000


@dataclass(frozen=True, eq=False)
class Estimate:
    """values, errors: n_players (errors None where exact); rows: model rows evaluated; stable: order settled?"""
    values: np.ndarray
    errors: np.ndarray | None
    rows: int
    stable: bool = True


class Mixer:
    """Builds rows that take some players' columns from x and the others from background rows."""
    largest = 1
    expected = None         # rows that it will be asked about, at most

    def __init__(self, x, background, players, call):
        """x: one-row frame; background: n rows; players: tuples of columns; call: frame -> n values."""
        self.count, self.players, self.call = len(background), players, call
        joined = pd.concat([background, x], ignore_index=True)
        self.columns = {column: joined[column].array for column in background.columns}
        self.owner = {column: number for number, columns in enumerate(players) for column in columns}
        self.rows = 0

    def differs(self):
        """n_background x n_players: is any of the player's columns different from x?"""
        found = np.zeros((self.count, len(self.players)), dtype=bool)
        for column, number in self.owner.items():
            codes = pd.factorize(self.columns[column], use_na_sentinel=True)[0]
            found[:, number] |= codes[:-1] != codes[-1]
        return found

    def values(self, row, taken):
        """n: model output; row: n background row numbers; taken: n x n_players, from x where True."""
        parts = []
        for begin in range(0, len(row), CHUNK):
            tell("rows", self.rows + begin, self.expected)
            parts.append(self.call(self.mixed(row[begin:begin + CHUNK], taken[begin:begin + CHUNK])))
        self.rows += len(row)
        return np.concatenate(parts)

    def mixed(self, rows, mask):
        return pd.DataFrame({column: array.take(np.where(mask[:, self.owner[column]], self.count, rows))
                             if column in self.owner else array.take(rows) for column, array in self.columns.items()})


class CodeMixer(Mixer):
    """The same with rows that are encoded as numbers already; owner: number of each column's player."""
    largest = 2

    def __init__(self, x, background, owner, count, call):
        self.x, self.background, self.columns_owner, self.call = x, background, owner, call
        self.count, self.players, self.rows = len(background), range(count), 0

    def differs(self):
        apart = (self.background != self.x) & ~(np.isnan(self.background) & np.isnan(self.x))
        found = np.zeros((self.count, len(self.players)), dtype=bool)
        for column, number in enumerate(self.columns_owner):
            found[:, number] |= apart[:, column]
        return found

    def mixed(self, rows, mask):
        return np.where(mask[:, self.columns_owner], self.x, self.background[rows])


def mixer_of(x, background, owners, domain, call):
    """Mixer of encoded rows, plain arrays or frames as an encoding gives them; owners: raw column that each is made from."""
    number = {column: number for number, player in enumerate(domain.players) for column in player.columns}
    owner = np.array([number[name] for name in owners])
    if hasattr(x, "columns"):
        return Mixer(x, background, [tuple(x.columns[owner == player]) for player in range(len(domain.players))], call)
    if x.dtype.kind in "fiub":
        return CodeMixer(x.astype(float), background.astype(float), owner, len(domain.players), call)
    columns = [f"x{at}" for at in range(x.shape[1])]
    framed = Mixer(pd.DataFrame(x, columns=columns), pd.DataFrame(background, columns=columns),
                   [tuple(np.array(columns)[owner == player]) for player in range(len(domain.players))],
                   lambda frame: call(frame.to_numpy(dtype=object)))
    return framed


def blackbox_values(x, background, players, call, seed, span=1.0, shares=False):
    """Estimate for one row; span: range of the output, to judge which differences matter; shares: are outputs probabilities?"""
    return mixed_values(Mixer(x, background, players, call), seed, span, shares)


def mixed_values(mixer, seed, span=1.0, shares=False):
    """The same for a mixer."""
    differs = mixer.differs()
    coalitions = (2.0 ** differs.sum(axis=1)).sum()
    mixer.expected = int(coalitions) if coalitions <= LARGEST_EXACT else mixer.largest * LARGEST_SAMPLE
    if coalitions <= LARGEST_EXACT:
        return Estimate(_all_coalitions(mixer, differs), None, mixer.rows)
    return _permutations(mixer, differs, np.random.default_rng(seed), span, shares)


def _all_coalitions(mixer, differs):
    values = np.zeros(differs.shape[1])
    sizes = differs.sum(axis=1)
    row, taken = [], []
    for number, d in enumerate(sizes):
        mask = np.zeros((1 << d, differs.shape[1]), dtype=bool)
        mask[:, differs[number]] = (np.arange(1 << d)[:, None] >> np.arange(d)) & 1
        row.append(np.full(1 << d, number))
        taken.append(mask)
    found = mixer.values(np.concatenate(row), np.concatenate(taken))
    ends = np.cumsum(1 << sizes)
    for number, (d, end) in enumerate(zip(sizes, ends)):
        if d:
            values[differs[number]] += shapley_of_tables(found[end - (1 << d):end, None], int(d))[:, 0]
    return values / len(sizes)


def _permutations(mixer, differs, random, span, shares):
    """Antithetic pairs, one a background row and round, until the order of the reported reasons is settled."""
    ends = _ends(mixer, differs)
    walk = lambda: _round(mixer, differs, ends, random)
    rounds = [walk() for _ in range(FIRST_ROUNDS)]
    step = int(2 * differs.sum())
    while True:
        found = np.stack([each.gains for each in rounds])
        if shares:
            found = less_noisy(found, rounds, ends, differs)
        values = found.mean(axis=(0, 1))
        errors = np.sqrt((found.var(axis=0, ddof=1) / len(rounds)).sum(axis=0)) / len(differs)
        settled = order_settled(found, values, span)
        if settled or mixer.rows + step * len(rounds) // 2 > mixer.expected:
            return Estimate(values, errors, mixer.rows, settled)
        rounds += [walk() for _ in range(max(2, len(rounds) // 2))]


def order_settled(found, values, span):
    """Do neighbours among the reported reasons differ by two standard errors, or by nothing that matters?"""
    n_rounds, n_rows, _ = found.shape
    order = np.argsort(-np.abs(values), kind="stable")[:REPORTED + 1]
    signed = found[:, :, order] * np.sign(values[order])
    gaps = signed[:, :, :-1] - signed[:, :, 1:]
    errors = np.sqrt((gaps.var(axis=0, ddof=1) / n_rounds).sum(axis=0)) / n_rows
    gap = gaps.mean(axis=(0, 1))
    return bool(np.all((gap > 2 * errors) | (errors < NEGLIGIBLE * span)))


def _ends(mixer, differs):
    """(values of the background rows, value of x)"""
    none = np.zeros_like(differs)
    found = mixer.values(np.r_[np.arange(len(differs)), 0], np.vstack([none, np.ones((1, differs.shape[1]), dtype=bool)]))
    return found[:-1], found[-1]


@dataclass(frozen=True, eq=False)
class Round:
    """One random order and its reverse for each background row: gains and gains in log-odds, n_background x n_players; rank:
    place of each player in the order (those that do not differ come last)."""
    gains: np.ndarray
    log_odds: np.ndarray
    rank: np.ndarray


def _round(mixer, differs, ends, random):
    n, m = differs.shape
    keys = np.where(differs, random.random((n, m)), 2.0)
    rank = np.argsort(np.argsort(keys, axis=1), axis=1)
    sizes = differs.sum(axis=1)
    gains, log_odds = np.zeros((2, n, m))
    row, player = np.nonzero(differs)
    for forward in (True, False):
        place = np.where(differs, rank if forward else sizes[:, None] - 1 - rank, m)
        values = _walk(mixer, place, sizes, ends)
        gains[row, player] += np.diff(values, axis=1)[row, place[row, player]] / 2
        log_odds[row, player] += np.diff(log_odds_of(values), axis=1)[row, place[row, player]] / 2
    return Round(gains, log_odds, rank)


def _walk(mixer, place, sizes, ends):
    """n_background x (n_players + 1): outputs while players are taken from x in the order of their `place`."""
    m = place.shape[1]
    steps = np.arange(1, m)
    taken = place[:, None, :] < steps[None, :, None]
    values = np.where(np.arange(m + 1)[None, :] < sizes[:, None], 0.0, ends[1])
    values[:, 0] = np.where(sizes > 0, ends[0], ends[1])
    row, at = np.nonzero(steps[None, :] < sizes[:, None])
    if len(row):
        values[row, at + 1] = mixer.values(row, taken[row, at])
    return values
