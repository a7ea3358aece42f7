"""What each single value means to a model, kept for the next case: values repeat, so most of a search needs no model call.

Only for models whose preparation treats every column for itself: there a row's code is put together from the codes of
its values. A number whose code grows in a straight line, as that of most scalers does, is worked out.
"""
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.search.cost import scales
from explainers.search.levers import noise_of
from explainers.search.space import one_row

LARGEST = 5000
LEARNT = 20_000_000     # numbers in all rows that are learnt beforehand
PREPARED = 300
STRAIGHT = 1e-9


@dataclass(frozen=True, eq=False)
class Line:
    """The row of a number from `low` to `high` is `start` + (number - `low`) x `slope`."""
    low: float
    high: float
    start: np.ndarray
    slope: np.ndarray

    def holds(self, values):
        return bool(((values >= self.low) & (values <= self.high)).all())

    def __call__(self, values):
        return self.start + (values - self.low)[:, None] * self.slope


class ValueTable:
    """player -> {values of its columns: row of numbers}; `make(frame, player)` gives the rows of a raw frame.

    lines   player -> Line, for numbers that have one
    """

    def __init__(self, domain, make):
        self.domain, self.make = domain, make
        self.lines = {}
        self.known = {player.name: {} for player in domain.players}
        self.columns = {player.name: player.columns for player in domain.players}

    def prepare(self, width):
        """Learn values that cases are likely to ask for: codes, and of each number its steps or quantiles. width: numbers in a row."""
        share = min(PREPARED, LEARNT // max(1, width) // max(1, len(self.domain.features)))
        wanted, scale = {}, scales(self.domain)
        for feature in self.domain.features.values():
            values = self.domain.train[feature.name].dropna()
            if (feature.name,) != self.columns.get(feature.name) or len(values) == 0 or share < 2:
                continue
            if feature.type == "number":
                wanted[feature.name] = [(value,) for value in _likely(values.to_numpy(dtype=float), feature.step or 1.0,
                                                                             noise_of(feature, scale), share)]
            else:
                wanted[feature.name] = [(value,) for value in values.unique().tolist()]
        if wanted:
            found = self.of(wanted, one_row(self.domain.train.iloc[:1], self.domain))
            numbers = [name for name in wanted if self.domain.features[name].type == "number"]
            lines = {name: _line(np.array(wanted[name], dtype=float)[:, 0], found[name]) for name in numbers}
            self.lines = {name: line for name, line in lines.items() if line is not None}

    def of(self, wanted, before):
        """{player: array of numbers, or list of value tuples} -> {player: n_values x ... array}; `before` fills the other columns."""
        told, missing = {}, []
        for player, values in wanted.items():
            if isinstance(values, np.ndarray):
                line = self.lines.get(player)
                if line is not None and line.holds(values):
                    told[player] = line(values)
                    continue
                values = _tuples(values)
            known = self.known[player]
            if len(known) > LARGEST:
                known.clear()
            told[player] = values
            missing += [(player, value) for value in dict.fromkeys(values) if value not in known]
        if missing:
            self._learn(missing, before)
        return {player: values if isinstance(values, np.ndarray) else np.array([self.known[player][value] for value in values])
                for player, values in told.items()}

    def nudged(self, nudges, known, before):
        """Add to `known`, for each nudge that is not there yet or has grown, its rows: 2 x n_positions x ..."""
        new = [nudge for nudge in nudges if nudge.name not in known or known[nudge.name].shape[1] != nudge.values.shape[1]]
        if new:
            found = self.of({nudge.name: nudge.values.ravel() for nudge in new}, before)
            known |= {nudge.name: found[nudge.name].reshape(nudge.values.shape + found[nudge.name].shape[1:]) for nudge in new}
        return known

    def of_axes(self, axes, known, before):
        """Rows of each axis that is not among the `known` ones or has grown since: {its name: n_positions x ...}."""
        wanted = {axis.name: values_of(axis.columns, axis.values) for axis in axes if len(known.get(axis.name, ())) != len(axis)}
        return self.of(wanted, before) if wanted else {}

    def present(self, before):
        """player -> row of the case's own values."""
        wanted = {player: values_of(columns, before) for player, columns in self.columns.items()}
        return {player: rows[0] for player, rows in self.of(wanted, before).items()}

    def _learn(self, missing, before):
        count = len(missing)
        columns = {}
        for name, dtype in self.domain.frame.dtypes.items():
            column = np.repeat(before[name], count)
            columns[name] = column.astype(object) if dtype.kind not in "f" else column
        for place, (player, value) in enumerate(missing):
            for column, part in zip(self.columns[player], value):
                columns[column][place] = part
        frame = pd.DataFrame({name: _typed(columns[name], dtype) for name, dtype in self.domain.frame.dtypes.items()}, copy=False)
        rows = self.make(frame, [player for player, _ in missing])
        for (player, value), row in zip(missing, rows):
            self.known[player][value] = row


def _likely(values, step, noise, most):
    """Multiples of the step from the least to the most of the values, and the noise beyond; where too many, quantiles."""
    first, last = np.ceil((values.min() - noise) / step - 1e-9), np.floor((values.max() + noise) / step + 1e-9)
    found = np.arange(first, last + 1)
    if len(found) > most:
        found = np.unique(np.round(np.quantile(values, np.linspace(0, 1, most)) / step))
    return np.round(found * step, 10).tolist()


def _typed(values, dtype):
    if dtype.kind in "iu":
        try:
            numbers = values.astype(float)
            return numbers.astype(dtype) if np.all(numbers == np.round(numbers)) else numbers
        except (TypeError, ValueError):
            return values
    return values if dtype.kind == "f" else pd.array(values, dtype=dtype)


def _line(numbers, rows):
    """The Line that all rows lie on, or None."""
    order = np.argsort(numbers)
    numbers, rows = numbers[order], rows[order]
    if len(numbers) < 3 or rows.dtype.kind != "f" or rows.ndim != 2 or not np.isfinite(rows).all():
        return None
    line = Line(numbers[0], numbers[-1], rows[0], (rows[-1] - rows[0]) / (numbers[-1] - numbers[0]))
    return line if np.abs(line(numbers) - rows).max(initial=0.0) <= STRAIGHT * max(1.0, np.abs(rows).max(initial=0.0)) else None


def _tuples(values):
    """Of a missing number always the same one, as only that equals itself."""
    return [(value if value == value else np.nan,) for value in values.tolist()]


def values_of(columns, found):
    """One column of numbers as it is, else the tuples of raw values of all columns."""
    if len(columns) == 1 and found[columns[0]].dtype.kind in "iuf":
        return found[columns[0]]
    return list(zip(*(found[column].tolist() for column in columns)))
