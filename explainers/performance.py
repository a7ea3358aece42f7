"""How often is the model right? Its quality on rows that it did not learn from, with the range that sampling leaves."""
import numpy as np

from explainers.explain import Finding
from explainers.importance import NORMAL, Area
from explainers.rates import counted, mean_of, share_of

PRODUCES = ("performance",)
ORDER = 10


def misfit(ask, scene):
    return None


def explain(ask, scene):
    rows = scene.domain.cases if scene.one else scene.rows
    known = {"rows": len(rows), "which": "held-out" if scene.domain.split_known else "data", "asked": ask.get("metric")}
    target = scene.domain.target.loc[rows.index].to_numpy()
    predicted = scene.model.predict(rows)
    if scene.domain.regression:
        return Finding({**known, **_regression(target, predicted)}, output=scene.domain.file.unit or "value")
    return Finding({**known, **_classes(scene, target, predicted)}, output="probability")


def _classes(scene, target, predicted):
    outcomes = scene.workspace.decide(predicted)
    classes = scene.model.classes
    right = outcomes == target
    metrics = [{"metric": "accuracy", **_interval(share_of(right.sum(), len(right)))}]
    if len(classes) == 2 and len(np.unique(target)) == 2:
        metrics.append({"metric": "auc", **_auc(target == classes[1], predicted)})
    metrics.append({"metric": "brier", **mean_of(((predicted - (target[:, None] == np.array(classes))) ** 2).sum(axis=1) / 2)})
    by_label = [{"outcome": code, **share_of(right[target == code].sum(), (target == code).sum())} for code in classes]
    by_prediction = [{"outcome": code, **share_of(right[outcomes == code].sum(), (outcomes == code).sum())} for code in classes]
    told = scene.outcome if scene.outcome in classes else classes[-1]
    found, kept = (next(entry for entry in part if entry["outcome"] == told) for part in (by_label, by_prediction))
    metrics += [{"metric": "recall", "outcome": told, **_interval(found)}, {"metric": "precision", "outcome": told, **_interval(kept)},
                {"metric": "f1", "outcome": told, **_f1(found, kept)}]
    labels = counted(target, classes)
    return {"metrics": metrics, "by_label": by_label, "by_prediction": by_prediction, "labels": labels,
            "commonest": max(labels, key=lambda entry: entry["count"]), "right": int(right.sum()), "wrong": int((~right).sum()),
            "one_label": target[0] if len(set(target)) == 1 else None,
            "one_outcome": outcomes[0] if len(set(outcomes)) == 1 else None}


def _interval(entry):
    return {"value": entry["share"], "low": entry["low"], "high": entry["high"]}


def _f1(found, kept):
    hits, total = found["count"], found["size"] + kept["size"]
    return {"value": 2 * hits / total if total else None, "low": None, "high": None}


def _auc(positive, predicted):
    area = Area(positive)
    parts = area.parts(predicted)
    half = NORMAL * np.sqrt(sum(part.var(ddof=1) / len(part) for part in parts if len(part) > 1))
    value = area.value(parts)
    return {"value": value, "low": max(0.0, value - half), "high": min(1.0, value + half)}


def _regression(target, predicted):
    target = target.astype(float)
    off = predicted - target
    spread = float(((target - target.mean()) ** 2).sum())
    middle = np.abs(target - np.median(target))
    return {"metrics": [{"metric": "mean_absolute_error", **mean_of(np.abs(off))},
                        {"metric": "root_mean_squared_error", "value": float(np.sqrt((off ** 2).mean())), "low": None, "high": None},
                        {"metric": "r2", "value": 1 - float((off ** 2).sum()) / spread if spread else None, "low": None, "high": None}],
            "always_the_middle": float(middle.mean())}
