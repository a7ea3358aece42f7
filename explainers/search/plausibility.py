"""How near a changed row is to real ones: Gower distance to the nearest training row of the wanted outcome.

Gower (1971): mean over features of |difference| / range of the training rows (at most 1) for numbers, 0 or 1 for
categories; a missing value differs from every other by 1.
"""
import numpy as np

SAMPLE = 1000
USUAL = 0.95
USUAL_SAMPLE = 300
LARGEST = 4000


class Reference:
    """Training rows of the wanted outcome (at most SAMPLE, drawn with a fixed seed).

    usual   the USUAL quantile of the distance of such a row to its nearest other one: the limit for "plausible"
    """

    def __init__(self, domain, rows):
        self.domain = domain
        rows = rows if len(rows) <= SAMPLE else rows.sample(SAMPLE, random_state=0).sort_index()
        self.count, self.ids = len(rows), rows.index
        self.ranges, self.codes = {}, {}
        for name, feature in domain.features.items():
            if feature.type == "number":
                self.ranges[name] = float(domain.train[name].max() - domain.train[name].min()) or 1.0
            else:
                self.codes[name] = {raw: place for place, raw in enumerate(feature.codes.values())}
        self.rows = {name: self._encoded(name, rows[name].to_numpy(dtype=float if name in self.ranges else object))
                     for name in domain.features}
        self.known = {}
        self.usual = self._usual()

    def _encoded(self, name, values):
        if name in self.ranges:
            return (np.asarray(values, dtype=float) / self.ranges[name]).astype(np.float32)
        codes = self.codes[name]
        return np.array([codes.get(value, np.nan) for value in values], dtype=np.float32)

    def _part(self, name, own, rows=slice(None)):
        """n_values x n_reference: the distance in one feature; `own` are encoded values."""
        own, others = own[:, None], self.rows[name][None, rows]
        part = np.abs(own - others)
        part = np.minimum(part, np.float32(1)) if name in self.ranges else (part > 0).astype(np.float32)
        if np.isnan(own).any() or np.isnan(others).any():
            part = np.where(np.isnan(own) != np.isnan(others), np.float32(1), np.where(np.isnan(own), np.float32(0), part))
        return part

    def parts(self, axis):
        """n_positions x n_reference: the sum over the axis' columns of the distance in each, for every value it may take."""
        total = np.zeros((len(axis), self.count), dtype=np.float32)
        for column in axis.columns:
            values = axis.values[column].tolist()
            known = self.known.setdefault(column, {})
            if len(known) > LARGEST:
                known.clear()
            new = [value for value in dict.fromkeys(values) if value not in known]
            if new:
                known.update(zip(new, self._part(column, self._encoded(column, new))))
            total += np.array([known[value] for value in values])
        return total

    def parts_of(self, axis, rows):
        """n_positions x n_rows: the same for some of the reference rows, by their places."""
        return sum(self._part(column, self._encoded(column, axis.values[column].tolist()), rows) for column in axis.columns)

    def _usual(self):
        if self.count < 2:
            return 1.0
        places = np.arange(0, self.count, max(1, self.count // USUAL_SAMPLE))
        total = sum(self._part(name, self.rows[name][places]) for name in self.domain.features)
        total[np.arange(len(places)), places] = np.inf
        return float(np.quantile(total.min(axis=1) / len(self.domain.features), USUAL))


class Distances:
    """Distances of the candidates of one space to a reference."""

    def __init__(self, space, reference):
        self.space, self.reference = space, reference
        own = [reference._part(name, reference._encoded(name, space.before[name].tolist()))[0] for name in space.domain.features]
        self.present = np.sum(own, axis=0)
        self.tables = {}

    def __call__(self, full):
        """n_rows: distance of extended candidates to the nearest reference row; NaN where there is none."""
        if self.reference.count == 0:
            return np.full(len(full), np.nan)
        total = np.repeat(self.present[None], len(full), axis=0)
        for place, axis in enumerate(self.space.axes):
            rows = np.flatnonzero(full[:, place])
            if len(rows):
                table = self._table(axis)
                total[rows] += table[full[rows, place]]
        return np.maximum(total.min(axis=1), 0).astype(float) / len(self.space.domain.features)

    def nearest(self, candidate):
        """Id of the reference row nearest to one extended candidate."""
        total = sum((self._table(axis)[candidate[place]] for place, axis in enumerate(self.space.axes)), self.present)
        return self.reference.ids[int(np.argmin(total))]

    def _table(self, axis):
        if len(self.tables.get(axis.name, ())) != len(axis):
            parts = self.reference.parts(axis)
            self.tables[axis.name] = parts - parts[0]
        return self.tables[axis.name]


def reference_of(workspace, target):
    """The Reference for a target; prepared once for each outcome, and for each range of a regression."""
    domain = workspace.domain
    if target.outcome is not None:
        return workspace.prepared(("reference", target.outcome),
                                  lambda: Reference(domain, domain.train[domain.train_target == target.outcome]))
    met = (domain.train_target >= target.low) & (domain.train_target <= target.high)
    return Reference(domain, domain.train[met])
