"""How easily does an answer tip over? Small noise, other models that are as good, and features that look doubtful.

noise    every number is moved at random by up to a share of its training range (a whole number by at least 1), all others stay
models   the model's own kind is fitted again on resampled training rows (bootstrap within each outcome, other seeds);
         those whose held-out accuracy lies within the interval of the model's own, or above, count as equally good.
         Where they disagree, the answer hangs on chance (predictive multiplicity: Marx, Calmon, Ustun 2020)
doubts   near copies of the target, columns that say the same, identifiers (`suspicions.py`), and features that the
         domain calls implausible, with how often they alone turn an outcome; suspicions, not findings
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.feature import text_of
from explainers.loading import from_estimator
from explainers.rates import share_of
from explainers.suspicions import suspicions
from explainers.workspace import Workspace

PRODUCES = ("robustness",)
ORDER = 10
LEVELS = (0.01, 0.02, 0.05, 0.1)
DRAWS, DRAWS_OF_MANY = 100, 5
REFITS = 8
TOLD = ("copy_of_target", "same_as_other", "like_an_id")


def misfit(ask, scene):
    return "needs_outcomes" if scene.domain.regression else None


def explain(ask, scene):
    domain, cases = scene.domain, scene.domain.cases
    numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
    said = scene.workspace.outcomes(scene.rows)
    made = scene.workspace.prepared("refits", lambda: refits(scene))
    same = np.array([model.outcomes(scene.rows) == said for model in made["good"]]).reshape(len(made["good"]), len(said))
    models = {"refitted": REFITS, "good": len(made["good"]), "accuracy": made["accuracy"]}
    if scene.one:
        score = [float(model.model.score(scene.rows, scene.outcome)[0]) for model in made["good"]]
        models |= {"same": share_of(int(same.sum()), len(same)), "lowest": min(score, default=None), "highest": max(score, default=None)}
    else:
        models |= {"same": share_of(int(same.all(axis=0).sum()), len(said)), "lowest": None, "highest": None}
    everyone = scene.workspace.outcomes(cases)
    agree = np.array([model.outcomes(cases) == everyone for model in made["good"]]).reshape(len(made["good"]), len(cases)).all(axis=0)
    levels = _noise(scene, numbers, said) if numbers else []
    result = {"rows": len(scene.rows), "which": "held-out" if domain.split_known else "data",
              "outcome": said[0] if scene.one else None, "numbers": numbers, "levels": levels,
              "flips_from": next((level["noise"] for level in levels if level["same"]["count"] < level["same"]["size"]), None),
              "models": models, "everyone": share_of(int(agree.sum()), len(cases)), "doubts": doubts(scene, everyone)}
    return Finding(result, output="probability", caveats=caveats_of(scene) if scene.one else (), library=scene.model.library)


def _noise(scene, numbers, said):
    """[{"noise", "same"}]: of one case the share of draws with its outcome, of many the share of rows that keep it in all."""
    random, draws = np.random.default_rng(scene.seed), DRAWS if scene.one else DRAWS_OF_MANY
    found = []
    for level in LEVELS:
        frame = scene.rows.iloc[np.tile(np.arange(len(said)), draws)].reset_index(drop=True)
        for name in numbers:
            frame[name] = _moved(scene.domain, name, frame[name].to_numpy(dtype=float), level, random)
        kept = scene.workspace.outcomes(scene.domain.typed(frame)).reshape(draws, len(said)) == said
        counted = (kept.sum(), draws) if scene.one else (kept.all(axis=0).sum(), len(said))
        found.append({"noise": level, "same": share_of(*map(int, counted))})
    return found


def _moved(domain, name, values, level, random):
    """Values with noise, within what the training rows show unless the case is beyond it already; whole numbers stay whole."""
    feature, train = domain.features[name], domain.train[name].dropna().to_numpy(dtype=float)
    width = max(level * np.ptp(train), 1.0 if feature.whole else 0.0)
    moved = values + random.uniform(-width, width, len(values))
    moved = np.round(moved) if feature.whole else moved
    return np.clip(moved, np.fmin(train.min(), values), np.fmax(train.max(), values))


def refits(scene):
    """{"good": workspaces of the equally good refitted models, "accuracy": the model's own share of right answers}."""
    domain, truth = scene.domain, scene.domain.cases_target.to_numpy()
    own = share_of(int((scene.workspace.outcomes(domain.cases) == truth).sum()), len(truth))
    good = []
    for number in range(REFITS):
        other = Workspace(domain)
        vars(other)["model"] = from_estimator(_refitted(scene, number), domain, f"refit {number}", "trained")
        if (other.outcomes(domain.cases) == truth).mean() >= own["low"]:
            good.append(other)
    return {"good": good, "accuracy": own}


def _refitted(scene, number):
    """The model's kind on resampled rows; where its object cannot be fitted again, the kind that is trained here."""
    from sklearn.base import clone

    from explainers.training import fit
    domain, estimator = scene.domain, scene.model.estimator
    if not (hasattr(estimator, "get_params") and hasattr(estimator, "fit") and hasattr(estimator, "classes_")):
        estimator = scene.workspace.prepared("refit from", lambda: fit(domain))
    codes = {text_of(code): code for code in estimator.classes_}
    target = domain.train_target.astype(str).to_numpy()
    random = np.random.default_rng((scene.seed, number))
    drawn = np.concatenate([random.choice(places, len(places)) for code in sorted(set(target))
                            for places in [np.flatnonzero(target == code)]])
    fresh = clone(estimator)
    fresh.set_params(**{name: number for name in fresh.get_params() if name.split("__")[-1] == "random_state"})
    return fresh.fit(domain.train.iloc[drawn], np.array([codes[code] for code in target[drawn]]))


def doubts(scene, said):
    """[{"code", "feature", ...}]: see `doubts` at the top."""
    domain, cases = scene.domain, scene.domain.cases
    found = [{"code": doubt["code"], "feature": doubt["feature"], "share": doubt.get("share"), "other": doubt.get("other")}
             for doubt in suspicions(domain) if doubt["code"] in TOLD]
    random = np.random.default_rng(scene.seed)
    for name, feature in domain.features.items():
        if feature.implausible:
            mixed = cases.copy()
            mixed[name] = domain.train[name].array[random.integers(0, len(domain.train), len(cases))]
            turned = (scene.workspace.outcomes(domain.typed(mixed)) != said).mean()
            found.append({"code": "implausible", "feature": name, "share": float(turned), "other": None, "reason": feature.implausible})
    return found
