"""What can be changed, and the candidates made of it.

A candidate is a row of positions, one for each lever; position 0 is the present value. Candidates are turned into raw
columns all at once.
"""
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.search.cost import is_missing, ranks, scales, value_costs

MOST_VALUES = 40


@dataclass(frozen=True, eq=False)
class Lever:
    """A player (one feature, or a family of columns) with the values it may take.

    values   columns -> array of raw values, one for each position; position 0 is the present value
    costs    cost of each position; 0 for the present value
    signs    -1, 0, +1 for each position: the way the value moves (0 where there is no order)
    """
    name: str
    columns: tuple[str, ...]
    values: dict
    costs: np.ndarray
    signs: np.ndarray

    def __len__(self):
        return len(self.costs)


@dataclass(frozen=True, eq=False)
class Space:
    """The levers of one case. `before`: feature -> array of one raw value."""
    workspace: object
    levers: tuple[Lever, ...]
    before: dict
    relations: object

    @property
    def domain(self):
        return self.workspace.domain

    def costs(self, candidates):
        """n_rows: the sum of the costs of what each candidate changes."""
        return sum((lever.costs[candidates[:, place]] for place, lever in enumerate(self.levers)), np.zeros(len(candidates)))

    def columns(self, candidates):
        """(feature -> n_rows raw values, n_rows: is every value that follows possible)."""
        count = len(candidates)
        columns = {name: np.repeat(value, count) for name, value in self.before.items()}
        for place, lever in enumerate(self.levers):
            positions = candidates[:, place]
            if positions.any():
                for column in lever.columns:
                    columns[column] = lever.values[column][positions]
        return self.relations.follow(columns, self.before, self.domain)

    def frame(self, columns):
        """Raw frame with the column types of the data wherever the values allow it."""
        frame = {}
        for name, dtype in self.domain.frame.dtypes.items():
            values = columns[name]
            if dtype.kind not in "iufb":
                frame[name] = pd.array(values, dtype=dtype)
            else:
                frame[name] = values
        return pd.DataFrame(frame, copy=False)


def one_row(row, domain):
    """A one-row frame -> feature -> array of one raw value, in the type of the data."""
    return {name: np.asarray(row[name].to_numpy()) if row[name].dtype.kind in "iufb" else row[name].to_numpy(dtype=object)
            for name in domain.features}


def make_space(workspace, row, fixed, relations, most=MOST_VALUES, extra=None):
    """Levers for every player that is not in `fixed`; `extra`: feature -> further numbers worth trying (split points)."""
    domain = workspace.domain
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    observed = workspace.prepared("observed values", lambda: _observed(domain))
    before = one_row(row, domain)
    levers = []
    for player in domain.players:
        if player.name in fixed or set(player.columns) & relations.followed:
            continue
        if len(player.columns) > 1:
            lever = _family_lever(player, domain, before)
        else:
            lever = _lever(domain.features[player.name], before[player.name][0], scale, observed[player.name], most,
                           (extra or {}).get(player.name, ()))
        if lever is not None and len(lever) > 1:
            levers.append(lever)
    return Space(workspace, tuple(levers), before, relations)


def _observed(domain):
    """feature -> sorted values seen in the training rows (numbers), or the set of codes seen."""
    found = {}
    for name, feature in domain.features.items():
        values = domain.train[name].dropna()
        found[name] = np.sort(values.to_numpy(dtype=float)) if feature.type == "number" else set(values.unique().tolist())
    return found


def _lever(feature, now, scale, observed, most, extra):
    if feature.type == "number":
        values = number_values(feature, now, observed, most, extra)
        values = values.astype(int) if feature.whole and not is_missing(now) else values
    else:
        values = category_values(feature, now, observed)
    if len(values) == 0:
        return None
    costs = value_costs(feature, now, values, scale.get(feature.name))
    order = np.argsort(costs, kind="stable")
    values = [values[position] for position in order]
    column = _array([now] + values)
    return Lever(feature.name, (feature.name,), {feature.name: column}, np.append(0.0, costs[order]),
                 np.append(0, _signs(feature, now, values)))


