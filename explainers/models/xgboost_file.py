"""XGBoost's own files (.json, .ubj) -> Parts."""
import json

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.categories import categories_of, coded
from explainers.models.fitting import as_probabilities, columns_for, from_margins, in_order, library

ENDINGS = (".json", ".ubj")
NEEDS_TRUST = False


def read(path, domain):
    xgboost = library("xgboost")
    booster = xgboost.Booster()
    try:
        booster.load_model(path)
        config = json.loads(booster.save_config())
    except (xgboost.core.XGBoostError, ValueError) as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=_first_line(error)) from error
    objective = config["learner"]["objective"]["name"]
    features = columns_for(booster.feature_names, booster.num_features() or None, domain)
    classes = _classes(objective, config, domain, path)
    trees = booster.num_boosted_rounds()
    notes = {"family": "gradient_boosting", "estimator": "xgboost.Booster", "features": len(features), "trees": trees,
             "objective": objective, "class_order_assumed": bool(classes), "probabilities": "own"}
    return Parts(booster, classes, features, _call(xgboost, booster, objective, features, domain),
                 f"xgboost {xgboost.__version__}", notes)


def _classes(objective, config, domain, path):
    regression = objective.startswith(("reg:", "count:")) and objective != "reg:logistic"
    if regression or objective == "reg:logistic":
        if not domain.regression and regression:
            raise ModelProblem("model_is_regressor", estimator=f"xgboost {objective}")
        return () if domain.regression else in_order(domain, 2)
    if not objective.startswith(("binary:", "multi:")) or objective == "binary:hinge":
        raise ModelProblem("model_objective_unknown", file=path.name, objective=objective)
    if domain.regression:
        raise ModelProblem("model_is_classifier", estimator=f"xgboost {objective}")
    count = 2 if objective.startswith("binary:") else int(config["learner"]["learner_model_param"]["num_class"])
    return in_order(domain, count)


def _call(xgboost, booster, objective, features, domain):
    """Trees up to the best round where training was stopped early, as the classifier that saved the file uses them."""
    best = booster.attr("best_iteration")
    rounds = (0, int(best) + 1) if best is not None else (0, 0)
    margin = objective in ("multi:softmax", "binary:logitraw")
    names, kinds = booster.feature_names, booster.feature_types
    categories = categories_of(booster, features, domain)

    def call(frame):
        rows = xgboost.DMatrix(coded(frame, categories), feature_names=names, feature_types=kinds)
        found = booster.predict(rows, output_margin=margin, iteration_range=rounds)
        found = from_margins(found) if margin else found
        return found if domain.regression else as_probabilities(found)

    return call


def _first_line(error):
    lines = [line for line in str(error).splitlines() if line.strip() and not line.startswith("Stack")]
    return (lines[0] if lines else type(error).__name__).split("] ", 1)[-1].split(": ", 1)[-1][:200]
