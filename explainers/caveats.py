"""What to be careful about with one case: near the boundary, unlike the data, values out of range.

Each caveat is {"code": ..., its numbers}; the words stand in the templates.
    near_boundary   {"score", "threshold", "distance"}: probability of the favourable outcome within MARGIN of the threshold
    out_of_range    {"feature", "value", "low", "high"}: a number beyond what the model has learned from
    unlike_data     {"distance", "usual", "feature"}: farther from its nearest training rows than 95 in 100 of them are
    missing_value   {"feature"}
"""
import numpy as np

MARGIN = 0.05
NEIGHBOURS = 5
SAMPLE = 2000


def caveats_of(scene):
    """Caveats of a scene of one row, the gravest first."""
    return tuple(_near_boundary(scene) + _out_of_range(scene) + _unlike(scene) + _missing(scene))


def _near_boundary(scene):
    domain = scene.domain
    if domain.regression or domain.favourable is None or len(domain.outcomes) != 2:
        return []
    score = float(scene.model.score(scene.rows, domain.favourable)[0])
    distance = abs(score - domain.threshold)
    if distance > MARGIN:
        return []
    return [{"code": "near_boundary", "score": score, "threshold": domain.threshold, "distance": distance}]


def _out_of_range(scene):
    train, found = scene.domain.train, []
    for name, feature in scene.domain.features.items():
        if feature.type == "number":
            value, low, high = float(scene.rows[name].iloc[0]), float(train[name].min()), float(train[name].max())
            if value < low or value > high:
                found.append({"code": "out_of_range", "feature": name, "value": feature.json(scene.rows[name].iloc[0]),
                              "low": feature.json(train[name].min()), "high": feature.json(train[name].max())})
    return found


def _missing(scene):
    row = scene.rows.iloc[0]
    usual = scene.domain.train.isna().mean()
    return [{"code": "missing_value", "feature": name} for name in scene.domain.features
            if row.isna()[name] and usual[name] < 0.05]


def _unlike(scene):
    distances = scene.workspace.prepared("gower", lambda: Gower(scene.domain))
    near, parts = distances.nearest(scene.rows, NEIGHBOURS)
    usual = scene.workspace.prepared("gower usual", lambda: distances.usual(NEIGHBOURS))
    if near <= usual:
        return []
    return [{"code": "unlike_data", "distance": near, "usual": usual, "feature": max(parts, key=parts.get)}]


class Gower:
    """Gower (1971) distance to training rows: mean over features of |difference| / range, or 0/1 for categories.

    A missing value differs from every other by 1. At most SAMPLE training rows, drawn with a fixed seed.
    """

    def __init__(self, domain):
        self.domain = domain
        train = domain.train
        self.rows = train if len(train) <= SAMPLE else train.sample(SAMPLE, random_state=0).sort_index()
        self.ranges = {name: float(train[name].max() - train[name].min()) or 1.0
                       for name, feature in domain.features.items() if feature.type == "number"}
        self.columns = self._columns(self.rows)

    def _columns(self, frame):
        return {name: frame[name].to_numpy(dtype=float) if name in self.ranges else frame[name].to_numpy(dtype=object)
                for name in self.domain.features}

    def parts(self, row):
        """n_features x n_train: the distance in each feature of a one-row frame."""
        values = self._columns(row)
        parts = []
        for name, column in self.columns.items():
            value = values[name][0]
            if name in self.ranges:
                part = np.minimum(np.abs(column - value) / self.ranges[name], 1.0)
                part = np.where(np.isnan(part), (np.isnan(column) != np.isnan(value)).astype(float), part)
            else:
                part = (column != value).astype(float)
            parts.append(part)
        return np.array(parts)

    def nearest(self, row, count):
        """(mean distance to the nearest `count` rows, feature -> its share of that distance)."""
        parts = self.parts(row)
        total = parts.mean(axis=0)
        close = np.argsort(total, kind="stable")[:count]
        return float(total[close].mean()), dict(zip(self.columns, parts[:, close].mean(axis=1)))

    def usual(self, count):
        """95th percentile of that distance among (at most 300 of) the training rows themselves."""
        sample = self.rows.iloc[:: max(1, len(self.rows) // 300)]
        found = []
        for position in range(len(sample)):
            total = np.sort(self.parts(sample.iloc[[position]]).mean(axis=0))
            found.append(total[1:count + 1].mean())
        return float(np.quantile(found, 0.95))
