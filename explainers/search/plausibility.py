"""How near a changed row is to real ones: Gower distance to the nearest training row of the wanted outcome."""
import numpy as np

SAMPLE = 2000
USUAL = 0.95
CHUNK = 200000


class Reference:
    """Training rows of the wanted outcome (at most SAMPLE, drawn with a fixed seed), ready for distances.

    Gower (1971): mean over features of |difference| / range of the training rows (at most 1) for numbers, 0 or 1 for
    categories; a missing value differs from every other by 1.
    """

    def __init__(self, domain, rows):
        self.domain = domain
        self.ranges = {}
        rows = rows if len(rows) <= SAMPLE else rows.sample(SAMPLE, random_state=0).sort_index()
        self.codes = {}
        for name, feature in domain.features.items():
            if feature.type == "number":
                self.ranges[name] = float(domain.train[name].max() - domain.train[name].min()) or 1.0
            else:
                self.codes[name] = {raw: place for place, raw in enumerate(feature.codes.values())}
        self.count = len(rows)
        self.rows = {name: self._encoded(name, rows[name].to_numpy(dtype=float if name in self.ranges else object))
                     for name in domain.features}
        self.usual = self._usual()

    def _encoded(self, name, values):
        if name in self.ranges:
            return np.asarray(values, dtype=float) / self.ranges[name]
        codes = self.codes[name]
        return np.array([codes.get(value, np.nan) for value in values], dtype=float)

    def _part(self, name, values):
        """n_rows x n_reference: the distance in one feature."""
        own = self._encoded(name, values)[:, None]
        others = self.rows[name][None, :]
        part = np.abs(own - others)
        part = np.minimum(part, 1.0) if name in self.ranges else (part > 0).astype(float)
        one_missing = np.isnan(own) != np.isnan(others)
        both = np.isnan(own) & np.isnan(others)
        return np.where(one_missing, 1.0, np.where(both, 0.0, part))

    def distances(self, columns):
        """n_rows: distance to the nearest reference row; `columns`: feature -> n_rows raw values."""
        count = len(next(iter(columns.values())))
        if self.count == 0:
            return np.full(count, np.nan)
        total = sum(self._part(name, columns[name]) for name in self.domain.features)
        return total.min(axis=1) / len(self.domain.features)

    def _usual(self):
        """The USUAL quantile of the distance of a reference row (at most 300 of them) to its nearest other one."""
        if self.count < 2:
            return 1.0
        places = np.arange(0, self.count, max(1, self.count // 300))
        total = np.zeros((len(places), self.count))
        for name in self.domain.features:
            own, others = self.rows[name][places][:, None], self.rows[name][None, :]
            part = np.abs(own - others)
            part = np.minimum(part, 1.0) if name in self.ranges else (part > 0).astype(float)
            total += np.where(np.isnan(own) != np.isnan(others), 1.0, np.where(np.isnan(own) & np.isnan(others), 0.0, part))
        total[np.arange(len(places)), places] = np.inf
        return float(np.quantile(total.min(axis=1) / len(self.domain.features), USUAL))


def reference(workspace, target):
    """The Reference for a target; prepared once for each outcome or range."""
    domain = workspace.domain
    if target.outcome is not None:
        return workspace.prepared(("reference", target.outcome),
                                  lambda: Reference(domain, domain.train[domain.train_target == target.outcome]))
    met = (domain.train_target >= target.low) & (domain.train_target <= target.high)
    return workspace.prepared(("reference", target.low, target.high), lambda: Reference(domain, domain.train[met]))
