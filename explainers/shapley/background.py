"""The rows that stand for "anyone" in a comparison: chosen once for a workspace, the same for every case."""
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.errors import InputProblem

TRIES = 200
SEED = 20


@dataclass(frozen=True, eq=False)
class Background:
    """rows: n x n_features raw values; which: where they come from; predicted: the model's output for them."""
    rows: pd.DataFrame
    which: str
    predicted: np.ndarray
    foil: str | None = None

    @property
    def key(self):
        return len(self.rows), self.foil

    def to_json(self):
        return {"rows": len(self.rows), "which": self.which, "outcome": self.foil, "cases": list(self.rows.index)}


def background_of(workspace, size, foil=None):
    """`size` training rows (all data where nobody knows which the model was trained on), or of those among them that
    the model gives the outcome `foil`.

    One row is drawn from each of `size` equal strata of the model's score; of TRIES such draws (fixed seed) the one
    whose feature means lie nearest to those of all rows is kept.
    """
    return workspace.prepared(("background", size, foil), lambda: _choose(workspace, size, foil))


def _choose(workspace, size, foil):
    domain = workspace.domain
    rows = domain.train
    which = "training" if domain.split_known else "data"
    predicted = workspace.model.predict(rows)
    if foil is not None:
        with_foil = workspace.decide(predicted) == foil
        if not with_foil.any():
            raise InputProblem("no_rows_with_outcome", outcome=domain.outcomes[foil])
        rows, predicted = rows[with_foil], predicted[with_foil]
    if len(rows) <= size:
        return Background(rows, which, predicted, foil)
    score = predicted if predicted.ndim == 1 else predicted[:, -1]
    order = np.argsort(score, kind="stable")
    edges = np.linspace(0, len(rows), size + 1).astype(int)
    described = _described(domain, rows)
    wanted = described.mean(axis=0)
    random = np.random.default_rng(SEED)
    best, least = None, np.inf
    for _ in range(TRIES):
        picked = order[edges[:-1] + (random.random(size) * np.diff(edges)).astype(int)]
        distance = float((((described[picked].mean(axis=0) - wanted)) ** 2).sum())
        if distance < least:
            best, least = np.sort(picked), distance
    return Background(rows.iloc[best], which, predicted[best], foil)


def _described(domain, rows):
    """n_rows x n: standardised numbers and 0/1 for each category, to compare means with."""
    columns = []
    for name, feature in domain.features.items():
        if feature.type == "number":
            values = rows[name].to_numpy(dtype=float)
            spread = np.nanstd(values) or 1.0
            columns.append(np.nan_to_num((values - np.nanmean(values)) / spread)[:, None])
        else:
            codes = pd.factorize(rows[name])[0]
            width = min(codes.max() + 1, 30)
            columns.append((codes[:, None] == np.arange(width)) / np.sqrt(max(width, 1)))
    return np.hstack(columns)
