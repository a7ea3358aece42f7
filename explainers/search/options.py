"""From candidates that reach the target to the few options that are offered."""
import numpy as np

from explainers.conditions import mask
from explainers.search.cost import scales

OPTIONS = 4
CHECKED = 400
NOISE = 0.05


def choose(search, checks, count=OPTIONS):
    """Up to `count` options, cheapest first: each passes the checks, none asks for all that another asks for.

    Returns [{"candidate", "cost", "columns", **flags}].
    """
    chosen, demands = [], []
    tried = 0
    while tried < len(search.candidates) and len(chosen) < count and tried < 40 * CHECKED:
        part = slice(tried, tried + CHECKED)
        tried += CHECKED
        block = search.candidates[part]
        wanted = [demand(search.space, candidate) for candidate in block]
        fresh = np.array([not any(old <= new or new <= old for old in demands) for new in wanted], dtype=bool)
        block, wanted = block[fresh], [new for new, keep in zip(wanted, fresh) if keep]
        if len(block) == 0:
            continue
        passed = checks(block, wanted)
        for place in range(len(block)):
            if len(chosen) < count and passed["passed"][place] and not any(old <= wanted[place] or wanted[place] <= old for old in demands):
                demands.append(wanted[place])
                chosen.append({"candidate": block[place], **{key: values[place] for key, values in passed.items()}})
    return chosen


def demand(space, candidate):
    """What a candidate asks for: {(lever, way it moves; 0 without an order)}."""
    return frozenset((lever.name, int(lever.signs[position]))
                     for lever, position in zip(space.levers, candidate) if position)


class Checks:
    """Whether candidates meet the limits, are plausible and stay with the outcome under small noise."""

    def __init__(self, space, target, constraints, reference, plausible_limit, robust):
        self.space, self.target, self.constraints = space, target, constraints
        self.reference, self.plausible_limit, self.robust = reference, plausible_limit, robust
        self.unlike = [frozenset(change["feature"] for change in option) for option in constraints.unlike]

    def __call__(self, candidates, wanted):
        space, domain = self.space, self.space.domain
        columns, possible = space.columns(candidates)
        frame = space.frame(columns)
        met = possible.copy()
        for limit in self.constraints.limits:
            met &= mask(limit, domain, frame)
        changed = [set().union(*(lever.columns for lever, place in zip(space.levers, candidate) if place))
                   for candidate in candidates]
        met &= np.array([not any(old <= new for old in self.unlike) for new in changed], dtype=bool)
        distance = np.full(len(candidates), np.nan)
        stays = np.zeros(len(candidates), dtype=bool)
        if met.any():
            kept = {name: values[met] for name, values in columns.items()}
            distance[met] = self.reference.distances(kept)
        near = distance <= self.plausible_limit + 1e-12 if self.plausible_limit is not None else np.ones(len(met), dtype=bool)
        near |= np.isnan(distance) & met
        ready = met & near
        if ready.any():
            stays[ready] = stays_under_noise(space, self.target, {name: values[ready] for name, values in columns.items()})
        passed = ready & (stays | (not self.robust))
        return {"passed": passed, "plausibility": distance, "robust": stays}


def stays_under_noise(space, target, columns):
    """n_rows: does the outcome stay when each number in turn is a little more or less?

    A little: NOISE x MAD, at least one step, within the limits of the world; for an outcome, it has to stay the decided one.
    """
    domain, workspace = space.domain, space.workspace
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    count = len(next(iter(columns.values())))
    variants = []
    for name, feature in domain.features.items():
        if feature.type != "number" or np.isnan(np.asarray(columns[name], dtype=float)).all():
            continue
        step = feature.step or 1.0
        little = max(step, round(NOISE * scale[name] / step) * step)
        for move in (-little, little):
            values = np.asarray(columns[name], dtype=float) + move
            values = np.clip(values, -np.inf if feature.min is None else feature.min, np.inf if feature.max is None else feature.max)
            variants.append({**columns, name: values.astype(int) if feature.whole and not np.isnan(values).any() else values})
    if not variants:
        return np.ones(count, dtype=bool)
    joined = {name: np.concatenate([variant[name] for variant in variants]) for name in columns}
    predictions = workspace.model.predict(space.frame(joined))
    if target.outcome is None:
        stays = target.reached(predictions)
    else:
        stays = workspace.decide(predictions) == target.outcome
    return stays.reshape(len(variants), count).all(axis=0)
