"""Which way to Shapley values fits a model. An engine answers for one row and one output; it is checked before use.

    engine.explained(codes, background, output, space, seed, span)   -> Estimate, or None where it cannot (then: black box)
    engine.many(codes, background, output, space) -> n_rows x n_players exact values at once, or None
    engine.margins(codes), background_margins(background)   -> n_rows x n_outputs sums before the link
    engine.shuffled_margins(codes, orders)        -> the same, and with single players' values in other orders of the rows
    engine.outputs(frame, output)                 -> n values, as the engine understands the model
    engine.terms(x, background)                   -> how much work `explained` would be
"""
import numpy as np

from explainers.models.fitting import from_margins
from explainers.shapley.background import background_of
from explainers.shapley.encoding import UNREADABLE, encoding_of
from explainers.shapley.ensembles import ensemble_engine
from explainers.shapley.terms import TermsEngine
from explainers.shapley.tree_engine import CELLS_A_TERM, LARGEST_TABLE, TreeEngine

SIZES = (100, 50, 25)
MOST_TERMS = 500_000


def background_for(workspace, foil=None):
    """The background for explanations: 100 rows, or fewer where the model's engine would take too long (but 100 again
    where even that is no way to exact values).

    What is counted are terms, not seconds, so the choice is the same on every machine.
    """
    engine = engine_of(workspace)
    for size in SIZES[:-1]:
        background = background_of(workspace, size, foil)
        if engine is None or len(background.rows) < size:
            return background
        if mean_terms(workspace, engine, background) <= MOST_TERMS:
            return background
    smallest = background_of(workspace, SIZES[-1], foil)
    exact = mean_terms(workspace, engine, smallest) <= LARGEST_TABLE / CELLS_A_TERM
    return smallest if exact else background_of(workspace, SIZES[0], foil)


def mean_terms(workspace, engine, background):
    """Mean work of one explanation, from a few background rows taken as cases."""
    rows = background.rows
    return workspace.prepared(("terms", background.key), lambda: float(np.mean(
        [engine.terms(rows.iloc[[at]], background) for at in range(0, len(rows), 20)])))


def engine_of(workspace):
    """The exact engine for the workspace's model, made once and proven against the model itself; None: black box."""
    return workspace.prepared("shapley engine", lambda: _make(workspace))


def _make(workspace):
    for build in (TreeEngine.build, TermsEngine.build, ensemble_engine):
        try:
            encoding = encoding_of(workspace.model)
            engine = None if encoding is None else build(workspace, encoding)
            if engine is not None and _agrees(engine, workspace, background_of(workspace, SIZES[0])):
                return engine
        except UNREADABLE:
            continue
    return None


def _agrees(engine, workspace, background):
    """Does the engine's own output equal the model's, on background rows and on rows mixed from two of them?"""
    rows = background.rows
    mixed = rows.copy()
    other = rows.iloc[np.random.default_rng(0).permutation(len(rows))]
    for number, player in enumerate(workspace.domain.players):
        if number % 2:
            for column in player.columns:
                mixed[column] = other[column].to_numpy() if mixed[column].dtype == object else other[column].array
    for frame in (rows, mixed):
        wanted = workspace.model.predict(frame)
        wanted = wanted[:, None] if wanted.ndim == 1 else wanted
        scale = max(1.0, float(np.abs(wanted).max()))
        for output in range(wanted.shape[1]):
            if np.abs(engine.outputs(frame, output) - wanted[:, output]).max() > engine.tolerance * scale:
                return False
    return True


def own_output(workspace, encoding, codes):
    """What the model says of rows that are encoded already, by its last step alone; None where that is not the same."""
    return answer_of(workspace, encoding, codes) if last_step(workspace) is not None else None


def last_step(workspace):
    """Encoding of a pipeline whose last step alone gives exactly the model's outputs for encoded rows, else None."""
    return workspace.prepared("last step", lambda: _last_step(workspace))


def answer_of(workspace, encoding, codes):
    """What the last step says of encoded rows, as the model does: probabilities, squashed margins or values."""
    last, asked = encoding.last, workspace.model.notes.get("probabilities", "own")
    if workspace.model.regression:
        return np.asarray(last.predict(codes), dtype=float)
    return np.asarray(last.predict_proba(codes) if asked == "own" else from_margins(last.decision_function(codes)), dtype=float)


def _last_step(workspace):
    background = background_of(workspace, SIZES[0])
    try:
        encoding = encoding_of(workspace.model)
        if encoding is None or not encoding.steps:
            return None
        same = np.array_equal(answer_of(workspace, encoding, encoding.codes(background.rows)), workspace.model.predict(background.rows))
    except UNREADABLE:
        return None
    return encoding if same else None
