"""What a case is compared with: anyone, those with another outcome ("rather than good"), or those that meet a condition.

The rows compared with are the background of the contributions, so that these add up to the difference between the case
and the mean of those rows (a contrastive explanation: Miller 2019).
"""
import json
from collections.abc import Mapping

import numpy as np

from explainers.conditions import mask
from explainers.errors import InputProblem
from explainers.shapley.background import Background
from explainers.shapley.engines import background_for

MOST = 100
LEAST = 5


def foil_of(ask, scene):
    """The outcome that the case is contrasted with (the background is then of rows with that outcome), or None."""
    foil = ask.get("foil")
    if isinstance(foil, Mapping):
        foil = foil.get("prediction") if set(foil) == {"prediction"} else None
    return str(foil) if foil is not None and str(foil) in scene.domain.outcomes else None


def compared_with(ask, scene):
    """(Background, its JSON, the outcome that it is of or None)."""
    foil, code = ask.get("foil"), foil_of(ask, scene)
    if isinstance(foil, Mapping) and code is None:
        background = scene.workspace.prepared(("background of", json.dumps(foil, sort_keys=True)), lambda: _of_group(scene, foil))
        return background, {**background.to_json(), "outcome": None, "where": dict(foil)}, None
    background = background_for(scene.workspace, code)
    return background, background.to_json(), code


def _of_group(scene, where):
    """At most MOST of the training rows that meet a condition, evenly spread over the model's score."""
    workspace, rows = scene.workspace, scene.domain.train
    met = mask(where, scene.domain, rows, lambda: workspace.outcomes(rows), scene.domain.train_target)
    if met.sum() < LEAST:
        raise InputProblem("foil_group_too_small", size=int(met.sum()), least=LEAST)
    rows = rows[met]
    predicted = workspace.model.predict(rows)
    if len(rows) > MOST:
        order = np.argsort(predicted if predicted.ndim == 1 else predicted[:, -1], kind="stable")
        edges = np.linspace(0, len(rows), MOST + 1)
        picked = np.sort(order[((edges[:-1] + edges[1:]) / 2).astype(int)])
        rows, predicted = rows.iloc[picked], predicted[picked]
    which = "training" if scene.domain.split_known else "data"
    return Background(rows, which, predicted, json.dumps(where, sort_keys=True))
