"""What each single value means to a model, kept for the next case: values repeat, so most of a search needs no model call.

Only for models whose preparation treats every column for itself: there a row's code is put together from the codes of
its values.
"""
import numpy as np
import pandas as pd

from explainers.search.cost import scales
from explainers.search.levers import noise_of
from explainers.search.space import one_row

LARGEST = 5000
PREPARED = 300


class ValueTable:
    """player -> {values of its columns: row of numbers}; `make(frame, player)` gives the rows of a raw frame."""

    def __init__(self, domain, make):
        self.domain, self.make = domain, make
        self.known = {player.name: {} for player in domain.players}
        self.columns = {player.name: player.columns for player in domain.players}

    def prepare(self, most):
        """Learn values that cases are likely to ask for, at most about `most`: codes, and of each number its steps or quantiles."""
        share = min(PREPARED, most // max(1, len(self.domain.features)))
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
            self.of(wanted, one_row(self.domain.train.iloc[:1], self.domain))

    def of(self, wanted, before):
        """{player: list of value tuples} -> {player: n_values x ... array}; `before` fills the other columns."""
        missing = []
        for player, values in wanted.items():
            known = self.known[player]
            if len(known) > LARGEST:
                known.clear()
            missing += [(player, value) for value in dict.fromkeys(values) if value not in known]
        if missing:
            self._learn(missing, before)
        return {player: np.array([self.known[player][value] for value in values]) for player, values in wanted.items()}

    def of_each(self, moves, before):
        """Rows for each (player of one column, raw values) of `moves`; what is not known yet is asked for in one go."""
        wanted = {}
        for name, values in moves:
            wanted.setdefault(name, []).extend((value,) for value in values)
        known = self.of(wanted, before)
        found, used = [], dict.fromkeys(wanted, 0)
        for name, values in moves:
            found.append(known[name][used[name]:used[name] + len(values)])
            used[name] += len(values)
        return found

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


def axis_values(axis):
    """The tuples of raw values of an axis, one for each position."""
    columns = [axis.values[column].tolist() for column in axis.columns]
    return list(zip(*columns))
