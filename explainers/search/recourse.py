"""What it takes to turn the outcome, for many cases: its cost by group, and the few changes that would help the most of them.

costs_by_group(workspace, feature)    is advice as cheap for one group as for another?
recourse_by_group(...)                the same of options that were found already
helps_most(workspace, rows)           one change (or two) that turns the outcome of as many rows as possible
"""

import numpy as np

from explainers.conditions import mask
from explainers.errors import InputProblem
from explainers.relations import relations_of
from explainers.search.constraints import read_constraints
from explainers.search.cost import is_missing, scales, value_costs
from explainers.search.find import find
from explainers.search.levers import category_values, limits, observed_values
from explainers.search.space import one_row
from explainers.types import Ask

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
LARGEST = 400
BANDS = 3


def costs_by_group(workspace, feature, rows=None, ask=None, most=LARGEST):
    """Cost of the cheapest option by the value of `feature`, over the cases that do not have the favourable outcome.

    rows: frame of cases (those of the domain otherwise); numbers are cut into thirds. At most `most` cases, evenly spread.
    Returns {"feature", "label", "groups": [{"group", "label", "size", "refused", "asked", "without": {"count", "share", "low",
    "high"}, "found", "cost": {"mean", "low", "high", "median"}, "n_changes"}]}; of a cost low and high are a 95 %
    interval of the mean (normal approximation), None with fewer than two.
    """
    domain = workspace.domain
    if domain.favourable is None:
        raise InputProblem("recourse_needs_favourable")
    rows = domain.cases if rows is None else rows
    ask = ask or Ask("counterfactual", {"target": {"outcome": domain.favourable}})
    waiting = workspace.outcomes(rows) != domain.favourable
    labels = group_labels(domain.feature(feature), rows[domain.feature(feature).name])
    first, asked = [None] * len(rows), np.zeros(len(rows), dtype=bool)
    for label in dict.fromkeys(labels):
        refused = np.flatnonzero((labels == label) & waiting)
        spread = np.linspace(0, len(refused) - 1, min(len(refused), most)).astype(int)
        for place in refused[np.unique(spread)]:
            first[place], asked[place] = _first(workspace, rows.iloc[[place]], ask), True
    return recourse_by_group(workspace, feature, rows, waiting, first, asked)


def recourse_by_group(workspace, feature, rows, waiting, first, asked=None):
    """As `costs_by_group`, of options that were found already.

    waiting   n_rows booleans: without the favourable outcome
    first     n_rows: the cheapest option of each row, or None
    asked     n_rows booleans: was an option looked for? (those that wait, otherwise)
    """
    entry = workspace.domain.feature(feature)
    labels, waiting = group_labels(entry, rows[entry.name]), np.asarray(waiting, dtype=bool)
    asked = waiting if asked is None else asked
    groups = []
    names = {str(feature_value): name for feature_value, name in entry.values.items()} if entry.type == "category" else {}
    for label in _in_order(entry, rows[entry.name], labels):
        own = labels == label
        options = [first[place] for place in np.flatnonzero(own & asked)]
        found = [option for option in options if option is not None]
        groups.append(
            {
                "group": label,
                "label": names.get(label, label),
                "size": int(own.sum()),
                "refused": int((own & waiting).sum()),
                "asked": len(options),
                "without": _none(len(options), len(found)),
                **_spread(found),
            }
        )
    return {"feature": entry.name, "label": entry.label, "groups": groups}


def _in_order(feature, column, labels):
    """The groups: numbers rising, values as the domain lists them, what is missing last."""
    codes = [str(feature.json(code)) for code in (feature.codes or {}).values()]

    def rank(label):
        if feature.type == "number" and label != "missing":
            return float(column[labels == label].min())
        return codes.index(label) if label in codes else len(codes)

    return sorted(dict.fromkeys(labels), key=lambda label: (label == "missing", rank(label), label))


def _none(asked, found):
    """{"count", "share", "low", "high"} of those without any option; a 95 % Wilson interval, None where nobody was asked."""
    if not asked:
        return {"count": 0, "share": None, "low": None, "high": None}
    share, z = (asked - found) / asked, 1.96
    middle, half = share + z * z / (2 * asked), z * np.sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked))
    low, high = ((middle + side * half) / (1 + z * z / asked) for side in (-1, 1))
    return {"count": asked - found, "share": share, "low": max(0.0, float(low)), "high": min(1.0, float(high))}


def group_labels(feature, column):
    """n_rows: code of each value; numbers are cut into BANDS parts of about equal size, "20 to 31"; "missing" apart."""
    if feature.type != "number":
        return np.array(["missing" if is_missing(value) else str(feature.json(value)) for value in column], dtype=object)
    values = column.to_numpy(dtype=float)
    edges = np.unique(np.nanquantile(values, np.linspace(0, 1, BANDS + 1)[1:-1]))
    place = np.searchsorted(edges, values, side="left")
    found = np.array(["missing"] * len(values), dtype=object)
    for part in range(len(edges) + 1):
        own = (place == part) & ~np.isnan(values)
        if own.any():
            found[own] = f"{feature.json(values[own].min())} to {feature.json(values[own].max())}"
    return found


def _first(workspace, row, ask):
    options = find(workspace, row, workspace.model.predict(row), ask).options
    return options[0] if options else None


