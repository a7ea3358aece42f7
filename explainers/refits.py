"""Models of the same kind, fitted again: would others that are as good say the same, and for the same reasons?

The model's object is cloned and fitted on training rows drawn anew (with replacement, within each outcome), with another
seed. Those whose share of right answers on held-out rows lies within the interval of the model's own, or above (of an
estimate: whose mean error does, or below), are as good. Where they disagree, the answer hangs on chance (predictive
multiplicity: Marx, Calmon, Ustun 2020; of reasons: Brunet, Anderson, Zemel 2022).
"""
from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.feature import text_of
from explainers.loading import from_estimator
from explainers.models.categories import rows_to_fit
from explainers.progress import steps
from explainers.rates import mean_of, share_of
from explainers.sameness import answers
from explainers.workspace import Workspace

REFITS = 8
REASONS = 4         # as many as a plain answer tells


@dataclass(frozen=True, eq=False)
class Refits:
    """good: workspaces of the models that are as good; own: how good the model itself is (share of right answers, or mean
    error, with its interval); kind: `same`, or `other` where the model's object cannot be fitted again and the kind that
    is trained here stands in."""
    good: tuple
    own: dict
    kind: str


def refits_of(workspace, seed):
    """The Refits of a workspace's model, made once."""
    return workspace.prepared(("refits", seed), lambda: _refits(workspace, seed))


def can_be_fitted(estimator, regression):
    """Is it an object with scikit-learn's interface, fitted already, that a clone of can be fitted again?"""
    return all(hasattr(estimator, name) for name in ("get_params", "fit", "predict" if regression else "classes_"))


def _refits(workspace, seed):
    from explainers.training import fit
    domain, estimator = workspace.domain, workspace.model.estimator
    kind = "same" if can_be_fitted(estimator, domain.regression) else "other"
    if kind == "other":
        estimator = fit(domain)
    own, good = quality(workspace), []
    for number in steps("models", range(REFITS)):
        other = fitted(workspace, estimator, drawn(domain, np.random.default_rng((seed, number))), number)
        found = quality(other)
        if found["value"] <= own["high"] if domain.regression else found["share"] >= own["low"]:
            good.append(other)
    return Refits(tuple(good), own, kind)


def quality(workspace):
    """Share of right answers on held-out rows, or their mean error, with its interval."""
    domain = workspace.domain
    if domain.regression:
        return mean_of(np.abs(answers(workspace, domain.cases) - domain.cases_target.to_numpy(dtype=float)))
    truth = domain.cases_target.to_numpy()
    return share_of(int((answers(workspace, domain.cases) == truth).sum()), len(truth))


def drawn(domain, random):
    """Places of training rows, drawn with replacement within each outcome."""
    if domain.regression:
        return random.integers(0, len(domain.train), len(domain.train))
    target = domain.train_target.astype(str).to_numpy()
    return np.concatenate([random.choice(places, len(places)) for code in sorted(set(target))
                           for places in [np.flatnonzero(target == code)]])


def fitted(workspace, estimator, places, seed=None):
    """A Workspace with a clone of `estimator` fitted on the training rows at `places`; `seed` in the place of its own."""
    from sklearn.base import clone
    domain, fresh = workspace.domain, clone(estimator)
    if seed is not None:
        fresh.set_params(**{name: seed for name in fresh.get_params() if name.split("__")[-1] == "random_state"})
    if domain.regression:
        target = domain.train_target.to_numpy(dtype=float)
    else:
        codes = {text_of(code): code for code in estimator.classes_}
        target = np.array([codes[text_of(code)] for code in domain.train_target])
    other = Workspace(domain)
    own = estimator is workspace.model.estimator        # a stand-in learns from all features
    columns = list(workspace.model.features if own else domain.features)
    rows, more = rows_to_fit(estimator, domain.train[columns], domain)
    made = fresh.fit(rows.iloc[places], target[places], **more)
    vars(other)["model"] = from_estimator(made, domain, f"refit {seed}", "trained")
    return other


def reasons_of(scene, good):
    """Do the good models name the same main reasons for one case as the model does?

    {"top", "first_same": how many of `size` models put the same feature first, "features": mean share of the model's first
    `top` that are among theirs, with the same sign, "kept": [{"feature", "count"}] of the model's first `top`}; None
    where there is no good model.
    """
    if not good:
        return None
    own = _contributions(scene, scene.workspace)
    top = min(REASONS, len(own))
    first = np.argsort(-np.abs(own), kind="stable")[:top]
    counts, first_same = np.zeros(top, dtype=int), 0
    for other in steps("models_asked", good):
        theirs = _contributions(scene, other)
        order = np.argsort(-np.abs(theirs), kind="stable")[:top]
        first_same += int(order[0] == first[0])
        counts += np.array([place in order and np.sign(theirs[place]) == np.sign(own[place]) for place in first])
    names = [player.name for player in scene.domain.players]
    return {"top": top, "size": len(good), "first_same": first_same, "features": float(counts.mean() / len(good)),
            "kept": [{"feature": names[place], "count": int(count)} for place, count in zip(first, counts)]}


def _contributions(scene, workspace: Any):
    """n_players Shapley values of the case under another model, with the same background rows."""
    from explainers.shapley.attribution import attribute
    from explainers.shapley.background import Background
    from explainers.shapley.engines import background_for
    chosen = background_for(scene.workspace)
    background = Background(chosen.rows, chosen.which, workspace.model.predict(chosen.rows))
    return attribute(workspace, scene.rows, background, scene.outcome, "probability", scene.seed).values
