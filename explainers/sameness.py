"""When is an answer still the same? An outcome: when it is that outcome. An estimate: within a tolerance of it.

The tolerance is the model's mean error on rows that it did not learn from (nearer estimates could not be told apart by
what really comes), but at most half of the standard deviation of its estimates, and at least a twentieth of it.
"""
import numpy as np

LEAST, MOST = 0.05, 0.5
ROUNDING = 1e-9


def answers(workspace, rows):
    """n: what the model says of raw rows: outcome codes, or values of a regression."""
    return workspace.model.predict(rows) if workspace.domain.regression else workspace.outcomes(rows)


def same(workspace, found, wanted):
    """Boolean array: is each answer in `found` the same as that in `wanted`? Their shapes are broadcast."""
    if not workspace.domain.regression:
        return np.asarray(found) == wanted
    return np.abs(np.asarray(found, dtype=float) - wanted) <= tolerance(workspace) + ROUNDING


def tolerance(workspace):
    """How far an estimate may move and still count as the same, in the target's unit."""
    return workspace.prepared("tolerance", lambda: _tolerance(workspace))


def _tolerance(workspace):
    domain = workspace.domain
    spread = float(np.std(workspace.model.predict(domain.train)))
    error = float(np.abs(workspace.model.predict(domain.cases) - domain.cases_target.to_numpy(dtype=float)).mean())
    return min(max(error, LEAST * spread), MOST * spread)


def band(workspace, value):
    """{"value", "tolerance", "low", "high"} of an estimate; None for outcomes."""
    if not workspace.domain.regression:
        return None
    width = tolerance(workspace)
    return {"value": float(value), "tolerance": width, "low": float(value) - width, "high": float(value) + width}
