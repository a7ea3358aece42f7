"""Does the outcome stay when a number is a little more or less?"""
import numpy as np

from explainers.search.cost import scales
from explainers.search.levers import noise_of


def stays(space, target, columns):
    """n_rows: is the outcome still the wanted one with each number in turn a little more and a little less?

    A little: see `noise_of`, kept within the limits of the world. What follows from a number stays as it is. For an
    outcome it has to stay the decided one, for a regression the value within the target. One model call for all.
    """
    domain, workspace = space.domain, space.workspace
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    count = len(next(iter(columns.values())))
    variants = []
    for name, feature in domain.features.items():
        if feature.type != "number" or np.isnan(np.asarray(columns[name], dtype=float)).all():
            continue
        for move in (-noise_of(feature, scale), noise_of(feature, scale)):
            values = np.asarray(columns[name], dtype=float) + move
            values = np.clip(values, -np.inf if feature.min is None else feature.min,
                             np.inf if feature.max is None else feature.max)
            whole = feature.whole and not np.isnan(values).any()
            variants.append({**columns, name: values.astype(int) if whole else values})
    if not variants:
        return np.ones(count, dtype=bool)
    joined = {name: np.concatenate([variant[name] for variant in variants]) for name in columns}
    predictions = workspace.model.predict(space.frame(joined))
    fine = target.reached(predictions) if target.outcome is None else workspace.decide(predictions) == target.outcome
    return np.asarray(fine).reshape(len(variants), count).all(axis=0)