def _spread(options):
    costs = np.array([option["cost"] for option in options])
    if not len(costs):
        return {"found": 0, "cost": None, "n_changes": None}
    half = 1.96 * costs.std(ddof=1) / np.sqrt(len(costs)) if len(costs) > 1 else None
    mean = float(costs.mean())
    cost = {
        "mean": mean,
        "low": None if half is None else max(0.0, mean - half),
        "high": None if half is None else mean + half,
        "median": float(np.median(costs)),
    }
    return {"found": len(costs), "cost": cost, "n_changes": float(np.mean([option["n_changes"] for option in options]))}


def helps_most(workspace, rows, outcome=None, count=4, ask=None):
    """Single changes, then pairs of the best ones, by how many of `rows` (without the outcome so far) they turn.

    A category is set to one value; a number is set to one of a few quantiles of the training rows, where that is a move in
    an allowed direction. A row for which a change is not possible is not helped by it.
    Returns {"size", "without", "outcome", "changes": [{"changes": [{"feature", "to"}], "helped", "share", "cost"}]}: up to
    `count`, best first; `cost` is the mean over the rows that are helped.
    """
    domain = workspace.domain
    outcome = outcome or domain.favourable
    if outcome is None:
        raise InputProblem("recourse_needs_favourable")
    ask = ask or Ask("counterfactual")
    waiting = rows[workspace.outcomes(rows) != outcome]
    result = {"size": len(rows), "without": len(waiting), "outcome": outcome, "changes": []}
    if waiting.empty:
        return result
    waiting = waiting.iloc[np.unique(np.linspace(0, len(waiting) - 1, min(len(waiting), LARGEST)).astype(int))]
    constraints = read_constraints(ask, domain, relations_of(workspace).followed)
    turned_by = lambda moves: _turned(workspace, waiting, moves, outcome, constraints)
    moves = _moves(workspace, waiting, constraints.fixed)
    single = [(turned, costs, (move,)) for move in moves for turned, costs in [turned_by((move,))] if turned.any()]
    best = _best(single, count)
    pairs = [(one[2] + other[2]) for place, one in enumerate(best) for other in best[place + 1 :] if one[2][0][0] != other[2][0][0]]
    alone = {entry[2][0][:2]: entry[0].sum() for entry in single}
    double = [(*turned_by(pair), pair) for pair in pairs] if constraints.at_most != 1 else []
    double = [entry for entry in double if entry[0].sum() > max(alone[move[:2]] for move in entry[2])]
    for turned, costs, pair in _best(single + double, count):
        result["changes"].append(
            {
                "changes": [{"feature": name, "to": domain.features[name].json(value)} for name, value, _ in pair],
                "helped": int(turned.sum()),
                "share": float(turned.mean()),
                "cost": float(costs[turned].mean()),
            }
        )
    return result | {"asked": len(waiting)}


def _best(found, count):
    """The ways that help most, the cheaper first among equals; one for each set of features."""
    order = sorted(
        found, key=lambda entry: (-int(entry[0].sum()), len(entry[2]), float(entry[1][entry[0]].mean()) if entry[0].any() else 0)
    )
    kept = {}
    for entry in order:
        if entry[0].any():
            kept.setdefault(frozenset(name for name, _, _ in entry[2]), entry)
    return list(kept.values())[:count]


def _moves(workspace, rows, fixed):
    """(feature, value, n_rows costs; infinite where the row may not be changed so) of every single change that is tried."""
    domain = workspace.domain
    scale = workspace.prepared("cost scales", lambda: scales(domain))
    observed = workspace.prepared("observed values", lambda: observed_values(domain))
    for player in domain.players:
        if player.name in fixed or len(player.columns) > 1:
            continue
        feature, seen = domain.features[player.name], observed[player.name]
        own = rows[feature.name].tolist()
        if feature.type == "number":
            step = feature.step or 1.0
            for value in dict.fromkeys((np.round(np.quantile(seen, QUANTILES) / step) * step).round(10).tolist()):
                value = int(value) if feature.whole else value
                allowed = [low <= value <= high for low, high in (limits(feature, now, seen) for now in own)]
                costs = [1.0 if is_missing(now) else abs(value - now) / scale[feature.name] for now in own]
                yield feature.name, value, np.where(allowed, costs, np.inf)
        else:
            for value in feature.codes.values():
                costs = [
                    value_costs(feature, now, [value], None)[0] if value in category_values(feature, now, seen) else np.inf for now in own
                ]
                if np.isfinite(costs).any():
                    yield feature.name, value, np.array(costs)


def _turned(workspace, rows, moves, outcome, constraints):
    """(n_rows booleans: does the change turn this row, within what was asked for?, n_rows costs)."""
    domain, relations = workspace.domain, relations_of(workspace)
    costs = sum(cost for _, _, cost in moves)
    changed = rows.copy()
    for name, value, _ in moves:
        changed[name] = value
    possible = np.isfinite(costs)
    spoken = {name for relation in (*relations.follows, *relations.rules) for name in relation.features}
    for place in np.flatnonzero(possible) if spoken & {name for name, _, _ in moves} else ():
        before, after = one_row(rows.iloc[[place]], domain), one_row(changed.iloc[[place]], domain)
        found, fine = relations.follow(after, before, domain)
        possible[place] = bool(fine[0] and relations.hold(found, before, domain)[0])
        for follow in relations.follows:
            changed.iloc[place, changed.columns.get_loc(follow.feature)] = found[follow.feature][0]
    changed = domain.typed(changed)
    for limit in constraints.limits:
        possible &= mask(limit, domain, changed)
    for option in constraints.unlike:
        possible &= not {change["feature"] for change in option} <= {name for name, _, _ in moves}
    return possible & (workspace.outcomes(changed) == outcome), costs
