"""LightGBM's own text files -> Parts. Column names and categories are kept in the file."""
import re

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.categories import categories_of, coded
from explainers.models.fitting import as_probabilities, columns_for, in_order, library

ENDINGS = (".txt", ".lgb")
NEEDS_TRUST = False
REGRESSION = ("regression", "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma", "tweedie")


def read(path, domain):
    lightgbm = library("lightgbm")
    text = path.read_text(encoding="utf-8", errors="replace")
    if not text.startswith("tree"):
        raise ModelProblem("model_unreadable", file=path.name, reason="it does not begin as LightGBM's text files do")
    try:
        booster = lightgbm.Booster(model_str=text)
    except lightgbm.basic.LightGBMError as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=str(error).split("\n")[0][:200]) from error
    objective = _header(text, "objective").split(" ")[0]
    names = booster.feature_name()
    generic = all(re.fullmatch(r"Column_\d+", name) for name in names)
    features = columns_for(None if generic else names, len(names), domain)
    classes = _classes(objective, booster, domain, path)
    notes = {"family": "gradient_boosting", "estimator": "lightgbm.Booster", "features": len(features), "trees": booster.num_trees(),
             "objective": objective, "class_order_assumed": bool(classes), "probabilities": "own"}
    return Parts(booster, classes, features, _call(booster, categories_of(booster, features, domain), bool(classes)),
                 f"lightgbm {lightgbm.__version__}", notes)


def _header(text, key):
    found = re.search(rf"^{key}=(.*)$", text[:200_000], re.M)
    return found.group(1).strip() if found else ""


def _classes(objective, booster, domain, path):
    if objective in REGRESSION:
        if not domain.regression:
            raise ModelProblem("model_is_regressor", estimator=f"lightgbm {objective}")
        return ()
    if objective not in ("binary", "multiclass", "multiclassova", "cross_entropy"):
        raise ModelProblem("model_objective_unknown", file=path.name, objective=objective or "none")
    if domain.regression:
        raise ModelProblem("model_is_classifier", estimator=f"lightgbm {objective}")
    return in_order(domain, 2 if objective in ("binary", "cross_entropy") else booster.num_model_per_iteration())


def _call(booster, categories, outcomes):
    def call(frame):
        found = booster.predict(coded(frame, categories))
        return as_probabilities(found) if outcomes else found
    return call
