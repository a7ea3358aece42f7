"""What would have to be different for another outcome: the cheapest changes that are possible, plausible and robust."""
from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.search.find import SECONDS, find, proof, space_of, state
from explainers.search.infeasible import none_because
from explainers.search.scoring import scorer_of

PRODUCES = ("counterfactual",)
ORDER = 10


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    """Options for the case as it is under the changes in force; see docs/counterfactuals.md."""
    workspace, domain = scene.workspace, scene.domain
    calls = scene.model.calls
    prediction = scene.model.predict(scene.rows)
    found = find(workspace, scene.rows, prediction, ask)
    search, options = found.search, found.options
    result = {
        "options": options, "constraints": found.constraints.to_json(), **proof(search, options),
        "none_because": None if options else none_because(
            search, found.picker.checks(None, False), lambda fixed, loose: space_of(workspace, scene.rows, fixed, loose),
            scorer_of),
        "target": found.target.asked, "present": state(workspace, prediction), "model_calls": scene.model.calls - calls,
        "candidates": search.scored, "seconds_budget": SECONDS}
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library, foil=found.target.outcome)
