"""What would have to be different for another outcome: the cheapest changes that are possible, plausible and robust."""
import numpy as np

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.search.constraints import read_constraints
from explainers.search.engine import run
from explainers.search.levers import make_space
from explainers.search.options import Checks, choose
from explainers.search.plausibility import reference
from explainers.search.target import MARGIN, read_target

PRODUCES = ("counterfactual",)
ORDER = 10
SECONDS = 1.0


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    workspace, domain = scene.workspace, scene.domain
    calls = scene.model.calls
    prediction = scene.model.predict(scene.rows)
    margin = float(ask.get("margin", MARGIN) or 0.0)
    target = read_target(ask.get("target"), workspace, prediction, margin)
    constraints = read_constraints(ask, domain)
    relations = relations_of(workspace)
    space = make_space(workspace, scene.rows, constraints.fixed, relations)
    search = run(space, target, constraints.at_most, SECONDS)
    chosen = _chosen(search, space, target, constraints, ask.get("plausibility", True), margin > 0)
    options = [_option(space, entry) for entry in chosen]
    result = {
        "options": options, "constraints": constraints.to_json(), "proven": False,
        "none_because": None if options else _none_because(search, space),
        "target": target.asked, "present": _state(workspace, prediction), "model_calls": scene.model.calls - calls,
        "candidates": search.scored, "seconds_budget": SECONDS}
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library, foil=target.outcome)


def _chosen(search, space, target, constraints, plausible, robust):
    """Options under plausibility and noise; where there are none, without the one, then without the other."""
    known = reference(space.workspace, target)
    own = known.distances(space.before)[0]
    limit = max(known.usual, own) if plausible is True else (float(plausible) if plausible else None)
    for limit, robust in dict.fromkeys([(limit, robust), (None, robust), (None, False)]):
        chosen = choose(search, Checks(space, target, constraints, known, limit, robust))
        if chosen:
            return chosen
    return []


def _option(space, entry):
    """One option in JSON, scored again by the model on its complete raw row."""
    domain, workspace = space.domain, space.workspace
    candidate = entry["candidate"][None]
    columns, _ = space.columns(candidate)
    row = space.frame(columns)
    before = {name: domain.features[name].json(value[0]) for name, value in space.before.items()}
    after = domain.values(row)
    touched = [column for lever, position in zip(space.levers, entry["candidate"]) if position for column in lever.columns]
    change = lambda name: {"feature": name, "from": before[name], "to": after[name]}
    return {
        "changes": [change(name) for name in touched if before[name] != after[name]],
        "follows": [change(name) for name in after if name not in touched and before[name] != after[name]],
        "row": after, **_state(workspace, workspace.model.predict(row)), "cost": float(space.costs(candidate)[0]),
        "n_changes": int((entry["candidate"] > 0).sum()), "plausibility": entry["plausibility"],
        "robust": bool(entry["robust"])}


def _state(workspace, prediction):
    if workspace.domain.regression:
        return {"outcome": None, "probabilities": None, "value": prediction[0]}
    return {"outcome": workspace.decide(prediction)[0],
            "probabilities": dict(zip(workspace.model.classes, prediction[0]))}


def _none_because(search, space):
    if search.nearest is None or not np.isfinite(search.nearest[1]):
        return {"code": "nothing_to_try", "lift": [], "nearest": None}
    return {"code": "out_of_reach", "lift": [], "nearest": None}
