"""Does the outcome stay when a number is a little more or less?"""
from dataclasses import dataclass

import numpy as np

from explainers.search.cost import scales
from explainers.search.levers import noise_of


@dataclass(frozen=True, eq=False)
class Nudge:
    """A number that is a little less and a little more.

    place    of its axis, None where it stays as it is
    values   2 x n_positions raw values: less, more
    """
    name: str
    place: int | None
    values: np.ndarray

    def positions(self, full):
        return np.zeros(len(full), dtype=np.int16) if self.place is None else full[:, self.place]


def stays(space, target, scorer, full):
    """n_rows: is the outcome still the wanted one with each number in turn a little more and a little less?

    A little: see `noise_of`, kept within the limits of the world. What follows from a number stays as it is. For an
    outcome it has to stay the decided one, for a regression the value within the target. Where single values have no
    codes of their own, one model call does for all.
    """
    nudges = nudges_of(space)
    if not nudges or len(full) == 0:
        return np.ones(len(full), dtype=bool)
    if hasattr(scorer, "moved"):
        predictions = scorer.moved(full, nudges)
    else:
        scorer.calls += 1
        predictions = space.workspace.model.predict(space.frame(_moved_columns(space, full, nudges)))
    fine = target.reached(predictions) if target.outcome is None else space.workspace.decide(predictions) == target.outcome
    return np.asarray(fine).reshape(2 * len(nudges), len(full)).all(axis=0)


def _moved_columns(space, full, nudges):
    """feature -> (2 x n_nudges x n_rows) raw values."""
    columns = space.columns(full)
    joined = {name: np.tile(values, 2 * len(nudges)) for name, values in columns.items()}
    for number, nudge in enumerate(nudges):
        begin = 2 * number * len(full)
        moved = nudge.values[:, nudge.positions(full)].ravel()
        if moved.dtype.kind == "f" and joined[nudge.name].dtype.kind in "iu":
            joined[nudge.name] = joined[nudge.name].astype(float)
        joined[nudge.name][begin:begin + len(moved)] = moved
    return joined


def nudges_of(space):
    """The Nudges of each number that a player holds alone; those that are missing stay missing. Kept until some axis grows."""
    lengths = [len(axis) for axis in space.axes]
    if space.nudges is None or space.nudges[0] != lengths:
        space.nudges = lengths, _nudges(space)
    return space.nudges[1]


def _nudges(space):
    scale = space.workspace.prepared("cost scales", lambda: scales(space.domain))
    axes = {axis.name: (place, axis) for place, axis in enumerate(space.axes)}
    found = []
    for player in space.domain.players:
        feature = space.domain.features[player.columns[0]]
        if len(player.columns) > 1 or feature.type != "number":
            continue
        place, axis = axes.get(feature.name, (None, None))
        now = np.asarray(space.before[feature.name] if axis is None else axis.values[feature.name], dtype=float)
        if np.isnan(now).all():
            continue
        little = noise_of(feature, scale)
        values = np.clip(np.round(now + np.array([[-little], [little]]), 10), -np.inf if feature.min is None else feature.min,
                         np.inf if feature.max is None else feature.max)
        found.append(Nudge(feature.name, place, values.astype(int) if feature.whole and not np.isnan(values).any() else values))
    return found
