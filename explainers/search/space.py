"""The candidates of one case: rows of positions, one for each lever and each feature that follows from others.

Position 0 is the present value. What follows is worked out from the levers, so a search sets lever positions only and
`extended` adds the rest.
"""
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from explainers.search.cost import scales
from explainers.search.levers import MOST_VALUES, Lever, array_of, family_lever, lever_of, observed_values


@dataclass(eq=False)
class Follower:
    """A feature that is worked out from others; its list of values grows as new ones come up."""
    name: str
    found: list
    places: dict = field(default_factory=dict)

    @property
    def columns(self):
        return (self.name,)

    @property
    def values(self):
        return {self.name: array_of(self.found)}

    def __len__(self):
        return len(self.found)

    def positions(self, values):
        different, inverse = np.unique(values, return_inverse=True)
        if different.dtype.kind == "f" and np.isnan(different).any():
            return np.zeros(len(values), dtype=int)
        for value in different.tolist():
            if value not in self.places:
                self.places[value] = len(self.found)
                self.found.append(value)
        return np.array([self.places[value] for value in different.tolist()], dtype=int)[inverse]


@dataclass(eq=False)
class Space:
    """The levers of one case. `before`: feature -> array of one raw value, in the type of the data."""
    workspace: object
    levers: tuple[Lever, ...]
    before: dict
    relations: object
    followers: tuple[Follower, ...] = ()
    numbers_complete: bool = True

    @property
    def domain(self):
        return self.workspace.domain

    @property
    def axes(self):
        return self.levers + self.followers

    def costs(self, candidates):
        """n_rows: the sum of the costs of what each candidate changes."""
        total = np.zeros(len(candidates))
        for place, lever in enumerate(self.levers):
            total += lever.costs[candidates[:, place]]
        return total

    def extended(self, candidates):
        """(n_rows x n_axes positions, n_rows booleans: is what follows possible, and does every relation hold?)."""
        count = len(candidates)
        fine = np.ones(count, dtype=bool)
        full = np.zeros((count, len(self.axes)), dtype=candidates.dtype)
        full[:, :len(self.levers)] = candidates
        needed = self._relation_columns
        if not needed or count == 0:
            return full, fine
        columns = self._columns(full, needed)
        if self.relations.follows:
            columns, fine = self.relations.follow(columns, self.before, self.domain)
            for place, follower in enumerate(self.followers, start=len(self.levers)):
                full[:, place] = follower.positions(columns[follower.name])
        if self.relations.rules:
            fine &= self.relations.hold(columns, self.before, self.domain)
        return full, fine

    @property
    def _relation_columns(self):
        return tuple(dict.fromkeys(name for relation in (*self.relations.follows, *self.relations.rules)
                                   for name in (*relation.features, getattr(relation, "feature", None)) if name))

    def _columns(self, full, names):
        columns = {name: np.repeat(self.before[name], len(full)) for name in names}
        for place, axis in enumerate(self.axes):
            for column in axis.columns:
                if column in columns and full[:, place].any():
                    columns[column] = axis.values[column][full[:, place]]
        return columns

    def columns(self, full):
        """feature -> n_rows raw values of extended candidates."""
        return self._columns(full, list(self.before))

    def frame(self, columns):
        """Raw frame with the column types of the data wherever the values allow it."""
        frame = {}
        for name, dtype in self.domain.frame.dtypes.items():
            values = columns[name]
            frame[name] = values if dtype.kind in "iufb" else pd.array(values, dtype=dtype)
        return pd.DataFrame(frame, copy=False)


def one_row(row, domain):
    """A one-row frame -> feature -> array of one raw value, in the type of the data."""
    return {name: np.asarray(row[name].to_numpy()) if row[name].dtype.kind in "iufb" else row[name].to_numpy(dtype=object)
            for name in domain.features}


def make_space(workspace, row, fixed, relations, most=MOST_VALUES, splits=None):
    """Levers for every player that is not in `fixed`; `splits`: function from a feature's name to the
    numbers at which the model's answer may change."""
    domain = workspace.domain
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    observed = workspace.prepared("observed values", lambda: observed_values(domain))
    before = one_row(row, domain)
    levers = []
    for player in domain.players:
        if player.name in fixed or set(player.columns) & relations.followed:
            continue
        if len(player.columns) > 1:
            lever = family_lever(player, domain, before)
        else:
            feature = domain.features[player.name]
            lever = lever_of(feature, before[player.name].tolist()[0], scale, observed[player.name], most, splits)
        if lever is not None and len(lever) > 1:
            levers.append(lever)
    followers = tuple(Follower(name, [before[name][0]], {before[name].tolist()[0]: 0})
                      for name in dict.fromkeys(follow.feature for follow in relations.follows))
    complete = all(lever.complete for lever in levers)
    return Space(workspace, tuple(levers), before, relations, followers, complete)
