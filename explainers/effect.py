"""How does the output follow a feature? Partial dependence with individual curves, and accumulated local effects.

Partial dependence (Friedman 2001): the mean output when every row is given the same value; `low` and `high` hold
eight in ten of the rows' own curves (Goldstein et al. 2015). Accumulated local effects (Apley and Zhu 2020): mean
changes over small steps among rows that lie there, added up, centred on 0; they do not leave the data where features
go together. `curves` are some of the rows' own curves, evenly picked by their level, without saying whose they are.
"""

from functools import partial

import numpy as np
import pandas as pd

from explainers.comparison import player_named
from explainers.explain import Finding
from explainers.single_change import alternatives, rounded

PRODUCES = ("effect",)
ORDER = 10
ROWS = 300
POINTS = 20
CURVES = 25
FLAT = 0.01  # changes of less than this share of the output's range are no change


def misfit(ask, scene):
    return None if ask.get("features") else "effect_feature_needed"


def explain(ask, scene):
    domain = scene.domain
    rows = domain.train if len(domain.train) <= ROWS else domain.train.sample(ROWS, random_state=scene.seed).sort_index()
    players = list({player_named(domain, name).name: player_named(domain, name) for name in ask.get("features")}.values())
    found = [scene.workspace.kept(("effect", scene.seed, scene.outcome, player.name), partial(curve, scene, player, rows))
             for player in players]
    return Finding(
        {
            "method": "partial dependence and accumulated local effects",
            "rows": len(rows),
            "which": "training" if domain.split_known else "data",
            **found[0],
            "features": found,
        },
        output=domain.file.unit or "value" if domain.regression else "probability",
    )


def curve(scene, player, rows):
    """{"feature", "points": [{"value", "mean", "low", "high", "ale"}], "direction", "lowest", "highest", "change",
    "curves", "against"}."""
    domain = scene.domain
    is_number = len(player.columns) == 1 and domain.features[player.columns[0]].type == "number"
    choices = _grid(domain, player, rows) if is_number else _choices(domain, player, rows)
    if not choices:
        return {"feature": player.name, "points": [], "direction": "none", "lowest": None, "highest": None, "change": 0.0,
                "curves": [], "against": None}
    outputs = _outputs(scene, rows, choices)
    low, high = np.quantile(outputs, [0.1, 0.9], axis=1)
    local = _accumulated(scene, rows, player.columns[0], [value for value, _ in choices]) if is_number else [None] * len(choices)
    points = [
        {"value": value, "mean": mean, "low": a, "high": b, "ale": ale}
        for (value, _), mean, a, b, ale in zip(choices, outputs.mean(axis=1), low, high, local)
    ]
    ends = sorted(points, key=lambda point: point["mean"])
    span = 1.0 if not domain.regression else float(np.ptp(scene.model.predict(rows))) or 1.0
    ordered = is_number or (len(player.columns) == 1 and domain.features[player.columns[0]].ordered)
    return {
        "feature": player.name,
        "points": points,
        "direction": _direction(points, span) if ordered else "none",
        "lowest": _end(ends[0]),
        "highest": _end(ends[-1]),
        "change": ends[-1]["mean"] - ends[0]["mean"],
        "curves": picked(outputs),
        "against": _against(outputs, span) if ordered else None,
    }


def picked(outputs):
    """At most CURVES rows' own curves (each n_points outputs), evenly picked in the order of their mean."""
    order = np.argsort(outputs.mean(axis=0), kind="stable")
    at = np.unique(np.linspace(0, len(order) - 1, min(CURVES, len(order))).round().astype(int))
    return outputs[:, order[at]].T.tolist()


def _against(outputs, span):
    """Share of the rows whose own curve ends on the other side than the mean one does; None where that hardly moves."""
    moved = outputs[-1] - outputs[0]
    mean = moved.mean()
    if abs(mean) < FLAT * span:
        return None
    return float(((np.sign(moved) == -np.sign(mean)) & (np.abs(moved) >= FLAT * span)).mean())


def _end(point):
    return {"value": point["value"], "score": point["mean"]}


def _grid(domain, player, rows):
    """Observed values at evenly spaced ranks, the smallest and largest among them."""
    feature = domain.features[player.columns[0]]
    values = np.sort(rows[feature.name].dropna().to_numpy(dtype=float))
    if not len(values):
        return []
    picked = np.unique(values[np.linspace(0, len(values) - 1, POINTS).round().astype(int)])
    return [(feature.json(rounded(feature, value)), {feature.name: rounded(feature, value)}) for value in picked]


def _choices(domain, player, rows):
    """Every value of a category or family, in the domain's order."""
    row = rows.iloc[[0]]
    others = alternatives(domain, player, row)
    own = {column: row[column].iloc[0] for column in player.columns}
    if len(player.columns) == 1:
        feature = domain.features[player.columns[0]]
        wanted = [(feature.json(raw), {feature.name: raw}) for raw in feature.codes.values()]
        return wanted
    active = next((c for c in player.columns if own[c] == domain.features[c].true), None)
    return sorted(
        [(active, own), *others], key=lambda choice: len(player.columns) if choice[0] is None else player.columns.index(choice[0])
    )


def _outputs(scene, rows, choices):
    """n_choices x n_rows: each row's output when given each choice."""
    frames = []
    for _, values in choices:
        frames.append(rows.assign(**{column: pd.Series([raw] * len(rows), index=rows.index) for column, raw in values.items()}))
    joined = scene.domain.typed(pd.concat(frames, ignore_index=True))
    return scene.model.score(joined, scene.outcome).reshape(len(choices), len(rows))


def _accumulated(scene, rows, column, values):
    """Accumulated local effect at each grid value, weighted mean over the rows 0."""
    observed = rows[column].to_numpy(dtype=float)
    known = ~np.isnan(observed)
    if len(values) < 2:
        return [0.0] * len(values)
    edges = np.array(values, dtype=float)
    step = np.clip(np.searchsorted(edges, observed[known], side="left"), 1, len(edges) - 1)
    at = rows[known]
    lower, upper = (at.assign(**{column: np.array(values)[step - shift]}) for shift in (1, 0))
    moved = scene.model.score(upper, scene.outcome) - scene.model.score(lower, scene.outcome)
    counts = np.bincount(step, minlength=len(edges))[1:]
    means = np.bincount(step, weights=moved, minlength=len(edges))[1:] / np.maximum(counts, 1)
    curve = np.r_[0.0, np.cumsum(means)]
    centre = ((curve[:-1] + curve[1:]) / 2 @ counts) / counts.sum()
    return list(curve - centre)


def _direction(points, span):
    """rising, falling, mixed or flat: what the mean does along the values, small changes left out."""
    steps = np.diff([point["mean"] for point in points])
    up, down = steps[steps > 0].sum(), -steps[steps < 0].sum()
    if up + down < FLAT * span:
        return "flat"
    if down < 0.1 * up:
        return "rising"
    return "falling" if up < 0.1 * down else "mixed"
