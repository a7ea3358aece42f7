"""Would models of the same kind, trained anew, give a changed case the wanted outcome too?

Asked where the domain says `robust_to_retraining: true`. The models are those of `refits.py` that are as good as the model;
an option counts as confirmed where at least SHARE of them give it the outcome (of a regression: a value within the
target), without any margin of their own. Literature: Black, Wang, Fredrikson 2022 (consistent counterfactuals).
"""
from dataclasses import replace

import numpy as np

from explainers.refits import REFITS, can_be_fitted, refits_of
from explainers.search.scoring import scorer_of
from explainers.training import SEED

SHARE = 0.75


class Retraining:
    """The models trained anew, and what they said of candidates of one space."""

    def __init__(self, space, target, models):
        self.target, self.models = target, models
        self.scorers = [scorer_of(replace(space, workspace=model)) for model in models]
        self.known = {}

    def agree(self, full):
        """n_rows: how many of the models give each extended candidate the wanted outcome; one call of each model for all."""
        keys = [row.tobytes() for row in np.ascontiguousarray(full)]
        new = [place for place, key in enumerate(keys) if key not in self.known]
        if new:
            told = sum(self._met(model, scorer.predictions(full[new])) for model, scorer in zip(self.models, self.scorers))
            self.known.update(zip((keys[place] for place in new), np.asarray(told, dtype=int).tolist()))
        return np.array([self.known[key] for key in keys], dtype=int)

    def confirmed(self, full):
        return self.agree(full) >= SHARE * len(self.models)

    def to_json(self, candidate):
        count = int(self.agree(candidate[None])[0])
        return {"agree": count, "of": len(self.models), "enough": count >= SHARE * len(self.models)}

    def _met(self, model, predictions):
        target = self.target
        return (target.reached(predictions) if target.outcome is None else model.decide(predictions) == target.outcome).astype(int)


def models_of(workspace):
    """(workspaces of the models that are asked, {"refitted", "good", "share", "none_because"}); ((), None) where the domain does
    not ask for it. `none_because`: None, `cannot_be_fitted` (a file that holds a finished model) or `none_as_good`."""
    if not workspace.domain.file.robust_to_retraining:
        return (), None
    if not can_be_fitted(workspace.model.estimator, workspace.domain.regression):
        return (), {"refitted": 0, "good": 0, "share": SHARE, "none_because": "cannot_be_fitted"}
    good = refits_of(workspace, SEED).good
    return good, {"refitted": REFITS, "good": len(good), "share": SHARE, "none_because": None if good else "none_as_good"}
