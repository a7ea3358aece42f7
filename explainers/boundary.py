"""Where does the line between the outcomes run, when two values of a case vary together and all else stays?

A grid over both features: a number takes up to GRID evenly spaced values between the ends of the training rows, a
category its values. Of an estimate, the line is the mean true value of the training rows (or a target asked for), and
the sides are `above` (that value or more) and `below`. What the domain's relations work out anew from a change is
counted in, as in `threshold.py`.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.comparison import player_named
from explainers.errors import InputProblem
from explainers.explain import Finding
from explainers.rates import counted
from explainers.relations import relations_of
from explainers.search.space import one_row
from explainers.single_change import alternatives, rounded, with_values

PRODUCES = ("boundary",)
ORDER = 10
GRID = 21
SIDES = ("above", "below")


def misfit(ask, scene):
    if not scene.one:
        return "needs_one_case"
    return "needs_two_features" if len(scene.domain.features) < 2 else None


def explain(ask, scene):
    names = list(dict.fromkeys(ask.features))[:2]
    for name in names:
        if name not in scene.domain.features:
            raise InputProblem("unknown_feature", feature=str(name)[:60], known=", ".join(scene.domain.features))
    names += _widest(scene, names)[:2 - len(names)]
    across, up = (scene.domain.features[name] for name in names)
    columns, rows = _values(scene, across), _values(scene, up)
    line = _line(ask, scene)
    outcomes, follows = _grid(scene, across, up, columns, rows, line)
    now = {feature.name: feature.json(scene.rows[feature.name].iloc[0]) for feature in (across, up)}
    here = _sides(scene, scene.rows, line)[0]
    lines = [{"value": across.json(value), "runs": _runs(up, rows, outcomes[:, place])} for place, value in enumerate(columns)]
    possible = outcomes[outcomes != None]                                             # noqa: E711, an array of objects
    shares = counted(possible, SIDES if scene.domain.regression else scene.model.classes)
    result = {"features": names, "now": now, "outcome": here, "line": line, "lines": lines,
              "across": {"feature": across.name, "values": [across.json(value) for value in columns]},
              "up": {"feature": up.name, "values": [up.json(value) for value in rows]},
              "outcomes": outcomes.tolist(), "shares": shares, "follows": follows}
    output = scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    return Finding(result, output=output, caveats=caveats_of(scene), library=scene.model.library)


def _line(ask, scene):
    """Where the sides of an estimate part; None for outcomes."""
    if not scene.domain.regression:
        return None
    target = ask.get("target") or {}
    asked = target.get("at_least", target.get("value")) if hasattr(target, "get") else target
    return float(asked) if asked is not None else float(scene.domain.train_target.mean())


def _sides(scene, rows, line):
    """n outcome codes, or which side of the line each estimate is on."""
    if line is None:
        return scene.workspace.outcomes(rows)
    return np.where(scene.model.predict(rows) >= line, *SIDES).astype(object)


def _widest(scene, taken):
    """Features by how far each alone can move the score of this case, the farthest first."""
    reach, now = {}, scene.model.score(scene.rows, scene.outcome)
    for name in scene.domain.features:
        player = player_named(scene.domain, name)
        tried = alternatives(scene.domain, player, scene.rows) if len(player.columns) == 1 else []
        if name not in taken and tried:
            score = scene.model.score(with_values(scene.domain, scene.rows, tried), scene.outcome)
            reach[name] = float(np.ptp(np.append(score, now)))
    return sorted(reach, key=lambda name: -reach[name])


def _values(scene, feature):
    """Raw values of one side of the grid, in rising order; the present one is among them."""
    present, known = scene.rows[feature.name].iloc[0], scene.domain.train[feature.name].dropna()
    if feature.type != "number":
        seen = set(known) | {present}
        return [raw for raw in feature.codes.values() if raw in seen]
    evenly = {rounded(feature, value) for value in np.linspace(known.min(), known.max(), GRID)}
    return sorted(evenly | ({rounded(feature, present)} if present == present else set()))


def _grid(scene, across, up, columns, rows, line):
    """(len(rows) x len(columns) outcome codes, None where a relation rules the pair out; features worked out anew)."""
    domain, relations = scene.domain, relations_of(scene.workspace)
    pairs = [(None, {across.name: column, up.name: row}) for row in rows for column in columns]
    frame, before = with_values(domain, scene.rows, pairs), one_row(scene.rows, domain)
    follows = [follow.feature for follow in relations.follows
               if {across.name, up.name} & set(follow.features) and follow.feature not in (across.name, up.name)]
    changed, possible = relations.follow(one_row(frame, domain), before, domain)
    possible &= relations.hold(changed, before, domain)
    for name in follows:
        frame[name] = changed[name]
    found = _sides(scene, domain.typed(frame), line)
    found = np.array([code if fine else None for code, fine in zip(found, possible)], dtype=object)
    return found.reshape(len(rows), len(columns)), follows


def _runs(feature, values, outcomes):
    """[{"from", "to", "outcome"}] along one column of the grid; of a category without an order one entry a value."""
    runs = []
    for value, outcome in zip(values, outcomes):
        if runs and runs[-1]["outcome"] == outcome and (feature.type == "number" or feature.ordered):
            runs[-1]["to"] = feature.json(value)
        else:
            runs.append({"from": feature.json(value), "to": feature.json(value), "outcome": outcome})
    return runs
