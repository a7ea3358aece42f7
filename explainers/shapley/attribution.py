"""One row -> its checked Shapley values, by the exact engine that fits the model or, where none does, by asking it."""
from dataclasses import dataclass

import numpy as np

from explainers.shapley.blackbox import blackbox_values
from explainers.shapley.engines import UNREADABLE, engine_of

CLIP = 1e-4      # probabilities are kept this far from 0 and 1 before their log-odds are taken from a black box


@dataclass(frozen=True, eq=False)
class Attribution:
    """Contributions of one row: values[i] of player i (in the order of domain.players).

    errors            standard errors, None where the values are exact
    baseline, value   mean output of the background rows, and output of the row, both as the model itself gives them
    additivity_error  |baseline + sum of values - value|
    stable            False where the order of the main reasons was not settled within the sampling limit
    """
    values: np.ndarray
    errors: np.ndarray | None
    baseline: float
    value: float
    additivity_error: float
    method: str
    stable: bool = True

    @property
    def exact(self):
        return self.errors is None


def attribute(workspace, row, background, outcome=None, space="probability", seed=20):
    """Shapley values of a one-row frame.

    outcome: code of the explained outcome, None for a regression; space: "probability" (or a regression's value) or
    "log_odds". An exact engine whose values do not add up to the model's own output is not used.
    """
    model = workspace.model
    output = 0 if model.regression else model.classes.index(outcome)
    read = _reader(model, output, space)
    value, baseline = float(read(model.predict(row))[0]), float(read(background.predicted).mean())
    engine, control = engine_of(workspace), None
    if engine is not None:
        values = _tried(engine.values, row, background, output, space)
        if values is None:
            control = _tried(engine.control, row, background, output, space)
        else:
            error = abs(baseline + float(values.sum()) - value)
            if error <= engine.tolerance * max(1.0, abs(value)):
                return Attribution(values, None, baseline, value, error, engine.method)
    players = [player.columns for player in workspace.domain.players]
    spread = read(background.predicted)
    span = 1.0 if space == "probability" and not model.regression else float(np.ptp(spread)) or 1.0
    found = blackbox_values(row, background.rows, players, lambda frame: read(model.predict(frame)), seed, span, control)
    method = "exact Shapley values over all coalitions" if found.errors is None else "Shapley values estimated from permutations"
    return Attribution(found.values, found.errors, baseline, value, abs(baseline + float(found.values.sum()) - value),
                       method, found.stable)


def _tried(way, row, background, output, space):
    """What an engine gives, None where it cannot give it for this row."""
    try:
        return way(row, background, output, space)
    except UNREADABLE:
        return None


def _reader(model, output, space):
    """What the model returns -> n values of the explained output."""
    if model.regression:
        return lambda predicted: predicted
    if space == "probability":
        return lambda predicted: predicted[:, output]

    def log_odds(predicted):
        share = np.clip(predicted[:, output], CLIP, 1 - CLIP)
        return np.log(share / (1 - share))
    return log_odds
