"""What a change costs.

Numbers: |change| / MAD over the training rows (over the range / 4 where the MAD is 0). Categories: 1; ordered ones
|difference in rank| / (levels - 1). A value in the place of a missing one costs 1, and a family of columns counts as one
category. The cost of several changes is their sum.
"""
import numpy as np


def scales(domain):
    """feature -> what a change of a number is divided by: the MAD over the training rows, else their range / 4, else 1."""
    found = {}
    for name, feature in domain.features.items():
        if feature.type == "number":
            values = domain.train[name].dropna().to_numpy(dtype=float)
            deviation = float(np.median(np.abs(values - np.median(values)))) if len(values) else 0.0
            spread = float(values.max() - values.min()) / 4 if len(values) else 0.0
            found[name] = deviation or spread or 1.0
    return found


def value_costs(feature, now, values, scale):
    """Cost of going from the raw value `now` to each of `values`; `scale` is that of a number, else unused."""
    if is_missing(now):
        return np.ones(len(values))
    if feature.type == "number":
        return np.abs(np.asarray(values, dtype=float) - float(now)) / scale
    if feature.ordered and len(feature.codes) > 1:
        rank = ranks(feature)
        return np.array([abs(rank[value] - rank[now]) for value in values]) / (len(rank) - 1)
    return np.array([float(value != now) for value in values])


def ranks(feature):
    """raw code -> its position in the written order."""
    return {raw: position for position, raw in enumerate(feature.codes.values())}


def is_missing(value):
    return value is None or value != value
