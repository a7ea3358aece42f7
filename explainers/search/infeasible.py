"""No option: what stands in the way, and what comes nearest.

One more search with the constraints lifted tells it: each candidate that reaches the target then breaks a set of
constraints, and the smallest such set is what would have to be lifted. What the person said is lifted first; what the
domain holds only where that is not enough.
"""
import numpy as np

from explainers.conditions import mask
from explainers.search.engine import Search, run
from explainers.search.options import touched_by

ROWS = {True: 150_000, False: 30_000}
LOOKED_AT = 20_000
WEIGHT = {"only": 1.0, "without": 1.0, "at_most": 1.0, "limits": 1.0, "unlike": 1.0, "direction": 1.2,
          "immutable": 1.3, "sensitive": 1.4}


def none_because(search, checks, make_space, make_scorer):
    """({"code", "lift", "nearest"} of a search without options, how often the model was asked for it).

    make_space(fixed, loose) -> Space, make_scorer(space) -> scorer: the same case with other players fixed.
    """
    constraints = checks.constraints
    said = [name for name, reason in constraints.fixed.items() if reason in ("without", "not_in_only")]
    lift, calls = [], 0
    if said or constraints.at_most or constraints.limits or constraints.unlike:
        held = {name: reason for name, reason in constraints.fixed.items() if name not in said}
        lift, calls = _smallest(search, checks, make_space(held, False), make_scorer)
    if not lift:
        lift, more = _smallest(search, checks, make_space({}, True), make_scorer)
        calls += more
    code = "nothing_to_try" if not search.near else "out_of_time" if search.out_of_time and not lift else "out_of_reach"
    near = nearest(search, checks)
    return {"code": code, "lift": lift, "nearest": near}, calls + (near is not None)


def _smallest(search, checks, space, make_scorer):
    """(the smallest set of constraints that some candidate of the lifted search breaks, as JSON, or [] if nothing reaches
    the target; how often the model was asked)."""
    scorer = make_scorer(space)
    lifted = Search(space, scorer, search.target, None, search.seconds, most=ROWS[scorer.fast])
    fixed = [place for place, lever in enumerate(space.levers) if lever.name in checks.constraints.fixed]
    run(lifted, lambda _: (np.inf, np.inf, ()), lambda search: _one_is_enough(search, fixed))
    search.stopped = search.stopped or lifted.stopped
    return _set(lifted, search, checks, space), scorer.calls


def _one_is_enough(lifted, fixed):
    """Is there a way that changes one fixed thing at most? More changes cannot ask for less then."""
    return any((part[:, fixed] > 0).sum(axis=1).min() <= 1 for part, _ in lifted.parts)


def _set(lifted, search, checks, space):
    full, costs = lifted.sorted()
    if len(full) == 0:
        return []
    full, costs = _fewest_levers_first(full, costs, space, checks.constraints)
    reasons, broken = _broken(full, space, checks.constraints, search.space)
    weights = broken @ np.array([WEIGHT[reason["reason"]] for reason in reasons])
    weights = np.where(broken.any(axis=1), weights, np.inf)
    best = int(np.lexsort((costs, weights))[0])
    if not np.isfinite(weights[best]):
        return []
    return [reason for reason, is_broken in zip(reasons, broken[best]) if is_broken]


def _fewest_levers_first(full, costs, space, constraints):
    """At most LOOKED_AT candidates: those that touch the fewest fixed players, then the cheapest."""
    fixed = [place for place, lever in enumerate(space.levers) if lever.name in constraints.fixed]
    order = np.lexsort((costs, (full[:, fixed] > 0).sum(axis=1)))[:LOOKED_AT]
    return full[order], costs[order]


def _broken(full, space, constraints, own):
    """([{"constraint", "feature", "reason"}], n_rows x n_constraints: does the candidate break it?)."""
    reasons, columns = [], []

    def add(constraint, feature, reason, is_broken):
        reasons.append({"constraint": constraint, "feature": feature, "reason": reason})
        columns.append(is_broken)

    allowed = {lever.name: _moves(lever) for lever in own.levers}
    for place, lever in enumerate(space.levers):
        reason = constraints.fixed.get(lever.name)
        if reason is None:
            fine = np.array([move in allowed.get(lever.name, ()) for move in _states(lever)])
            if not fine.all():
                add("direction", lever.name, "direction", ~fine[full[:, place]])
        else:
            constraint = {"not_in_only": "only"}.get(reason, "without" if reason == "without" else "fixed")
            add(constraint, lever.name, "only" if reason == "not_in_only" else reason, full[:, place] > 0)
    if constraints.at_most is not None:
        add("at_most", None, "at_most", (full[:, :len(space.levers)] > 0).sum(axis=1) > constraints.at_most)
    frame = space.frame(space.columns(full)) if constraints.limits else None
    for number, limit in enumerate(constraints.limits):
        add("limits", limit.get("feature"), "limits", ~mask(limit, space.domain, frame))
        reasons[-1]["number"] = number
    for number, option in enumerate(constraints.unlike):
        add("unlike", None, "unlike", (full[:, touched_by(option, space)] > 0).all(axis=1))
        reasons[-1]["number"] = number
    return reasons, np.stack(columns, axis=1) if columns else np.zeros((len(full), 0), dtype=bool)


def _states(lever):
    return list(zip(*(lever.values[column].tolist() for column in lever.columns)))


def _moves(lever):
    return set(_states(lever))


def nearest(search, checks):
    """{"changes", "follows", "row", "score", "needed", "short"} of the allowed candidate that comes nearest, or None."""
    if not search.near:
        return None
    order = np.argsort([short for short, _ in search.near], kind="stable")
    full = np.array([search.near[place][1] for place in order])
    met = checks.allowed(full)
    if not met.any():
        return None
    candidate = full[np.flatnonzero(met)[:1]]
    space, target, domain = search.space, search.target, search.space.domain
    row = space.frame(space.columns(candidate))
    prediction = space.workspace.model.predict(row)
    before = {name: domain.features[name].json(value[0]) for name, value in space.before.items()}
    after = domain.values(row)
    touched = [column for lever, position in zip(space.levers, candidate[0]) if position for column in lever.columns]
    changes = [{"feature": name, "from": before[name], "to": after[name]} for name in touched if before[name] != after[name]]
    follows = [{"feature": name, "from": before[name], "to": after[name]}
               for name in after if name not in touched and before[name] != after[name]]
    score, short = float(target.score(prediction)[0]), float(target.shortfall(prediction)[0])
    return {"changes": changes, "follows": follows, "row": after, "score": score, "needed": needed(target, score, short),
            "short": short}


def needed(target, score, short):
    """The score (or value) at which the target would be reached, other things equal."""
    if target.outcome is None:
        return target.low if score < target.low else target.high
    return score + max(short, 0.0)
