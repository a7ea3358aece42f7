"""What the model learned from, and what it is: from the domain folder and the fitted object."""

import numpy as np

from explainers.contributions import of_model
from explainers.explain import Finding
from explainers.performance import explain as performance
from explainers.rates import counted
from explainers.statistic import numbers
from explainers.types import Ask

PRODUCES = ("data", "model")
ORDER = 10


def misfit(ask, scene):
    return None


def explain(ask, scene):
    return Finding(_data(scene)) if ask.kind == "data" else Finding(_model(scene), output=_output(scene), library=scene.model.library)


def _output(scene):
    return scene.domain.file.unit or "value" if scene.domain.regression else "probability"


def _data(scene):
    domain = scene.domain
    kinds = [domain.features[player.columns[0]].type if len(player.columns) == 1 else "category" for player in domain.players]
    target = domain.target.to_numpy()
    return {
        "rows": len(domain.frame),
        "trained_on": len(domain.train) if domain.split_known else None,
        "held_out": len(domain.cases) if domain.split_known else None,
        "players": len(domain.players),
        "numbers": kinds.count("number"),
        "categories": len(kinds) - kinds.count("number"),
        "missing_share": float(domain.frame.isna().to_numpy().mean()),
        "missing_in": [n for n in domain.features if domain.frame[n].isna().any()],
        "target": domain.file.target,
        "outcomes": [] if domain.regression else counted(target, domain.outcomes),
        "values": numbers(target.astype(float)) if domain.regression else None,
        "source": domain.file.source,
        "sensitive": [name for name, feature in domain.features.items() if feature.sensitive],
    }


def _model(scene):
    """`family`: class of the last step; `steps`: classes in turn; `trees`: how many, where it is made of trees."""
    model, domain = scene.model, scene.domain
    steps, last = [], model.estimator
    while type(last).__name__ == "Pipeline":
        steps += [type(step).__name__ for _, step in last.steps[:-1] if step not in (None, "passthrough")]
        last = last.steps[-1][1]
    return {
        "family": type(last).__name__,
        "steps": steps + [type(last).__name__],
        "trees": _trees(last),
        "library": model.library,
        "origin": model.origin,
        "hash": model.hash,
        "players": len(domain.players),
        "trained_on": len(domain.train) if domain.split_known else None,
        "threshold": domain.threshold if len(domain.outcomes) == 2 and domain.favourable else None,
        "favourable": domain.favourable,
        "performance": performance(Ask("performance"), scene).result,
        **of_model(model),
    }


def _trees(last):
    for name in ("n_iter_", "n_estimators_", "n_estimators"):
        count = getattr(last, name, None)
        if (
            "Forest" in type(last).__name__
            or "Boost" in type(last).__name__
            or "Trees" in type(last).__name__
            or "LGBM" in type(last).__name__
            or "XGB" in type(last).__name__
        ):
            if isinstance(count, (int, np.integer)) and count > 0:
                return int(count)
    return 1 if type(last).__name__.startswith("DecisionTree") else None
