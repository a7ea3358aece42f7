"""How far each value may move by itself before the outcome changes.

Of a regression without a target: before the estimate leaves the tolerance of `sameness.py` around what it is now.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.sameness import band, same
from explainers.search.scan import scan
from explainers.threshold import wanted

PRODUCES = ("keep",)
ORDER = 10


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    """Every feature that can change (or those asked for): its ranges, and the one around the present value."""
    domain, workspace = scene.domain, scene.workspace
    names = ask.features or [name for name, feature in domain.features.items() if not feature.immutable and not feature.sensitive]
    relations = relations_of(workspace)
    present = scene.model.predict(scene.rows)
    met, within = None, None
    if domain.regression and ask.get("target"):
        met = wanted(ask, scene)[1]
    elif domain.regression:
        within, now = band(workspace, present[0]), float(present[0])
        met = lambda values: np.where(same(workspace, values, now), "same", "different")
    outcome = str(met(present)[0]) if met else workspace.decide(present)[0]
    found = []
    for name in names:
        feature = domain.feature(name)
        entry = scan(scene, feature, relations, met)
        found.append(entry | _room(entry, feature, outcome))
    told = {"outcome": outcome, "features": found, "within": within}
    result = {**found[0], **told} if found else told
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library)


def _room(entry, feature, outcome):
    """{"keeps": the values with which the outcome stays, "any": does it stay with every value?}

    Of a number within what training rows show: beyond, the model's answer is no limit to rely on.
    """
    possible = [run for run in entry["ranges"] if run["outcome"] is not None]
    if feature.type != "number":
        staying = [run["from"] for run in possible if run["outcome"] == outcome]
        return {"keeps": staying, "any": len(staying) == len(possible)}
    now, seen = entry["now"], entry["seen"]
    first, last = (seen["from"], seen["to"]) if now is None else (min(seen["from"], now), max(seen["to"], now))
    within = [{**run, "from": max(run["from"], first), "to": min(run["to"], last)} for run in possible
              if run["from"] <= last and run["to"] >= first]
    staying = [run for run in within if run["outcome"] == outcome]
    around = [run for run in staying if now is None or run["from"] <= now <= run["to"]]
    keeps = {"from": around[0]["from"], "to": around[0]["to"]} if around else None
    return {"keeps": keeps, "any": len(staying) == len(within)}
