"""The value of a feature at which the outcome changes, or the most (the least) with which it is still the wanted one."""
import numpy as np

from explainers.caveats import caveats_of
from explainers.errors import InputProblem
from explainers.explain import Finding
from explainers.relations import relations_of
from explainers.search.scan import at, scan
from explainers.search.target import read_target, value_target

PRODUCES = ("threshold",)
ORDER = 10


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    """Each feature asked for by itself; `best` is the value for the direction asked, None where no value does it."""
    domain = scene.domain
    names = ask.get("features") or ()
    names = [names] if isinstance(names, str) else list(names)
    if not names:
        raise InputProblem("threshold_feature_needed", examples=", ".join(f.label for f in list(domain.features.values())[:3]))
    direction = ask.get("direction")
    outcome, met = wanted(ask, scene, direction)
    relations = relations_of(scene.workspace)
    found = []
    for name in names:
        feature = domain.feature(name)
        entry = scan(scene, feature, relations, met)
        entry |= {"direction": direction, "target": outcome, "best": at(entry, feature, outcome, direction),
                  "fixed": _fixed(feature)}
        found.append(entry)
    result = {**found[0], "features": found}
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library, foil=None if domain.regression else outcome)


def wanted(ask, scene, direction=None):
    """(outcome that is looked for, function from values of a regression to outcome words or None).

    "The most possible" looks for the favourable outcome; the value needed for whatever is not the case now.
    """
    workspace, domain = scene.workspace, scene.domain
    asked = ask.get("target") or {}
    if domain.regression:
        target = value_target(asked, domain, float(scene.model.predict(scene.rows)[0]), reached_is_fine=True)
        return "reached", lambda values: np.where(target.reached(values), "reached", "not_reached")
    if asked.get("outcome") is not None:
        outcome = str(asked["outcome"])
        if outcome not in workspace.model.classes:
            raise InputProblem("unknown_outcome", value=outcome[:60], known=", ".join(domain.outcomes.values()))
        return outcome, None
    if direction is not None and domain.favourable is not None:
        return domain.favourable, None
    return read_target(None, workspace, scene.model.predict(scene.rows)).outcome, None


def _fixed(feature):
    return "sensitive" if feature.sensitive else "immutable" if feature.immutable else None
