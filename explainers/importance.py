"""What matters in general? Permutation importance on held-out rows (Breiman 2001; Fisher, Rudin, Dominici 2019).

A feature's values are shuffled among the rows, all its columns together, and the model's quality is measured again.
The measure: for two outcomes the area under the ROC curve (share of pairs of one row of each outcome that the score
ranks rightly), for more outcomes the log loss, for a regression the mean absolute error.
With the option method: "shap" it is the mean size of the contributions instead (Lundberg et al. 2020).
The interval (95 in 100) is for the rows: DeLong's (1988) for the area, a normal one of the mean for the others.
"""
import numpy as np

from explainers.explain import Finding
from explainers.progress import steps
from explainers.rates import mean_of
from explainers.shuffling import Shuffler, repeats_for, some_rows

PRODUCES = ("importance",)
ORDER = 10
REPEATS = 5
LARGEST = 2000
CONTRIBUTIONS = ("shap", "shapley", "contributions")
NORMAL = 1.959964


def misfit(ask, scene):
    return None


def explain(ask, scene):
    rows = scene.domain.cases if scene.one else scene.rows
    by_contributions = ask.get("method") in CONTRIBUTIONS
    rows = some_rows(scene.workspace, rows, LARGEST, repeats_for(scene.domain, REPEATS), scene.seed)
    key = ("importance", by_contributions, scene.seed, scene.outcome, tuple(rows.index), tuple(scene.changes))
    work = contributions_of if by_contributions else importance_of
    result = scene.workspace.kept(key, lambda: work(scene, rows))
    asked = list(ask.get("features") or ())
    return Finding({**result, "asked": asked}, output=result["measure"])


def importance_of(scene, rows):
    """The `importance` result for raw rows whose true outcomes the domain knows."""
    domain, model = scene.domain, scene.model
    target = domain.target.loc[rows.index].to_numpy()
    measure = _measure(domain, model, target)
    random, count = np.random.default_rng(scene.seed), len(domain.players)
    orders = np.array([random.permutation(len(rows)) for _ in range(repeats_for(domain, REPEATS))])
    shuffler, found = Shuffler(scene.workspace, rows, np.broadcast_to(orders, (count, *orders.shape))), []
    before = measure.parts(shuffler.before)
    for number, player in enumerate(steps("features", domain.players)):
        predicted = shuffler.predictions(number)
        parts = [np.mean(each, axis=0) for each in zip(*(measure.parts(one) for one in predicted))]
        worse, error = measure.worse(before, parts)
        found.append({"feature": player.name, "importance": worse, "low": worse - NORMAL * error, "high": worse + NORMAL * error})
    found.sort(key=lambda entry: -entry["importance"])
    return {"method": "permutation importance", "measure": measure.name, "quality": measure.value(before),
            "features": found, "rows": len(rows), "which": "held-out" if domain.split_known else "data", "repeats": len(orders)}


def contributions_of(scene, rows):
    """Mean size of each feature's Shapley contributions, with its interval: over all of the rows, in log-odds where
    probabilities could only be had for some of them.

    `points`: one entry a case explained, {"case", "contributions": {feature: value}}, for a beeswarm.
    """
    from explainers.shapley.engines import background_for
    from explainers.shapley.several import explain_rows
    domain, background = scene.domain, background_for(scene.workspace)
    found = explain_rows(scene.workspace, rows, background, scene.outcome, seed=scene.seed, other_space=True)
    values, picked = found.values, found.rows
    names = [player.name for player in domain.players]
    features = [{"feature": name, "importance": mean["value"], "low": max(0.0, mean["low"]), "high": mean["high"]}
                for name, mean in zip(names, (mean_of(sizes) for sizes in np.abs(values).T))]
    measure = domain.file.unit or "value" if domain.regression else found.space
    return {"method": "mean size of Shapley contributions", "measure": measure, "quality": None,
            "features": sorted(features, key=lambda entry: -entry["importance"]), "rows": len(picked),
            "which": "held-out" if domain.split_known else "data", "repeats": 1, "exact": found.exact,
            "background": background.to_json(),
            "points": [{"case": case, "contributions": dict(zip(names, row))} for case, row in zip(picked.index, values)]}


def _measure(domain, model, target):
    if domain.regression:
        return _MeanLoss("mean_absolute_error", lambda values: np.abs(values - target.astype(float)))
    if len(model.classes) == 2 and len(np.unique(target)) == 2:
        return Area(target == model.classes[1])
    place = np.array([model.classes.index(code) for code in target])
    return _MeanLoss("log_loss", lambda shares: -np.log(np.clip(shares[np.arange(len(place)), place], 1e-15, 1)))


class _MeanLoss:
    """A mean over rows; less is better."""

    def __init__(self, name, losses):
        self.name, self.losses = name, losses

    def parts(self, predicted):
        return (self.losses(predicted),)

    def value(self, parts):
        return float(parts[0].mean())

    def worse(self, before, after):
        """(increase, its standard error)"""
        difference = after[0] - before[0]
        return float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(len(difference)))


class Area:
    """Area under the ROC curve by DeLong's parts: for each row the share of rows of the other outcome ranked rightly."""
    name = "auc"

    def __init__(self, positive):
        self.positive = positive

    def parts(self, predicted):
        score = predicted[:, 1]
        high, low = score[self.positive], score[~self.positive]
        right = _share_below(high, low)
        wrong = _share_below(low, high)
        return right, 1 - wrong

    def value(self, parts):
        return float(parts[0].mean())

    def worse(self, before, after):
        falls = [start - end for start, end in zip(before, after)]
        variance = sum(fall.var(ddof=1) / len(fall) for fall in falls if len(fall) > 1)
        return float(falls[0].mean()), float(np.sqrt(variance))


def _share_below(values, others):
    """For each value the share of `others` below it, ties counted half."""
    others = np.sort(others)
    below, up_to = np.searchsorted(others, values, "left"), np.searchsorted(others, values, "right")
    return (below + up_to) / 2 / len(others)
