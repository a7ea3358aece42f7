"""LIME: a linear stand-in for the model near one case (Ribeiro, Singh, Guestrin 2016), for a person's own features.

Rows near the case are made up: of each feature the case's value is kept or, by chance, that of a random training row put
in its place. What the stand-in sees of a row is, for each feature, whether it is still as in the case (a number: within
the same quarter of the training rows). It is fitted to the model's output with weights that fall with the number of
features that are not. A weight of the stand-in says how much the output differs where the feature is as it is here.
Unlike Shapley values, the weights need not add up to the output: `fidelity` says how well the stand-in does.
"""
import numpy as np
import pandas as pd

from explainers.caveats import caveats_of
from explainers.checks import agreement_of
from explainers.comparison import codes_of, contribution_entries, value_of
from explainers.contributions import attribution_of, output_of
from explainers.explain import OTHER_METHOD, Finding
from explainers.shapley.engines import background_for

PRODUCES = ("why",)
ORDER = 20                      # Shapley values come first; these are worked out where a question asks for LIME
SAMPLES, BATCHES = 4000, 10     # made-up rows to fit on, in batches whose spread gives the standard errors
FRESH = 2000                    # further rows on which the stand-in is judged
WIDTH = 0.75                    # kernel width, times the root of the number of features (that of the original)
RIDGE = 1e-3
EDGE = 1e-4                     # how far probabilities are kept from 0 and 1 before their log-odds are taken
CUTS = (0.25, 0.5, 0.75)
FEW = 4


def misfit(ask, scene):
    if ask.get("method") != "lime":
        return OTHER_METHOD
    return None if scene.one else "lime_needs_one_case"


def explain(ask, scene):
    space = "log_odds" if ask.get("output") == "log_odds" and not scene.domain.regression else output_of(None, scene)
    result = local(scene, space)
    background = background_for(scene.workspace)
    shapley = attribution_of(scene, scene.rows, background, space)
    result["agreement"] = {"method": shapley.method, **agreement_of(result.pop("weights"), shapley.values, scene.domain.players)}
    return Finding(result, output=space, caveats=caveats_of(scene), library=scene.model.library)


def local(scene, space):
    """The `why` result of one case by LIME, with `weights` in the order of the players."""
    random, players = np.random.default_rng(scene.seed), scene.domain.players
    same, output = near(scene, space, SAMPLES, random)
    weight = kernel(same)
    start, values, errors = fitted(same, output, weight)
    fresh, wanted = near(scene, space, FRESH, random)
    share = explained(wanted, start + fresh @ values, kernel(fresh))
    value, here = float(_read(scene, space)(scene.rows)[0]), float(start + values.sum())
    return {"method": "LIME", "exact": False, "baseline": start, "value": value,
            "contributions": contribution_entries(scene, values, errors),
            "additivity_error": abs(here - value), "players": len(players), "weights": values,
            "fidelity": {"r2": share, "rows": FRESH, "stand_in": here}, "samples": SAMPLES, "kernel_width": WIDTH * np.sqrt(len(players))}


def near(scene, space, count, random):
    """(count x n_players: as in the case?, model output of each): made-up rows near the case."""
    domain, players = scene.domain, scene.domain.players
    train = domain.train
    other = random.random((count, len(players))) < 0.5
    drawn = random.integers(0, len(train), (count, len(players)))
    same, columns = np.ones((count, len(players))), {}
    for place, player in enumerate(players):
        taken = np.where(other[:, place], drawn[:, place], len(train))
        for column in player.columns:
            columns[column] = pd.concat([train[column], scene.rows[column]], ignore_index=True).array.take(taken)
        alike = as_here(domain, player, scene.rows)
        same[:, place] = np.where(other[:, place], alike[drawn[:, place]], 1.0)
    frame = domain.typed(pd.DataFrame({name: columns[name] for name in train.columns}))
    return same, _read(scene, space)(frame)


def as_here(domain, player, row):
    """n_train: is the player's value that of the row (a number: in the same quarter of the training rows)?"""
    feature = domain.features[player.columns[0]]
    if len(player.columns) > 1 or feature.type != "number":
        value = value_of(domain, player, row)
        codes = codes_of(domain, player, domain.train)
        return (codes.isna() if value is None else codes == value).to_numpy(dtype=float)
    values, here = domain.train[feature.name].to_numpy(dtype=float), float(row[feature.name].iloc[0])
    known = values[~np.isnan(values)]
    if np.isnan(here) or not len(known):
        return (np.isnan(values) == np.isnan(here)).astype(float)
    if len(np.unique(known)) <= FEW:
        return (values == here).astype(float)
    cuts = np.unique(np.quantile(known, CUTS))
    return ((np.searchsorted(cuts, values) == np.searchsorted(cuts, here)) & ~np.isnan(values)).astype(float)


def kernel(same):
    """Weights exp(-d^2 / width^2) with d^2 the number of features that are not as in the case."""
    count = same.shape[1]
    return np.exp(-(count - same.sum(axis=1)) / (WIDTH**2 * count))


def fitted(same, output, weight):
    """(start, weights, standard errors) of the weighted linear fit; errors from the spread over the batches."""
    whole = _least_squares(same, output, weight)
    parts = np.array([_least_squares(same[at::BATCHES], output[at::BATCHES], weight[at::BATCHES]) for at in range(BATCHES)])
    errors = parts.std(axis=0, ddof=1) / np.sqrt(BATCHES)
    return float(whole[0]), whole[1:], errors[1:]


def _least_squares(same, output, weight):
    """Start and weights; a feature that is as in the case in every row (or with hardly any weight) gets 0 by the ridge."""
    design = np.column_stack([np.ones(len(same)), same - same.mean(axis=0)])
    penalty = np.diag([0.0] + [RIDGE * weight.sum()] * same.shape[1])
    found = np.linalg.solve(design.T @ (design * weight[:, None]) + penalty, design.T @ (weight * output))
    return np.r_[found[0] - same.mean(axis=0) @ found[1:], found[1:]]


def explained(output, predicted, weight):
    """Weighted R squared; None where the output does not vary near the case."""
    mean = np.average(output, weights=weight)
    spread = float(weight @ (output - mean) ** 2)
    return 1 - float(weight @ (output - predicted) ** 2) / spread if spread > 1e-12 * len(output) else None


def _read(scene, space):
    score = lambda frame: scene.model.score(frame, scene.outcome)
    if space != "log_odds":
        return score

    def log_odds(frame):
        share = np.clip(score(frame), EDGE, 1 - EDGE)
        return np.log(share / (1 - share))
    return log_odds