def _array(values):
    if all(isinstance(value, (bool, np.bool_)) for value in values):
        return np.array(values, dtype=bool)
    if all(isinstance(value, (int, float, np.number)) for value in values):
        return np.array(values)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _signs(feature, now, values):
    if is_missing(now) or (feature.type == "category" and not feature.ordered):
        return np.zeros(len(values), dtype=int)
    if feature.type == "number":
        return np.sign(np.asarray(values, dtype=float) - float(now)).astype(int)
    if feature.type == "yes_no":
        return np.array([1 if value == feature.true else -1 for value in values])
    rank = ranks(feature)
    return np.sign([rank[value] - rank[now] for value in values]).astype(int)


def limits(feature, now, observed):
    """(low, high) that a number may be moved to: the world's limits, what training rows showed, the allowed direction."""
    if len(observed) == 0:
        return now, now
    low = observed[0] if feature.min is None else max(feature.min, min(observed[0], now if now == now else observed[0]))
    high = observed[-1] if feature.max is None else min(feature.max, max(observed[-1], now if now == now else observed[-1]))
    low, high = max(low, observed[0]), min(high, observed[-1])
    if not is_missing(now):
        low = max(low, now) if feature.change == "up" else low
        high = min(high, now) if feature.change == "down" else high
    return low, high


def number_values(feature, now, observed, most, extra=()):
    """At most about `most` numbers worth trying: multiples of the step, near ones first of all, then quantiles.

    `extra` are numbers at which the model's answer may change; the steps on both sides of each are taken.
    """
    step = feature.step or 1.0
    low, high = limits(feature, now, observed)
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    if last < first:
        return np.array([])
    if last - first < most:
        multiples = np.arange(first, last + 1)
    else:
        spread = np.quantile(observed, np.linspace(0, 1, most // 2))
        even = np.linspace(first, last, most // 4) * step
        near = [] if is_missing(now) else now + step * np.array([-3, -2, -1, 1, 2, 3])
        multiples = np.unique(np.round(np.concatenate([spread, even, near]) / step))
    if len(extra):
        splits = np.asarray(extra, dtype=float) / step
        multiples = np.concatenate([multiples, np.floor(splits), np.floor(splits) + 1])
    multiples = np.unique(multiples[(multiples >= first) & (multiples <= last)])
    values = np.round(multiples * step, 10)
    return values if is_missing(now) else values[values != now]


def category_values(feature, now, observed):
    """Codes that the value may become: seen in training, allowed by transitions and direction."""
    codes = [raw for code, raw in feature.codes.items() if raw in observed and raw != now]
    if is_missing(now):
        return codes
    if feature.transitions is not None:
        code = {raw: code for code, raw in feature.codes.items()}
        allowed = feature.transitions.get(code.get(now), tuple(feature.codes))
        codes = [raw for raw in codes if code[raw] in allowed]
    if feature.change != "any" and now in ranks(feature):
        rank = ranks(feature) if feature.type != "yes_no" else {feature.false: 0, feature.true: 1}
        wanted = 1 if feature.change == "up" else -1
        codes = [raw for raw in codes if (rank[raw] - rank[now]) * wanted > 0]
    return codes


def _family_lever(player, domain, before):
    """One-hot columns: exactly one of them (or none, where the domain allows it) is true."""
    features = [domain.features[column] for column in player.columns]
    now = tuple(before[column][0] for column in player.columns)
    states = []
    for chosen in [*range(len(features)), None]:
        if chosen is None and not domain.file.families[player.name].none_allowed:
            continue
        state = tuple(_flag(feature, position == chosen) for position, feature in enumerate(features))
        seen = [(domain.train[feature.name] == value).to_numpy() for feature, value in zip(features, state)]
        if not np.logical_and.reduce(seen).any():
            continue
        if state != now:
            states.append(state)
    if not states:
        return None
    values = {column: _array([now[place]] + [state[place] for state in states])
              for place, column in enumerate(player.columns)}
    return Lever(player.name, player.columns, values, np.append(0.0, np.ones(len(states))), np.zeros(len(states) + 1, dtype=int))


def _flag(feature, on):
    if feature.type == "yes_no":
        return feature.true if on else feature.false
    if feature.type == "category":
        return list(feature.codes.values())[1 if on else 0]
    return 1 if on else 0
