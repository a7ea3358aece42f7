"""What each single value means to a model, kept for the next case: values repeat, so most of a search needs no model call.

Only for models whose preparation treats every column for itself: there a row's code is put together from the codes of
its values.
"""
import numpy as np
import pandas as pd

LARGEST = 5000


class ValueTable:
    """player -> {values of its columns: row of numbers}; `make(frame, player)` gives the rows of a raw frame."""

    def __init__(self, domain, make):
        self.domain, self.make = domain, make
        self.known = {player.name: {} for player in domain.players}
        self.columns = {player.name: player.columns for player in domain.players}

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
