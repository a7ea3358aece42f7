"""One row -> its checked Shapley values, by the exact engine that fits the model or, where none does, by asking it."""
from dataclasses import dataclass

import numpy as np

from explainers.shapley.blackbox import blackbox_values
from explainers.shapley.engines import UNREADABLE, engine_of, own_output

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
    spread = read(background.predicted)
    baseline = float(spread.mean())
    span = 1.0 if space == "probability" and not model.regression else float(np.ptp(spread)) or 1.0
    engine = engine_of(workspace)
    if engine is not None:
        found, value = _by_engine(workspace, engine, row, background, output, space, seed, span, read)
        if found is not None:
            error = abs(baseline + float(found.values.sum()) - value)
            if error <= engine.tolerance * max(1.0, abs(value)):
                method = engine.method if found.errors is None else engine.estimated
                return Attribution(found.values, found.errors, baseline, value, error, method, found.stable)
    value = float(read(model.predict(row))[0])
    players = [player.columns for player in workspace.domain.players]
    found = blackbox_values(row, background.rows, players, lambda frame: read(model.predict(frame)), seed, span)
    method = "exact Shapley values over all coalitions" if found.errors is None else "Shapley values estimated from permutations"
    return Attribution(found.values, found.errors, baseline, value, abs(baseline + float(found.values.sum()) - value),
                       method, found.stable)


def _by_engine(workspace, engine, row, background, output, space, seed, span, read):
    """(Estimate or None, the model's own output): the row is encoded once for both."""
    try:
        codes = engine.encoding.codes(row)
        found = engine.explained(codes, background, output, space, seed, span)
    except UNREADABLE:
        return None, None
    own = own_output(workspace, engine.encoding, codes)
    return found, float(read(workspace.model.predict(row) if own is None else own)[0])


def many(workspace, rows, background, outcome=None, space="probability"):
    """Exact values of many rows at once: n_rows x n_players, None where they cannot be had together.

    Proven on the rows themselves: baseline and values add up to what the model says of each.
    """
    engine, model = engine_of(workspace), workspace.model
    output = 0 if model.regression else model.classes.index(outcome)
    try:
        values = None if engine is None else engine.many(rows, background, output, space)
    except UNREADABLE:
        return None
    if values is None:
        return None
    read = _reader(model, output, space)
    wanted = read(model.predict(rows))
    errors = np.abs(float(read(background.predicted).mean()) + values.sum(axis=1) - wanted)
    if (errors > engine.tolerance * np.maximum(1.0, np.abs(wanted))).any():
        return None
    return values, wanted, float(errors.max())


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
