"""One row -> its checked Shapley values, by the exact engine that fits the model or, where none does, by asking it."""
from dataclasses import dataclass

import numpy as np

from explainers.shapley.blackbox import Mixer, mixed_values, mixer_of
from explainers.shapley.engines import UNREADABLE, answer_of, engine_of, last_step, own_output

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
    read = reader_of(workspace, outcome, space)
    spread = read(background.predicted)
    baseline = float(spread.mean())
    span = 1.0 if space == "probability" and not model.regression else float(np.ptp(spread)) or 1.0
    engine = engine_of(workspace)
    if engine is not None:
        found = _by_engine(workspace, engine, row, background, output, space, seed, span)
        if found is not None:
            return found
    value = float(read(model.predict(row))[0])
    found = _by_asking(workspace, row, background, read, seed, span, space == "probability" and not model.regression)
    method = "exact Shapley values over all coalitions" if found.errors is None else "Shapley values estimated from permutations"
    return Attribution(found.values, found.errors, baseline, value, abs(baseline + float(found.values.sum()) - value),
                       method, found.stable)


def _by_asking(workspace, row, background, read, seed, span, shares):
    try:
        return mixed_values(mixer_for(workspace, row, background.rows, read, background.key), seed, span, shares)
    except UNREADABLE:
        return mixed_values(_raw_mixer(workspace, row, background.rows, read), seed, span, shares)


def mixer_for(workspace, row, rows, read, key=None):
    """Mixer of a one-row frame with `rows`. Where the last step alone gives the model's outputs, they are mixed as it takes
    them and not encoded each time; key: under which the encoded rows are kept."""
    encoding = last_step(workspace)
    if encoding is None:
        return _raw_mixer(workspace, row, rows, read)
    encode = lambda: encoding.codes(rows)
    try:
        known = encode() if key is None else workspace.prepared(("codes", key), encode)
        return mixer_of(encoding.codes(row), known, encoding.owners, workspace.domain,
                        lambda codes: read(answer_of(workspace, encoding, codes)))
    except UNREADABLE:
        return _raw_mixer(workspace, row, rows, read)


def _raw_mixer(workspace, row, rows, read):
    players = [player.columns for player in workspace.domain.players]
    return Mixer(row, rows, players, lambda frame: read(workspace.model.predict(frame)))


def _by_engine(workspace, engine, row, background, output, space, seed, span):
    """Attribution, or None where the engine has none that adds up. The row is encoded once for engine and model."""
    try:
        codes = engine.encoding.codes(row)
        found = engine.explained(codes, background, output, space, seed, span)
    except UNREADABLE:
        return None
    if found is None:
        return None
    predicted = _predicted(workspace, engine.encoding, row, codes)
    ends = proven_ends(engine, codes, background, predicted, output, space, found.values[None])
    if ends is None:
        return None
    baseline, value, error = ends
    method = engine.method if found.errors is None else engine.estimated
    return Attribution(found.values, found.errors, baseline, float(value[0]), error, method, found.stable)


def _predicted(workspace, encoding, row, codes):
    """What the model says of the row: as it was asked lately, by its last step alone where that is the same, or asked now."""
    known = workspace.model.recalled(row)
    if known is None:
        known = own_output(workspace, encoding, codes)
        if known is None:
            return workspace.model.predict(row)
        workspace.model.remember(row, known)
    return known


def proven_ends(engine, codes, background, predicted, output, space, values):
    """(baseline, n_rows outputs, largest additivity error), or None where the values do not add up to the model's outputs.

    predicted: what the model says of the rows. Log-odds are the engine's own sums, which keep their precision where a
    probability is next to 0 or 1; they must give the model's probability.
    """
    if space == "log_odds":
        sign = 1 if output == 1 else -1
        wanted, baseline = sign * engine.margins(codes)[:, 0], float(sign * engine.background_margins(background)[:, 0].mean())
        with np.errstate(over="ignore"):
            if (np.abs(1 / (1 + np.exp(-wanted)) - predicted[:, output]) > engine.tolerance).any():
                return None
    else:
        pick = (lambda given: given) if predicted.ndim == 1 else (lambda given: given[:, output])
        wanted, baseline = pick(predicted), float(pick(background.predicted).mean())
    errors = np.abs(baseline + values.sum(axis=1) - wanted)
    if (errors > engine.tolerance * np.maximum(1.0, np.abs(wanted))).any():
        return None
    return baseline, wanted, float(errors.max())


def reader_of(workspace, outcome, space):
    """Function: what the model returns -> n values of the explained output."""
    model = workspace.model
    if model.regression:
        return lambda predicted: predicted
    output = model.classes.index(outcome)
    if space == "probability":
        return lambda predicted: predicted[:, output]

    def log_odds(predicted):
        share = np.clip(predicted[:, output], CLIP, 1 - CLIP)
        return np.log(share / (1 - share))
    return log_odds
