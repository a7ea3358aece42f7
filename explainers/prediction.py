"""The model's outcome and its probabilities (or value), before and after the changes asked about.

Only what was asked is changed; what the domain says would follow from it is told beside it, as `with_follows`.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.relations import relations_of

PRODUCES = ("prediction", "likelihood")
ORDER = 10


def misfit(ask, scene):
    return None


def explain(ask, scene):
    if not scene.one:
        return _group(scene)
    after = _state(scene, scene.rows)
    before = _state(scene, scene.before) if scene.changes else None
    result = {**after, "threshold": _threshold(scene), "changes": changes_of(scene), "before": before,
              "with_follows": _with_follows(scene) if scene.changes else None}
    if scene.domain.regression and ask.kind == "likelihood":
        result["typical_error"] = _typical_error(scene)
    return Finding(result, output=scene.domain.file.unit or "value" if scene.domain.regression else "probability",
                   caveats=caveats_of(scene), library=scene.model.library)


def _typical_error(scene):
    """{"value", "rows", "which"}: mean absolute error on the rows that the model did not learn from; None without any."""
    domain = scene.domain
    rows = domain.cases[domain.cases_target.notna()]
    if rows.empty:
        return None
    off = np.abs(scene.model.predict(rows) - domain.cases_target.loc[rows.index].to_numpy(dtype=float))
    return {"value": float(off.mean()), "rows": len(rows), "which": "held-out" if domain.split_known else "data"}


def _state(scene, rows):
    predicted = scene.model.predict(rows)
    if scene.domain.regression:
        return {"value": predicted[0], "unit": scene.domain.file.unit}
    return {"outcome": scene.workspace.decide(predicted)[0], "probabilities": dict(zip(scene.model.classes, predicted[0]))}


def _threshold(scene):
    """{"outcome": favourable, "at_least": share} where two outcomes are told apart by one, else None."""
    domain = scene.domain
    if domain.favourable is None or len(domain.outcomes) != 2:
        return None
    return {"outcome": domain.favourable, "at_least": domain.threshold}


def changes_of(scene):
    """What differs between the rows before and after, as JSON values."""
    before, after = scene.domain.values(scene.before), scene.domain.values(scene.rows)
    touched = dict.fromkeys(change.feature for change in scene.changes)
    return [{"feature": name, "from": before[name], "to": after[name]} for name in touched]


def _with_follows(scene):
    """{"changes": what else would move, by the domain's relations, with the model's answer then}; None where nothing would."""
    domain, relations = scene.domain, relations_of(scene.workspace)
    before, after = ({name: rows[name].to_numpy() for name in domain.features} for rows in (scene.before, scene.rows))
    columns, possible = relations.follow(after, before, domain)
    was, rows = domain.values(scene.rows), scene.rows.copy()
    moved = []
    for name in sorted(relations.followed - {change.feature for change in scene.changes}):
        to = domain.features[name].json(columns[name][0])
        if possible[0] and to != was[name]:
            moved.append({"feature": name, "from": was[name], "to": to})
            rows[name] = columns[name]
    return {"changes": moved, **_state(scene, rows)} if moved else None


def _group(scene):
    predicted = scene.model.predict(scene.rows)
    if scene.domain.regression:
        return Finding({"size": len(predicted), "value": predicted.mean(), "low": predicted.min(), "high": predicted.max(),
                        "unit": scene.domain.file.unit}, output=scene.domain.file.unit or "value", library=scene.model.library)
    outcomes = scene.workspace.decide(predicted)
    counts = {code: int((outcomes == code).sum()) for code in scene.model.classes}
    mean = dict(zip(scene.model.classes, predicted.mean(axis=0)))
    return Finding({"size": len(predicted), "counts": counts, "mean_probabilities": mean}, output="probability",
                   library=scene.model.library)
