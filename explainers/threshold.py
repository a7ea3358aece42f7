"""The value of a feature at which the outcome changes, or the most (the least) with which it is still the wanted one."""
import numpy as np

from explainers.caveats import caveats_of
from explainers.errors import InputProblem
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.search.scan import at, scan
from explainers.search.target import read_target, value_meant, value_target

PRODUCES = ("threshold",)
ORDER = 10


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    """Each feature asked for by itself; `best` is the value for the direction asked, None where no value does it."""
    domain = scene.domain
    names = ask.features
    if not names:
        raise InputProblem("threshold_feature_needed", examples=", ".join(f.label for f in list(domain.features.values())[:3]))
    direction = ask.get("direction")
    outcome, met = wanted(ask, scene)
    relations = relations_of(scene.workspace)
    found = []
    for name in names:
        feature = domain.feature(name)
        entry = scan(scene, feature, relations, met)
        best = at(entry, feature, outcome, direction)
        entry |= {"direction": direction, "target": outcome, "best": best, "fixed": fixed(feature),
                  **reach(entry, feature, outcome, direction, best)}
        found.append(entry)
    result = {**found[0], "features": found, **aim(ask, scene)}
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library, foil=None if domain.regression else outcome)


def wanted(ask, scene):
    """(outcome that is looked for, function from values of a regression to outcome words or None).

    That is the outcome asked for, else the favourable one; where nobody hopes for any, whatever is not the case now.
    """
    workspace, domain = scene.workspace, scene.domain
    asked = ask.get("target") or {}
    if domain.regression:
        target = value_target(aim(ask, scene)["aim"], domain, float(scene.model.predict(scene.rows)[0]), reached_is_fine=True)
        return "reached", lambda values: np.where(target.reached(values), "reached", "not_reached")
    if asked.get("outcome") is not None:
        outcome = str(asked["outcome"])
        if outcome not in workspace.model.classes:
            raise InputProblem("unknown_outcome", value=outcome[:60], known=", ".join(domain.outcomes.values()))
        return outcome, None
    if domain.favourable in workspace.model.classes:
        return domain.favourable, None
    return read_target(None, workspace, scene.model.predict(scene.rows)).outcome, None


def aim(ask, scene):
    """Of a regression: {"aim": the values looked for, as asked or the next that is clearly better, "aim_chosen_by"}."""
    if not scene.domain.regression:
        return {"aim": None, "aim_chosen_by": None}
    meant = value_meant(ask.get("target"), scene.domain, float(scene.model.predict(scene.rows)[0]))
    return {"aim": meant, "aim_chosen_by": "person" if ask.get("target") else "default"}


def fixed(feature):
    """Why nobody can be told to change it: "sensitive", "immutable", or None."""
    return "sensitive" if feature.sensitive else "immutable" if feature.immutable else None


def reach(entry, feature, outcome, direction, best):
    """How far `best` tells the whole story, within what training rows show of a number.

    everywhere   every possible value has the outcome: `best` is no limit, only where the data end
    open         of "max" and "min": the outcome still holds where the data end, so the limit lies beyond them
    holes        [{"from", "to"}]: values with another outcome on the way that `best` makes one think is free
    around       {"from", "to"}: the values around the present one that have the outcome, where it is met already
    """
    runs = [run for run in entry["ranges"] if run["outcome"] is not None]
    if feature.type != "number":
        everywhere = bool(runs) and all(run["outcome"] == outcome for run in runs)
        return {"everywhere": everywhere, "open": False, "holes": [], "around": None}
    first, last = entry["seen"]["from"], entry["seen"]["to"]
    seen = [{**run, "from": max(run["from"], first), "to": min(run["to"], last)} for run in runs
            if run["from"] <= last and run["to"] >= first]
    everywhere = bool(seen) and all(run["outcome"] == outcome for run in seen)
    around = next(({"from": run["from"], "to": run["to"]} for run in seen if best is not None and best == entry["now"]
                   and run["from"] <= best <= run["to"]), None)
    free = _free(direction, entry["now"], best)
    holes = [{"from": run["from"], "to": run["to"]} for run in seen if run["outcome"] != outcome and free(run)]
    return {"everywhere": everywhere, "open": _open(entry, feature, direction, best), "holes": holes, "around": around}


def _free(direction, now, best):
    """Which runs lie where a reader of `best` takes the outcome for granted."""
    if best is None or (direction is None and (now is None or best == now)):
        return lambda run: False
    downwards = direction == "max" or (direction is None and best < now)
    return lambda run: run["to"] < best if downwards else run["from"] > best


def _open(entry, feature, direction, best):
    """Does the outcome reach as far as the data, without a limit of the domain that ends there too?"""
    if best is None or direction not in ("max", "min"):
        return False
    end, bound = ("to", feature.max) if direction == "max" else ("from", feature.min)
    run = next(run for run in entry["ranges"] if run["from"] <= best <= run["to"])
    at_end = run is entry["ranges"][-1 if direction == "max" else 0]
    return best == entry["seen"][end] and best != bound and (at_end or run[end] != best)
