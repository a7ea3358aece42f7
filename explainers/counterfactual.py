"""What would have to be different for another outcome: the cheapest changes that are possible, plausible and robust.

About many at once: the changes that would help most of them.
"""
from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.search.constraints import read_constraints
from explainers.search.find import SECONDS, find, margin_of, proof, space_of, state
from explainers.search.infeasible import none_because
from explainers.search.levers import NOISE
from explainers.search.recourse import helps_most
from explainers.search.scoring import scorer_of
from explainers.search.target import hoped_for_already

PRODUCES = ("counterfactual",)
ORDER = 10


def misfit(ask, scene):
    return "needs_one_case" if not scene.one and scene.domain.regression else None


def explain(ask, scene):
    """Options for the case as it is under the changes in force; see docs/counterfactuals.md."""
    result, foil = (_one if scene.one else _many)(ask, scene)
    return Finding(result, output=scene.domain.file.unit or "value" if scene.domain.regression else "probability",
                   caveats=caveats_of(scene) if scene.one else (), library=scene.model.library, foil=foil)


def _one(ask, scene):
    prediction = scene.model.predict(scene.rows)
    present = state(scene.workspace, prediction)
    if hoped_for_already(ask.get("target"), scene.workspace, prediction):
        constraints = read_constraints(ask, scene.domain, relations_of(scene.workspace).followed)
        return _empty({"outcome": present["outcome"], "probability": None}, present, constraints,
                      {"code": "reached_already", "lift": [], "nearest": None}), present["outcome"]
    found = find(scene.workspace, scene.rows, prediction, ask)
    search, options, picker = found.search, found.options, found.picker
    calls = found.calls
    reasons = None
    if not options:
        lifted = lambda fixed, loose: space_of(scene.workspace, scene.rows, fixed, loose)
        reasons, more = none_because(search, picker.checks(None, False), lifted, scorer_of)
        calls += more
    return {
        "options": options, "constraints": found.constraints.to_json(), **proof(search, options), "none_because": reasons,
        "target": found.target.asked, "target_chosen_by": "person" if ask.get("target") else "default",
        "present": present,
        "safety": {"margin": margin_of(ask), "noise": NOISE, "plausibility": picker.limit,
                   "own_distance": picker.own, "usual_distance": picker.usual, "retraining": found.retraining},
        "model_calls": calls, "candidates": search.scored, "out_of_time": search.stopped, "seconds_budget": SECONDS,
        "group": None}, found.target.outcome


def _many(ask, scene):
    """What would help most of a group; the cases in it that have the outcome already count as such."""
    outcome = (ask.get("target") or {}).get("outcome") or scene.domain.favourable
    constraints = read_constraints(ask, scene.domain, relations_of(scene.workspace).followed)
    group = helps_most(scene.workspace, scene.rows, None if outcome is None else str(outcome), ask=ask)
    target = {"outcome": group["outcome"], "probability": None}
    return _empty(target, None, constraints, None) | {"group": group}, group["outcome"]


def _empty(target, present, constraints, reasons):
    return {"options": [], "constraints": constraints.to_json(), "proven": None, "proof": None, "none_because": reasons,
            "target": target, "target_chosen_by": "default", "present": present, "safety": None, "model_calls": 1,
            "candidates": 0, "out_of_time": False, "seconds_budget": SECONDS, "group": None}
