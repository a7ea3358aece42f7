"""Figures about the values of features: mean, middle, spread and range of numbers, how often each category occurs."""
import numpy as np

from explainers.comparison import codes_of, player_named
from explainers.explain import Finding
from explainers.rates import counted

PRODUCES = ("statistic",)
ORDER = 10


def misfit(ask, scene):
    return None


def explain(ask, scene):
    domain = scene.domain
    rows = domain.cases if scene.one else scene.rows
    names = list(dict.fromkeys(player_named(domain, name).name for name in ask.get("features") or ()))
    players = [player_named(domain, name) for name in names] or list(domain.players)
    result = {"size": len(rows), "which": "held-out" if domain.split_known else "data",
              "features": [statistics(domain, player, rows) for player in players]}
    if not names:
        result["target"] = _target(domain, domain.target.loc[rows.index].to_numpy())
    return Finding(result)


def statistics(domain, player, rows):
    """One player's figures over `rows` (see the fields in docs/evidence.md)."""
    feature = domain.features[player.columns[0]]
    if len(player.columns) == 1 and feature.type == "number":
        values = rows[feature.name].to_numpy(dtype=float)
        missing = int(np.isnan(values).sum())
        return {"feature": player.name, "type": "number", **numbers(values[~np.isnan(values)]), "missing": missing}
    codes = codes_of(domain, player, rows)
    counts = codes.value_counts(dropna=True)
    return {"feature": player.name, "type": "category", "count": int(codes.notna().sum()), "missing": int(codes.isna().sum()),
            "values": [{"value": value, "count": int(count), "share": count / len(rows)} for value, count in counts.items()]}


def numbers(values):
    """{"count", "mean", "median", "spread", "low", "high", "lower_quarter", "upper_quarter"}; spread: standard deviation."""
    if not len(values):
        return {"count": 0, **dict.fromkeys(("mean", "median", "spread", "low", "high", "lower_quarter", "upper_quarter"))}
    quarter, median, three = np.quantile(values, [0.25, 0.5, 0.75])
    return {"count": len(values), "mean": values.mean(), "median": median, "spread": values.std(ddof=1) if len(values) > 1 else 0.0,
            "low": values.min(), "high": values.max(), "lower_quarter": quarter, "upper_quarter": three}


def _target(domain, target):
    if domain.regression:
        return {"type": "number", **numbers(target.astype(float))}
    return {"type": "category", "values": counted(target, domain.outcomes)}
