"""How far can an explanation be trusted? Three checks of one case's contributions; consistency, not proof.

    agreement   with a second method, leaving one feature out: output - mean output with only that feature from the background
    deletion    taking features away in the order of their contributions, against random orders (Samek et al. 2017)
    stability   the contributions of nearly the same case: its numbers moved by one hundredth of their training range
"""
import numpy as np
import pandas as pd

from explainers.shapley.attribution import mixer_for, reader_of

TOP = 5
ORDERS = 20
NOISY = 8
NOISE = 0.01
STEPS = 30


def checks_of(scene, found, background, contributions):
    """{"agreement", "deletion", "stability"} for an Attribution of `scene.rows`.

    contributions: frame -> n_rows x n_players values, the way `found` was made.
    """
    rows = background.rows if len(background.rows) <= 50 else background.rows.iloc[::2]
    mixer = mixer_for(scene.workspace, scene.rows, rows, reader_of(scene.workspace, scene.outcome, "probability"))
    random = np.random.default_rng(scene.seed)
    return {"agreement": _agreement(scene, found, mixer), "deletion": _deletion(found, mixer, random),
            "stability": _stability(scene, found, contributions, random) if found.exact else None}


def _means(mixer, taken):
    """Mean output over the background for each coalition: taken is n x n_players."""
    row = np.tile(np.arange(mixer.count), len(taken))
    return mixer.values(row, np.repeat(taken, mixer.count, axis=0)).reshape(len(taken), mixer.count).mean(axis=1)


def _agreement(scene, found, mixer):
    count = len(found.values)
    alone = found.value - _means(mixer, ~np.eye(count, dtype=bool))
    return {"method": "leaving one out", **agreement_of(found.values, alone, scene.domain.players)}


def agreement_of(first, second, players, top=TOP):
    """Krishna et al. (2022): of the top k, shares that both have, that both have with one sign, at one place; rank correlation."""
    top = min(top, len(first))
    one, two = np.argsort(-np.abs(first), kind="stable"), np.argsort(-np.abs(second), kind="stable")
    shared = set(one[:top]) & set(two[:top])
    same_sign = [i for i in shared if np.sign(first[i]) == np.sign(second[i])]
    ranks = np.empty((2, len(first)))
    ranks[0, one], ranks[1, two] = np.arange(len(first)), np.arange(len(first))
    spread = ranks[0].std() * ranks[1].std()
    correlation = float(np.cov(ranks, bias=True)[0, 1] / spread) if spread else 1.0
    return {"top": top, "shared": len(shared), "features": len(shared) / top, "signs": len(same_sign) / top,
            "ranks": float((one[:top] == two[:top]).mean()), "correlation": correlation,
            "first": players[int(one[0])].name, "second_first": players[int(two[0])].name,
            "agree": bool(one[0] in two[:2] and two[0] in one[:2] and len(same_sign) >= 0.6 * top)}


def _deletion(found, mixer, random):
    """Mean fall of the output (towards the baseline's side) while features are taken away one by one, in output units; of
    many features it is looked at after STEPS of them."""
    count = len(found.values)
    sign = 1.0 if found.value >= found.baseline else -1.0
    orders = [np.argsort(-sign * found.values, kind="stable")] + [random.permutation(count) for _ in range(ORDERS)]
    places = np.argsort(np.array(orders), axis=1)
    steps = np.unique(np.linspace(0, count - 2, min(STEPS, count - 1)).round().astype(int))
    taken = places[:, None, :] > steps[None, :, None]
    outputs = _means(mixer, taken.reshape(-1, count)).reshape(len(orders), len(steps))
    falls = sign * (found.value - outputs).mean(axis=1)
    return {"fall": float(falls[0]), "random_fall": float(falls[1:].mean()),
            "better_than": float((falls[0] > falls[1:]).mean()), "orders": ORDERS}


def _stability(scene, found, contributions, random):
    numbers = [name for name, feature in scene.domain.features.items() if feature.type == "number"]
    train = scene.domain.train
    top = np.argsort(-np.abs(found.values), kind="stable")[:TOP]
    kept, moved, rows = [], [], []
    for _ in range(NOISY):
        row = scene.rows.copy()
        for name in numbers:
            feature = scene.domain.features[name]
            step = max(NOISE * float(train[name].max() - train[name].min()), feature.step if feature.whole else 0.0)
            value = float(row[name].iloc[0]) + random.uniform(-1, 1) * step
            row[name] = round(value) if feature.whole and not np.isnan(value) else value
        rows.append(scene.domain.typed(row))
    for other in contributions(pd.concat(rows, ignore_index=True)):
        near = np.argsort(-np.abs(other), kind="stable")[:TOP]
        kept.append(len(set(top) & set(near)) / len(top))
        moved.append(float(np.abs(other - found.values).max()))
    return {"rows": NOISY, "noise": NOISE, "top": len(top), "features": float(np.mean(kept)), "largest_move": max(moved)}
