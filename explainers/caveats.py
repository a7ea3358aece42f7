"""What to be careful about with one case: near the boundary, unlike the data, values out of range.

Each caveat is {"code": ..., its numbers}; the words stand in the templates.
    near_boundary   {"score", "threshold", "distance"}: probability of the favourable outcome within MARGIN of the threshold
    out_of_range    {"feature", "value", "low", "high"}: a number beyond what the model has learned from
    unlike_data     {"distance", "usual", "feature"}: farther from its nearest training rows than 95 in 100 of them are
    missing_value   {"feature"}
    estimate_out_of_range   {"value", "low", "high"}: a regression's estimate beyond every true value in the training rows
"""
import pandas as pd

from explainers.distance import Gower

MARGIN = 0.05
NEIGHBOURS = 5
SELDOM = 0.05


def caveats_of(scene):
    """Caveats of a scene of one row, the gravest first."""
    return tuple(_near_boundary(scene) + _estimate(scene) + _out_of_range(scene) + _unlike(scene) + _missing(scene))


def _near_boundary(scene):
    domain = scene.domain
    if domain.regression or domain.favourable is None or len(domain.outcomes) != 2:
        return []
    score = float(scene.model.score(scene.rows, domain.favourable)[0])
    distance = abs(score - domain.threshold)
    if distance > MARGIN:
        return []
    return [{"code": "near_boundary", "score": score, "threshold": domain.threshold, "distance": distance}]


def _estimate(scene):
    if not scene.domain.regression:
        return []
    value, known = float(scene.model.predict(scene.rows)[0]), scene.domain.train_target.astype(float)
    low, high = float(known.min()), float(known.max())
    return [] if low <= value <= high else [{"code": "estimate_out_of_range", "value": value, "low": low, "high": high}]


def _out_of_range(scene):
    row, found = scene.rows.iloc[0], []
    for name, (low, high, _) in _trained_on(scene).items():
        if low is not None and not pd.isna(row[name]) and not low <= row[name] <= high:
            feature = scene.domain.features[name]
            found.append({"code": "out_of_range", "feature": name, "value": feature.json(row[name]),
                          "low": feature.json(low), "high": feature.json(high)})
    return found


def _missing(scene):
    row = scene.rows.iloc[0]
    return [{"code": "missing_value", "feature": name} for name, (_, _, usual) in _trained_on(scene).items()
            if pd.isna(row[name]) and usual < SELDOM]


def _trained_on(scene):
    """feature -> (smallest, largest training value of a number, share of missing values)."""
    return scene.workspace.prepared("trained on", lambda: {
        name: (*_ends(scene.domain.train[name], feature), float(scene.domain.train[name].isna().mean()))
        for name, feature in scene.domain.features.items()})


def _ends(column, feature):
    if feature.type != "number" or column.isna().all():
        return None, None
    return column.min(), column.max()


def _unlike(scene):
    distances = scene.workspace.prepared("gower", lambda: Gower(scene.domain))
    near, parts = distances.nearest(scene.rows, NEIGHBOURS)
    usual = scene.workspace.prepared("gower usual", lambda: distances.usual(NEIGHBOURS))
    if near <= usual:
        return []
    return [{"code": "unlike_data", "distance": near, "usual": usual, "feature": max(parts, key=parts.get)}]
