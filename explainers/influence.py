"""Which training cases shaped this decision? The model is fitted again without small groups of them, and asked again.

The groups are the nearest training rows of each true outcome (of a number to predict: those above and those below the
estimate): nearest in the features that counted for this case, each weighted by the size of its contribution. `effect` is
what the group does to the output: that of the model fitted again on all rows, less that of the one without the group
(leave-out refitting, the quantity that influence functions approximate: Cook 1977; Koh, Liang 2017). Groups of the same
size drawn at random say how large an effect is by chance. Groups, never single rows: one row's effect drowns in the chance
of fitting, and nobody's data are to be shown.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.comparison import codes_of, value_of
from explainers.contributions import attribution_of, output_of
from explainers.distance import Gower, nearest_rows
from explainers.explain import Finding
from explainers.progress import steps
from explainers.rates import counted
from explainers.refits import can_be_fitted, fitted
from explainers.sameness import answers
from explainers.shapley.engines import background_for

PRODUCES = ("influence",)
ORDER = 10
SHARE, LEAST, MOST = 0.02, 5, 30    # size of a group: a share of the training rows, and its limits
RINGS = 2                           # the nearest group of each outcome, and the next nearest
RANDOM = 6                          # groups drawn at random
LABELS = 4                          # outcomes that groups are made of
COMMON, CLOSE = 0.8, 0.1            # shared: by so many of the group; numbers within this part of the training range
TOLD = 6                            # features that counted most, looked at for what is shared


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    domain, space = scene.domain, output_of(None, scene)
    size = int(np.clip(round(SHARE * len(domain.train)), LEAST, MOST))
    found = attribution_of(scene, scene.rows, background_for(scene.workspace), space)
    near = _nearness(scene, found.values)
    line = float(scene.model.predict(scene.rows)[0]) if domain.regression else None
    result = {"method": "leave-out refits", "which": "training" if domain.split_known else "data", "rows": len(domain.train),
              "size": size, "score": float(scene.model.score(scene.rows, scene.outcome)[0]), "line": line, "groups": [],
              "anew": None, "chance": None, "outcome": None if domain.regression else answers(scene.workspace, scene.rows)[0],
              "near": _labels(domain, near[:20]), "none_because": _none_because(scene, size)}
    if result["none_because"] is None:
        result |= _groups(scene, near, size, line, np.argsort(-np.abs(found.values), kind="stable")[:TOLD])
    return Finding(result, output=space, caveats=caveats_of(scene), library=scene.model.library)


def _none_because(scene, size):
    if not can_be_fitted(scene.model.estimator, scene.domain.regression):
        return {"code": "cannot_be_fitted"}
    return {"code": "too_few_rows"} if len(scene.domain.train) < 10 * size else None


def _nearness(scene, values):
    """Places of the training rows, the nearest first, in the features weighted by the sizes of their contributions."""
    domain = scene.domain
    gower = scene.workspace.prepared("gower of all training rows", lambda: Gower(domain, largest=len(domain.train)))
    weight = {column: abs(value) / len(player.columns) for player, value in zip(domain.players, values) for column in player.columns}
    weights = np.array([weight[column] for column in gower.columns])
    weights = weights / weights.sum() if weights.sum() > 0 else np.full(len(weights), 1 / len(weights))
    distances = gower.parts(scene.rows) @ weights
    if scene.scope["kind"] == "case":
        distances = gower.without_itself(distances, scene.before)
    return [place for place in nearest_rows(distances, len(distances)) if np.isfinite(distances[place])]


def _labels(domain, near):
    """True outcomes of the nearest training rows; none for a number to predict."""
    return [] if domain.regression else counted(domain.train_target.to_numpy()[near], domain.outcomes)


def _groups(scene, near, size, line, told):
    """{"anew", "chance", "groups"}: each group's effect, the largest first."""
    everything = np.arange(len(scene.domain.train))
    without = lambda places: fitted(scene.workspace, scene.model.estimator, np.setdiff1d(everything, places))
    chance = scene.workspace.prepared(("left out at random", size), lambda: _random(scene, size, without))
    score = lambda workspace: float(workspace.model.score(scene.rows, scene.outcome)[0])
    anew = score(chance[0])
    moves = [abs(score(workspace) - anew) for workspace in chance[1:]]
    groups = []
    for label, ring, places in steps("models", members(scene.domain, near, size, line)):
        left = without(places)
        effect = anew - score(left)
        groups.append({"label": label if line is None else None, "side": None if line is None else label, "ring": ring,
                       "size": len(places), "without": score(left), "effect": effect, "beyond_chance": bool(abs(effect) > max(moves)),
                       "outcome_without": None if line is not None else answers(left, scene.rows)[0],
                       "shared": shared(scene, places, told)})
    return {"anew": anew, "chance": {"groups": len(moves), "size": size, "largest": max(moves), "mean": float(np.mean(moves))},
            "groups": sorted(groups, key=lambda group: -abs(group["effect"]))}


def _random(scene, size, without):
    """Workspaces: fitted again on all training rows, and without each of some groups drawn at random."""
    random, count = np.random.default_rng(scene.seed), len(scene.domain.train)
    left_out = [np.array([], dtype=int), *(random.choice(count, size, replace=False) for _ in range(RANDOM))]
    return [without(places) for places in steps("models", left_out)]


def members(domain, near, size, line):
    """[(outcome, or `above` or `below` the line, 1 for the nearest and 2 for the next, places)], none smaller than LEAST."""
    target = domain.train_target.to_numpy()
    if line is None:
        codes, counts = np.unique(target.astype(str), return_counts=True)
        labels = [str(code) for code in codes[np.argsort(-counts, kind="stable")][:LABELS]]
        of = {label: [place for place in near if str(target[place]) == label] for label in labels}
    else:
        of = {"above": [place for place in near if target[place] >= line], "below": [place for place in near if target[place] < line]}
    found = [(label, ring + 1, np.array(places[ring * size:(ring + 1) * size], dtype=int))
             for label, places in of.items() for ring in range(RINGS)]
    return [group for group in found if len(group[2]) >= LEAST and len(group[2]) < len(target) / 2]


def shared(scene, places, told):
    """[{"feature", "share"}]: of the features that counted most, those in which most of the group are like the case."""
    domain, found = scene.domain, []
    rows = domain.train.iloc[places]
    for player in (domain.players[place] for place in told):
        feature, value = domain.features[player.columns[0]], value_of(domain, player, scene.rows)
        if value is None:
            continue
        if len(player.columns) == 1 and feature.type == "number":
            span = float(np.ptp(domain.train[feature.name].dropna().to_numpy(dtype=float)))
            alike = np.abs(rows[feature.name].to_numpy(dtype=float) - value) <= CLOSE * span
        else:
            alike = (codes_of(domain, player, rows) == value).to_numpy()
        if alike.mean() >= COMMON:
            found.append({"feature": player.name, "value": value, "share": float(alike.mean())})
    return found
