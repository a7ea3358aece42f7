"""Which features work together? Friedman and Popescu's H statistic (2008) of pairs, from partial dependence.

H^2 of a pair is the share of the variance of their joint partial dependence that is not the sum of the two single
ones. `size` is the standard deviation of that part, in the output's unit: a large H of a tiny joint effect is nothing.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from explainers.comparison import player_named
from explainers.explain import Finding
from explainers.importance import importance_of
from explainers.progress import steps

PRODUCES = ("interactions",)
ORDER = 10
ROWS = 50
PLAYERS = 7


def misfit(ask, scene):
    return "needs_two_features" if len(scene.domain.players) < 2 else None


def explain(ask, scene):
    result = scene.workspace.kept(
        ("interactions", scene.seed, scene.outcome, tuple(ask.get("features") or ())), lambda: _pairs(ask, scene)
    )
    return Finding(result, output=scene.domain.file.unit or "value" if scene.domain.regression else "probability")


def _pairs(ask, scene):
    domain = scene.domain
    rows = domain.train if len(domain.train) <= ROWS else domain.train.sample(ROWS, random_state=scene.seed)
    asked = list(dict.fromkeys(player_named(domain, name).name for name in ask.get("features") or ()))
    important = [entry["feature"] for entry in importance_of(scene, domain.cases.iloc[:500])["features"]]
    names = list(dict.fromkeys(asked + important))[: max(PLAYERS, len(asked))]
    players = {name: player_named(domain, name) for name in names}
    single = {name: _dependence(scene, rows, players[name].columns) for name in names}
    pairs = [
        pair for pair in combinations(names, 2) if not asked or (set(asked) <= set(pair) if len(asked) == 2 else set(asked) & set(pair))
    ]
    found = []
    for one, two in steps("pairs", pairs):
        both = _dependence(scene, rows, players[one].columns + players[two].columns)
        extra = both - single[one] - single[two]
        total = float((both**2).sum())
        found.append(
            {
                "features": [one, two],
                "strength": float(np.sqrt((extra**2).sum() / total)) if total > 1e-12 else 0.0,
                "size": float(extra.std()),
            }
        )
    found.sort(key=lambda pair: -pair["size"])
    return {"method": "H statistic", "pairs": found, "rows": len(rows), "among": names, "asked": asked}


def _dependence(scene, rows, columns):
    """n_rows: centred partial dependence at each row's own values of `columns`."""
    count = len(rows)
    joined = pd.concat([rows] * count, ignore_index=True)
    for column in columns:
        joined[column] = rows[column].array.take(np.repeat(np.arange(count), count))
    means = scene.model.score(joined, scene.outcome).reshape(count, count).mean(axis=1)
    return means - means.mean()
