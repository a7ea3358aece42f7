"""Shapley values of many rows: of all of them where that is affordable, else of evenly picked ones.

Sums of trees are worked out for all rows at once (batch.py); others row by row, encoded and asked of the model together.
"""
from dataclasses import dataclass

import numpy as np

from explainers.kept import of_rows
from explainers.progress import steps
from explainers.shapley.attribution import attribute, proven_ends
from explainers.shapley.engines import UNREADABLE, engine_of, mean_terms
from explainers.shapley.tree_engine import in_parallel

AFFORDABLE = 60_000_000      # terms: one to three seconds
FIXED = 50_000               # terms that take as long as what every row costs besides
FEWEST, FEWEST_BLACKBOX = 60, 40
KEPT = 32                    # results of one model and its data that are kept


@dataclass(frozen=True, eq=False)
class Several:
    """rows: the explained ones; values: n_rows x n_players; value: n_rows outputs of the model; space: "probability" (or a
    regression's value) or "log_odds"; the rest as in Attribution, for the worst of the rows."""
    rows: object
    values: np.ndarray
    value: np.ndarray
    baseline: float
    additivity_error: float
    method: str
    exact: bool
    stable: bool
    space: str


def explain_rows(workspace, rows, background, outcome=None, space="probability", seed=20, other_space=False):
    """Several for `rows`. With other_space, log-odds of all rows are preferred to probabilities of only some of them.

    A workspace is one model and one table, so the last few results are kept in it, by the values of the rows.
    """
    kept = workspace.prepared("several", dict)
    key = (*of_rows(rows), background.key, outcome, space, seed, other_space)
    if key not in kept:
        found = _explain_rows(workspace, rows, background, outcome, space, seed, other_space)
        if len(kept) >= KEPT:
            kept.pop(next(iter(kept)), None)
        kept[key] = found
    return kept[key]


def _explain_rows(workspace, rows, background, outcome, space, seed, other_space):
    engine = engine_of(workspace)
    found = engine and together(workspace, engine, rows, background, outcome, space, all_at_once)
    count = affordable(workspace, background)
    if found is None and engine and other_space and count < len(rows) and not workspace.model.regression and space != "log_odds":
        found = together(workspace, engine, rows, background, outcome, "log_odds", all_at_once)
    if found is None:
        if len(rows) > count:
            rows = rows.iloc[np.linspace(0, len(rows) - 1, count).round().astype(int)]
        found = engine and together(workspace, engine, rows, background, outcome, space, row_by_row)
    return found or _alone(workspace, rows, background, outcome, space, seed)


def affordable(workspace, background):
    """How many rows can be explained one after the other."""
    engine = engine_of(workspace)
    if engine is None:
        return FEWEST_BLACKBOX
    return max(FEWEST, int(AFFORDABLE / (mean_terms(workspace, engine, background) + FIXED)))


def together(workspace, engine, rows, background, outcome, space, way):
    """Several with one encoding of all rows and one question to the model; None where that is not possible or does not add up."""
    output = 0 if workspace.model.regression else workspace.model.classes.index(outcome)
    try:
        codes = engine.encoding.codes(rows)
        values = way(engine, codes, background, output, space)
    except UNREADABLE:
        return None
    ends = None if values is None else proven_ends(engine, codes, background, workspace.model.predict(rows), output, space, values)
    if ends is None:
        return None
    baseline, value, error = ends
    return Several(rows, values, value, baseline, error, engine.method, True, True, space)


def all_at_once(engine, codes, background, output, space):
    return engine.many(codes, background, output, space)


def row_by_row(engine, codes, background, output, space):
    """Exact values, or None where the first row, or any, has none."""
    found = [None] * len(codes)

    def work(at):
        one = codes.iloc[[at]] if hasattr(codes, "iloc") else codes[at:at + 1]
        found[at] = engine.explained(one, background, output, space)

    engine.background_margins(background)       # prepared here: the caller may hold the workspace's lock, which threads cannot get
    work(0)
    if found[0] is None or found[0].errors is not None:
        return None
    in_parallel(work, len(codes), "cases")
    exact = all(each is not None and each.errors is None for each in found)
    return np.stack([each.values for each in found]) if exact else None


def _alone(workspace, rows, background, outcome, space, seed):
    rows = rows if len(rows) <= FEWEST_BLACKBOX else rows.iloc[np.linspace(0, len(rows) - 1, FEWEST_BLACKBOX).round().astype(int)]
    found = [attribute(workspace, rows.iloc[[at]], background, outcome, space, seed) for at in steps("cases", range(len(rows)))]
    return Several(rows, np.stack([each.values for each in found]), np.array([each.value for each in found]), found[0].baseline,
                   max(each.additivity_error for each in found), found[0].method, all(each.exact for each in found),
                   all(each.stable for each in found), space)
