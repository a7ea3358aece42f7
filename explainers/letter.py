"""All that a letter about one case tells: the model's answer, its reasons, what would change it, the values, the model.

A letter is about the case as it stands, whatever changes are in force in the talk.
"""
from dataclasses import replace

from explainers import contributions, counterfactual, described, prediction
from explainers.caveats import caveats_of
from explainers.errors import InputProblem
from explainers.explain import Finding
from explainers.rows import features_of
from explainers.types import Ask

PRODUCES = ("letter",)
ORDER = 10


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    """`prediction`, `why`, `model`: results of these kinds; `counterfactual`: the same, or None where none can be sought;
    `values`: what the model saw; `features`: the same as people know it (see `rows.py`)."""
    scene = replace(scene, rows=scene.before, changes=())
    ways = _ways(scene)
    why = contributions.explain(Ask("why"), scene)
    result = {"prediction": prediction.explain(Ask("prediction"), scene).result, "why": why.result,
              "counterfactual": ways.result if ways else None, "model": described.explain(Ask("model"), scene).result,
              "values": scene.domain.values(scene.rows), "features": features_of(scene.domain, scene.rows)}
    return Finding(result, output=why.output, caveats=caveats_of(scene), library=scene.model.library,
                   foil=ways.foil if ways else None)


def _ways(scene):
    try:
        return counterfactual.explain(Ask("counterfactual"), scene)
    except InputProblem:
        return None
