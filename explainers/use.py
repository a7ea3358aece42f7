"""Does the use that a model makes of a feature hold up on other rows? Suspicions, each with its evidence.

A feature's use is what is lost without it: how much larger the loss of a row gets (log loss; of an estimate, the absolute
error) when the feature's value is mixed up among the rows. It does not hold up
    `not_held_out`      where it is a clear gain on the rows that the model learned from and next to none on held-out rows:
                        the model has learned these rows, not a rule
    `fails_on_part`     where the model does better without it on a part of the held-out rows (cut by another feature),
                        beyond what chance would make of so many looks (Bonferroni): a rule that does not travel
`unused` are features that move no answer at all, so that they are redundant to the model.
"""
import numpy as np

from explainers.progress import steps
from explainers.shuffling import Shuffler, repeats_for, some_rows

REPEATS = 5
LARGEST = 1000          # rows of each kind that are looked at
SMALLEST = 30           # rows of a part
LITTLE = 0.2            # share of the gain on training rows that held-out rows must show
CLEAR = 3.0             # standard errors
CHANCE = 0.01           # how likely a single false suspicion of a failing part may be, over all looks
FLOOR = 1e-3            # probabilities are kept this far from 0 in the loss
STILL = 1e-9
PARTS = 6               # features that the rows are cut by: those that are used most


def use_of(workspace, seed):
    """[{"code", "feature", ...}], made once for a workspace."""
    return workspace.kept(("use", seed), lambda: _use(workspace, seed))


def _use(workspace, seed):
    domain = workspace.domain
    held = _gains(workspace, _some(workspace, domain.cases, seed), seed)
    found = [{"code": "unused", "feature": name} for name, moved in held["moved"].items() if moved <= STILL]
    if domain.split_known and len(domain.cases) >= SMALLEST:
        found = _not_held_out(workspace, held, seed) + _failing(workspace, held) + found
    return found


def _some(workspace, rows, seed):
    return some_rows(workspace, rows, LARGEST, 2 * repeats_for(workspace.domain, REPEATS), seed)     # rows of both kinds


def _gains(workspace, rows, seed):
    """{"rows", "gain": player -> n mean rises of a row's loss when it is mixed up, "moved": player -> largest move of an output}."""
    domain, random = workspace.domain, np.random.default_rng(seed)
    target, gain, moved = domain.target.loc[rows.index].to_numpy(), {}, {}
    orders = [[random.permutation(len(rows)) for _ in range(repeats_for(domain, REPEATS))] for _ in domain.players]
    shuffler = Shuffler(workspace, rows, orders)
    before, loss = shuffler.before, _loss(workspace, shuffler.before, target)
    for number, player in enumerate(steps("features", domain.players)):
        parts = shuffler.predictions(number)
        gain[player.name] = np.mean([_loss(workspace, part, target) for part in parts], axis=0) - loss
        moved[player.name] = float(max(np.abs(part - before).max() for part in parts))
    return {"rows": rows, "gain": gain, "moved": moved}


def _loss(workspace, predicted, target):
    """n losses: -log of the true outcome's probability, or the absolute error."""
    if workspace.domain.regression:
        return np.abs(predicted - target.astype(float))
    places = [workspace.model.classes.index(code) for code in target]
    return -np.log(np.maximum(predicted[np.arange(len(predicted)), places], FLOOR))


def _error(gain):
    return float(np.std(gain, ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else np.inf


def _not_held_out(workspace, held, seed):
    """Features of clear use on training rows and next to none on held-out rows; `gain` and `held_out` are mean rises of the loss."""
    learned = _gains(workspace, _some(workspace, workspace.domain.train, seed), seed)
    found = []
    for name, gain in learned["gain"].items():
        mean, other = float(gain.mean()), held["gain"][name]
        apart = mean - float(other.mean())
        if mean > CLEAR * _error(gain) and other.mean() < LITTLE * mean and apart > CLEAR * np.hypot(_error(gain), _error(other)):
            found.append({"code": "not_held_out", "feature": name, "gain": mean, "held_out": float(other.mean())})
    return found


def _failing(workspace, held):
    """Features without which the model does better on some part of the held-out rows; the clearest part of each."""
    from scipy.stats import norm
    domain, rows = workspace.domain, held["rows"]
    used = sorted(held["gain"], key=lambda name: -abs(held["gain"][name].mean()))
    cuts = [(name, where, met) for name in used[:PARTS] for where, met in parts_of(domain, rows, name) if SMALLEST <= met.sum()]
    looks = max(1, len(used) * len(cuts))
    limit, found = float(norm.isf(CHANCE / looks)), []
    for name, gain in held["gain"].items():
        worst = None
        for by, where, met in cuts:
            mean, error = float(gain[met].mean()), _error(gain[met])
            if by != name and error > 0 and mean < -limit * error and (worst is None or mean / error < worst[0]):
                worst = (mean / error, {"code": "fails_on_part", "feature": name, "where": where, "size": int(met.sum()), "gain": mean})
        found += [worst[1]] if worst else []
    return found


def parts_of(domain, rows, name):
    """[(COND, which rows)]: the values of a category, or the halves of a number, cut at the middle of the training rows."""
    feature = domain.features.get(name)
    if feature is None:
        return []
    column = rows[name]
    if feature.type == "number":
        known = domain.train[name].dropna()
        middle = feature.json(known.quantile(0.5, interpolation="nearest")) if len(known) else 0
        return [({"feature": name, "is": sign, "value": middle}, met.to_numpy())
                for sign, met in (("<=", column <= middle), (">", column > middle))]
    return [({"feature": name, "is": "=", "value": feature.json(raw)}, (column == raw).to_numpy()) for raw in feature.codes.values()]
