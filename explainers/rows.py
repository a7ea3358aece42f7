"""The data themselves: show cases, count them, say how they really turned out."""
import numpy as np

from explainers.comparison import values_of
from explainers.explain import Finding
from explainers.rates import counted, mean_of

PRODUCES = ("show", "count", "label")
ORDER = 10
SHOWN = 10


def misfit(ask, scene):
    return "label_unknown" if ask.kind == "label" and scene.scope["kind"] == "new" else None


def explain(ask, scene):
    find = {"show": _show, "count": _count, "label": _label}[ask.kind]
    return Finding(find(scene), output=_output(scene))


def _output(scene):
    return scene.domain.file.unit or "value" if scene.domain.regression else "probability"


def _said(scene, rows):
    """What the model says of each row: outcome codes, or values of a regression."""
    return scene.model.predict(rows) if scene.domain.regression else scene.workspace.outcomes(rows)


def _known(scene, rows):
    """What really came of each row; None for somebody who is not in the data."""
    if scene.scope["kind"] == "new":
        return [None] * len(rows)
    return scene.domain.target.loc[rows.index].tolist()


def _show(scene):
    rows = scene.rows.iloc[:SHOWN]
    said, known = _said(scene, rows), _known(scene, rows)
    new = scene.scope["kind"] == "new"
    cases = [{"case": None if new else rows.index[i], "values": scene.domain.values(rows.iloc[[i]]),
              "features": features_of(scene.domain, rows.iloc[[i]]), "outcome": said[i], "label": known[i]} for i in range(len(rows))]
    return {"size": len(scene.rows), "shown": len(rows), "cases": cases}


def features_of(domain, row):
    """[{"feature", "value"}] as people know them: columns that encode one thing are one of them, with the column that holds."""
    return [{"feature": player.name, "value": value} for player, value in zip(domain.players, values_of(domain, row))]


def _count(scene):
    found = {"size": len(scene.rows), "of": len(scene.domain.cases), "which": "held-out" if scene.domain.split_known else "data"}
    if scene.domain.regression:
        return found
    return {**found, "outcomes": counted(_said(scene, scene.rows), scene.model.classes),
            "labels": [] if scene.scope["kind"] == "new" else counted(np.array(_known(scene, scene.rows)), scene.domain.outcomes)}


def _label(scene):
    said, known = _said(scene, scene.rows), np.array(_known(scene, scene.rows))
    if scene.one:
        right = None if scene.domain.regression else bool(said[0] == known[0])
        return {"size": 1, "label": known[0], "outcome": said[0], "right": right}
    if scene.domain.regression:
        return {"size": len(known), "mean": mean_of(known.astype(float)), "predicted": mean_of(said)}
    return {"size": len(known), "labels": counted(known, scene.domain.outcomes), "outcomes": counted(said, scene.model.classes),
            "right": int((said == known).sum())}
