"""Candidates of linear models: the margin is a constant plus one term for each value."""
import numpy as np

from explainers.search.pairs import single_changes
from explainers.search.tables import ValueTable, axis_values
from explainers.shapley.encoding import LINEAR, floats


class AdditiveReader:
    """What cases share: weights, and the terms of single values."""
    fast = True

    def __init__(self, workspace, encoding):
        last = encoding.last
        self.encoding = encoding
        self.weights = np.atleast_2d(np.asarray(last.coef_, dtype=float)).T
        self.start = np.atleast_1d(np.asarray(last.intercept_, dtype=float))
        self.classifier = hasattr(last, "classes_")
        owners = np.array(encoding.owners, dtype=object)
        self.places = {player.name: np.flatnonzero(np.isin(owners, player.columns)) for player in workspace.domain.players}
        self.table = ValueTable(workspace.domain, self._terms)

    @classmethod
    def build(cls, workspace, encoding):
        return cls(workspace, encoding) if type(encoding.last).__name__ in LINEAR else None

    def _terms(self, frame, players):
        codes = floats(self.encoding.codes(frame))
        return [row[self.places[player]] @ self.weights[self.places[player]] for row, player in zip(codes, players)]

    def margins(self, frame):
        return floats(self.encoding.codes(frame)) @ self.weights + self.start

    def outputs(self, frame):
        return self.linked(self.margins(frame))

    def linked(self, margins):
        if not self.classifier:
            return margins[:, 0]
        if margins.shape[1] == 1:
            share = 1 / (1 + np.exp(-np.clip(margins[:, 0], -700, 700)))
            return np.column_stack([1 - share, share])
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def scorer(self, space):
        return AdditiveScorer(space, self)


class AdditiveScorer:
    fast = True
    calls = 0

    def __init__(self, space, reader):
        self.space, self.reader = space, reader
        self.present = reader.table.present(space.before)
        self.base = reader.start + sum(self.present.values())
        self.tables, self.nudged = {}, {}

    def predictions(self, full):
        return self.reader.linked(self.margins(full))

    def pairs(self, places):
        """(lever place and position of each single change, margins of every two of them: n x n x n_outputs)."""
        self._read()
        owner, position = single_changes(self.space, places)
        terms = np.concatenate([self.tables[self.space.axes[place].name][1:] for place in places])
        return owner, position, self.base + terms[:, None] + terms[None, :]

    def gains(self, target):
        """(for each lever what its positions add to the margin, how much is missing), or None where one sum does not tell:
        more than two outcomes, both ends of a range, or relations between features."""
        space = self.space
        if len(self.base) > 1 or space.relations.follows or space.rules:
            return None
        self._read()
        if target.outcome is None:
            if np.isfinite(target.low) == np.isfinite(target.high):
                return None
            sign, wanted = (1.0, target.low) if np.isfinite(target.low) else (-1.0, -target.high)
        else:
            shares = [share for share in (target.least, None if target.below is None else 1 - target.below) if share is not None]
            if target.contest is not None or not shares or not 0 < max(shares) < 1:
                return None
            sign, wanted = 1.0 if target.position else -1.0, np.log(max(shares) / (1 - max(shares)))
        return [sign * self.tables[lever.name][:, 0] for lever in space.levers], float(wanted - sign * self.base[0])

    def block_predictions(self, full, place, positions):
        """The same for every candidate of `full` with each of `positions` at `place`, in that order of rows."""
        margins = self.margins(full)[:, None, :] + self.tables[self.space.axes[place].name][positions][None, :, :]
        return self.reader.linked(margins.reshape(-1, margins.shape[-1]))

    def moved(self, full, nudges):
        """Predictions of `full` with each of the nudges in turn: 2 x n_nudges x n_rows, less before more."""
        margins = self.margins(full)
        terms = self.reader.table.nudged(nudges, self.nudged, self.space.before)
        moved = np.empty((len(nudges), 2, *margins.shape))
        for row, nudge in zip(moved, nudges):
            positions = nudge.positions(full)
            now = self.present[nudge.name] + (0.0 if nudge.place is None else self.tables[nudge.name][positions])
            row[:] = margins + terms[nudge.name][:, positions] - now
        return self.reader.linked(moved.reshape(-1, margins.shape[-1]))

    def margins(self, full):
        self._read()
        margins = np.repeat(self.base[None], len(full), axis=0)
        for place, axis in enumerate(self.space.axes):
            positions = full[:, place]
            if positions.any():
                margins += self.tables[axis.name][positions]
        return margins

    def _read(self):
        """Terms of each value, less that of the present one."""
        wanted = {axis.name: axis_values(axis) for axis in self.space.axes if len(self.tables.get(axis.name, ())) != len(axis)}
        if wanted:
            found = self.reader.table.of(wanted, self.space.before)
            self.tables |= {name: terms - terms[0] for name, terms in found.items()}
