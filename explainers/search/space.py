"""The candidates of one case: rows of positions, one for each lever and each feature that follows from others.

Position 0 is the present value. What follows is worked out from the levers, so a search sets lever positions only and
`extended` adds the rest.
"""
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from explainers.relation_kinds import hold
from explainers.search.candidates import product
from explainers.search.cost import scales
from explainers.search.levers import MOST_VALUES, Lever, array_of, family_lever, lever_of, observed_values

LARGEST_TABLE = 50_000
MANY, FEW = 1000, 20


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
    """The levers of one case. `before`: feature -> array of one raw value, in the type of the data.

    rules     relations between several levers, asked for each candidate; those about one lever have taken values from it
    sources   places of the levers that relations speak of
    table     positions of the followers, and whether all is possible, for every combination of the sources
    nudges    numbers a little less and more, see `noise.py`
    """
    workspace: object
    levers: tuple[Lever, ...]
    before: dict
    relations: object
    followers: tuple[Follower, ...] = ()
    numbers_complete: bool = True
    rules: tuple = ()
    sources: list = field(default_factory=list)
    table: tuple | None = None
    nudges: tuple | None = None

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
        full = np.zeros((count, len(self.axes)), dtype=np.int16)
        full[:, :len(self.levers)] = candidates
        if count == 0 or not (self.relations.follows or self.rules):
            return full, np.ones(count, dtype=bool)
        if self.sources and not candidates[:, self.sources].any():
            return full, np.ones(count, dtype=bool)
        if self.table is not None:
            found, fine = self.table
            at = tuple(candidates[:, place] for place in self.sources)
            full[:, len(self.levers):] = found[at]
            return full, fine[at]
        return self._followed(full)

    def _followed(self, full):
        """The same without the table."""
        columns = self._columns(full, self._relation_columns)
        fine = np.ones(len(full), dtype=bool)
        if self.relations.follows:
            columns, fine = self.relations.follow(columns, self.before, self.domain)
            for place, follower in enumerate(self.followers, start=len(self.levers)):
                full[:, place] = follower.positions(columns[follower.name])
        return full, fine & hold(self.rules, columns, self.before, self.domain)

    def prepare(self):
        """Find the levers that relations speak of, and write down what follows from each of their combinations."""
        self.rules = tuple(rule for rule in self.relations.rules if len(self._places(rule.features)) > 1
                           or set(rule.features) & self.relations.followed)
        spoken = [name for relation in (*self.relations.follows, *self.rules) for name in relation.features]
        self.sources = self._places(spoken)
        counts = [len(self.levers[place]) for place in self.sources]
        if self.sources and np.prod(counts, dtype=float) <= LARGEST_TABLE:
            every = product(len(self.levers), self.sources, [np.arange(count) for count in counts])
            full = np.zeros((len(every), len(self.axes)), dtype=np.int16)
            full[:, :len(self.levers)] = every
            full, fine = self._followed(full)
            self.table = (full[:, len(self.levers):].reshape(*counts, -1), fine.reshape(counts))
        return self

    def _places(self, features):
        return [place for place, lever in enumerate(self.levers) if set(lever.columns) & set(features)]

    @property
    def _relation_columns(self):
        return tuple(dict.fromkeys(name for relation in (*self.relations.follows, *self.rules)
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


def make_space(workspace, row, fixed, relations, most=MOST_VALUES, splits=None, loose=False):
    """Levers for every player that is not in `fixed`; `splits`: function from a feature's name to the
    numbers at which the model's answer may change. `loose`: directions and transitions of the domain are set aside."""
    domain = workspace.domain
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    observed = workspace.prepared("observed values", lambda: observed_values(domain))
    before = one_row(row, domain)
    if splits is not None and _multiples(domain, observed, fixed) > MANY:
        most = FEW
    levers = []
    for player in domain.players:
        if player.name in fixed or set(player.columns) & relations.followed:
            continue
        if len(player.columns) > 1:
            lever = family_lever(player, domain, before)
        else:
            feature = domain.features[player.name]
            feature = replace(feature, change="any", transitions=None) if loose else feature
            lever = lever_of(feature, before[player.name].tolist()[0], scale, observed[player.name], most, splits)
        lever = None if lever is None else allowed(lever, before, relations, domain)
        if lever is not None and len(lever) > 1:
            levers.append(lever)
    followers = tuple(Follower(name, [before[name][0]], {before[name].tolist()[0]: 0})
                      for name in dict.fromkeys(follow.feature for follow in relations.follows))
    complete = all(lever.complete for lever in levers)
    return Space(workspace, tuple(levers), before, relations, followers, complete).prepare()


def _multiples(domain, observed, fixed):
    """How many values the numbers that can change have in all."""
    return sum((observed[name][-1] - observed[name][0]) / (feature.step or 1.0) for name, feature in domain.features.items()
               if feature.type == "number" and name not in fixed and len(observed[name]))


def allowed(lever, before, relations, domain):
    """The lever without values that break a relation in which nothing else could move."""
    rules = [rule for rule in relations.rules if set(rule.features) & set(lever.columns)
             and not set(rule.features) & relations.followed]
    fine = np.ones(len(lever), dtype=bool)
    for rule in rules:
        others = set(rule.features) - set(lever.columns)
        if all(domain.features[name].immutable or domain.features[name].sensitive for name in others):
            columns = {name: np.repeat(before[name], len(lever)) for name in rule.features} | \
                {column: lever.values[column] for column in lever.columns if column in rule.features}
            fine &= rule.holds(columns, domain)
    fine[0] = True
    if fine.all():
        return lever
    return replace(lever, values={column: values[fine] for column, values in lever.values.items()},
                   costs=lever.costs[fine], signs=lever.signs[fine])
