"""Does the outcome stay when a number is a little more or less?"""
import numpy as np

from explainers.search.cost import scales
from explainers.search.levers import noise_of


def stays(space, target, scorer, full):
    """n_rows: is the outcome still the wanted one with each number in turn a little more and a little less?

    A little: see `noise_of`, kept within the limits of the world. What follows from a number stays as it is. For an
    outcome it has to stay the decided one, for a regression the value within the target. Where single values have no
    codes of their own, one model call does for all.
    """
    columns = space.columns(full)
    moves = list(_moves(space, columns))
    if not moves:
        return np.ones(len(full), dtype=bool)
    if hasattr(scorer, "moved"):
        predictions = np.concatenate(scorer.moved(full, [(name, values.tolist()) for name, values in moves]))
    else:
        joined = {name: np.concatenate([values if moved == name else columns[name] for moved, values in moves])
                  for name in columns}
        scorer.calls += 1
        predictions = space.workspace.model.predict(space.frame(joined))
    fine = target.reached(predictions) if target.outcome is None else space.workspace.decide(predictions) == target.outcome
    return np.asarray(fine).reshape(len(moves), len(full)).all(axis=0)


def _moves(space, columns):
    """(feature, n_rows values) for each number that a player holds alone, moved down and up; missing ones stay missing."""
    scale = space.workspace.prepared("cost scales", lambda: scales(space.domain))
    for player in space.domain.players:
        feature = space.domain.features[player.columns[0]]
        now = columns[feature.name]
        if len(player.columns) > 1 or feature.type != "number" or np.isnan(np.asarray(now, dtype=float)).all():
            continue
        for move in (-noise_of(feature, scale), noise_of(feature, scale)):
            values = np.round(np.asarray(now, dtype=float) + move, 10)
            values = np.clip(values, -np.inf if feature.min is None else feature.min,
                             np.inf if feature.max is None else feature.max)
            yield feature.name, values.astype(int) if feature.whole and not np.isnan(values).any() else values
