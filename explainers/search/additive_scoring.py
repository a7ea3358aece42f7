"""Candidates of models that begin with a sum of one term for each value: linear models, and networks (network_scoring.py)."""
import numpy as np

from explainers.search.candidates import single_changes
from explainers.search.tables import ValueTable
from explainers.shapley.encoding import LINEAR, floats


class TermsReader:
    """What cases share: the terms of single values. `linked(sums)` makes of n_rows x n_sums what `model.predict` gives."""

    def __init__(self, workspace, encoding, weights, start):
        self.encoding, self.weights, self.start = encoding, weights, start
        owners = np.array(encoding.owners, dtype=object)
        self.places = {player.name: np.flatnonzero(np.isin(owners, player.columns)) for player in workspace.domain.players}
        self.table = ValueTable(workspace.domain, self._terms)
        self.table.prepare(weights.shape[1])

    def _terms(self, frame, players):
        codes = floats(self.encoding.codes(frame))
        return [row[self.places[player]] @ self.weights[self.places[player]] for row, player in zip(codes, players)]

    def outputs(self, frame):
        return self.linked(floats(self.encoding.codes(frame)) @ self.weights + self.start)


class AdditiveReader(TermsReader):
    fast = True

    @classmethod
    def build(cls, workspace, encoding):
        last = encoding.last
        if type(last).__name__ not in LINEAR:
            return None
        reader = cls(workspace, encoding, np.atleast_2d(np.asarray(last.coef_, dtype=float)).T,
                     np.atleast_1d(np.asarray(last.intercept_, dtype=float)))
        reader.classifier = hasattr(last, "classes_")
        return reader

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


class TermsScorer:
    """base: the sums of the case as it is; tables: for each axis what its positions add to them."""
    fast = False
    calls = 0

    def __init__(self, space, reader):
        self.space, self.reader = space, reader
        self.present = reader.table.present(space.before)
        self.base = reader.start + sum(self.present.values())
        self.tables, self.nudged, self.flat = {}, {}, None

    def predictions(self, full):
        return self.reader.linked(self.margins(full))

    def margins(self, full):
        """n_rows x n_sums."""
        self._read()
        terms, starts = self.flat
        rows, places = np.nonzero(full)
        which = starts[places] + full[rows, places]
        margins = np.repeat(self.base[None], len(full), axis=0)
        counts = np.bincount(rows, minlength=len(full))
        first = np.cumsum(counts) - counts
        for turn in range(counts.max(initial=0)):
            own = np.flatnonzero(counts > turn)
            margins[own] += terms[which[first[own] + turn]]
        return margins

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

    def _read(self):
        """Terms of each value, less that of the present one."""
        found = self.reader.table.of_axes(self.space.axes, self.tables, self.space.before)
        if found or self.flat is None:
            self.tables |= {name: terms - terms[0] for name, terms in found.items()}
            starts = np.cumsum([0, *(len(axis) for axis in self.space.axes)])[:-1]
            self.flat = np.concatenate([self.tables[axis.name] for axis in self.space.axes]), starts


class AdditiveScorer(TermsScorer):
    fast = True

    def pairs(self, places):
        """(lever place and position of each single change, margins of every two of them: n x n x n_outputs)."""
        self._read()
        owner, position = single_changes(self.space, places)
        terms = np.concatenate([self.tables[self.space.axes[place].name][1:] for place in places])
        return owner, position, self.base + terms[:, None] + terms[None, :]

    def gains(self, target):
        """(for each lever what its positions add to the margin, how much is missing), or None where one sum does not tell:
        more than two outcomes, both ends of a range, or relations between features."""
        space, wanted = self.space, target.margin()
        if len(self.base) > 1 or space.relations.follows or space.rules or wanted is None:
            return None
        self._read()
        sign, wanted = wanted
        return [sign * self.tables[lever.name][:, 0] for lever in space.levers], float(wanted - sign * self.base[0])

    def block_predictions(self, full, place, positions):
        """The same for every candidate of `full` with each of `positions` at `place`, in that order of rows."""
        margins = self.margins(full)[:, None, :] + self.tables[self.space.axes[place].name][positions][None, :, :]
        return self.reader.linked(margins.reshape(-1, margins.shape[-1]))
