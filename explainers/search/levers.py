"""What can be changed: each lever with the values it may take and what they cost."""

from dataclasses import dataclass

import numpy as np

from explainers.search.cost import is_missing, ranks, value_costs

MOST_VALUES = 120
NOISE = 0.05


@dataclass(frozen=True, eq=False)
class Lever:
    """A player (one feature, or a family of columns) with the values it may take.

    values   columns -> array of raw values, one for each position; position 0 is the present value
    costs    cost of each position; 0 for the present value
    signs    -1, 0, +1 for each position: the way the value moves (0 where there is no order)
    complete whether no value outside the list could do better
    """

    name: str
    columns: tuple[str, ...]
    values: dict
    costs: np.ndarray
    signs: np.ndarray
    complete: bool = True

    def __len__(self):
        return len(self.costs)


def observed_values(domain):
    """feature -> sorted values seen in the training rows (numbers), or the set of codes seen."""
    found = {}
    for name, feature in domain.features.items():
        values = domain.train[name].dropna()
        found[name] = np.sort(values.to_numpy(dtype=float)) if feature.type == "number" else set(values.unique().tolist())
    return found


def lever_of(feature, now, scale, observed, most, splits=None):
    """The lever of one feature, or None where there is no other value to take; arguments as for `number_values`."""
    complete = True
    if feature.type == "number":
        values, complete = number_values(feature, now, observed, most, splits, noise_of(feature, scale))
        values = values.astype(int) if feature.whole else values
    else:
        values = category_values(feature, now, observed)
    if len(values) == 0:
        return None
    costs = value_costs(feature, now, values, scale.get(feature.name))
    order = np.argsort(costs, kind="stable")
    values = [values[position] for position in order]
    column = array_of([now] + values)
    return Lever(
        feature.name,
        (feature.name,),
        {feature.name: column},
        np.append(0.0, costs[order]),
        np.append(0, _signs(feature, now, values)),
        complete,
    )


def array_of(values):
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
    """(low, high) that a number may be moved to: what training rows show, the world's limits, the allowed direction."""
    low = observed[0] if feature.min is None else max(feature.min, observed[0])
    high = observed[-1] if feature.max is None else min(feature.max, observed[-1])
    if not is_missing(now):
        low = max(low, now) if feature.change == "up" else low
        high = min(high, now) if feature.change == "down" else high
    return low, high


def number_values(feature, now, observed, most, splits=None, noise=0.0):
    """(numbers worth trying, whether no other number could do better).

    Multiples of the step; all of them where there are at most `most`. Where the model's answer is known to change at
    `splits(name)` only, the first multiple beyond each, and that moved on by the noise an option has to bear,
    lose nothing. Otherwise near ones, quantiles of the training rows and even steps.
    """
    if len(observed) == 0:
        return np.array([]), True
    step = feature.step or 1.0
    low, high = limits(feature, now, observed)
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    if last < first:
        return np.array([]), True
    complete = True
    if last - first < most:
        multiples = np.arange(first, last + 1)
    elif splits is not None:
        below, beyond = np.floor(splits(feature.name) / step), round(noise / step)
        multiples = (
            [below + 1, below + 1 + beyond, below, below - beyond]
            if is_missing(now)
            else [
                np.concatenate([edge[edge * step > now] for edge in (below + 1, below + 1 + beyond)]),
                np.concatenate([edge[edge * step < now] for edge in (below, below - beyond)]),
            ]
        )
        multiples = np.concatenate(multiples)
    else:
        complete = False
        spread = np.quantile(observed, np.linspace(0, 1, most // 2)) / step
        multiples = np.concatenate([spread, np.linspace(first, last, most // 4), _near(now, step)])
    multiples = np.unique(np.round(multiples))
    multiples = multiples[(multiples >= first) & (multiples <= last)]
    values = np.round(multiples * step, 10)
    return (values if is_missing(now) else values[values != now]), complete


def _near(now, step):
    """The multiples next to the present value, in steps."""
    if is_missing(now):
        return np.array([])
    place = np.floor(now / step)
    return place + np.arange(-3, 5)


def noise_of(feature, scale):
    """How much "a little more or less" is for a number: NOISE x what its changes are divided by, at least one step."""
    step = feature.step or 1.0
    return max(step, round(NOISE * scale[feature.name] / step) * step)


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


def family_lever(player, domain, before):
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
    values = {column: array_of([now[place]] + [state[place] for state in states]) for place, column in enumerate(player.columns)}
    return Lever(player.name, player.columns, values, np.append(0.0, np.ones(len(states))), np.zeros(len(states) + 1, dtype=int))


def _flag(feature, on):
    if feature.type == "yes_no":
        return feature.true if on else feature.false
    if feature.type == "category":
        return list(feature.codes.values())[1 if on else 0]
    return 1 if on else 0
