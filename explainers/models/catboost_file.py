"""CatBoost's own files (.cbm) -> Parts. Needs the optional library catboost."""
import pandas as pd

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.fitting import classes_for, columns_for, library

ENDINGS = (".cbm",)
NEEDS_TRUST = False


def read(path, domain):
    catboost = library("catboost")
    estimator = (catboost.CatBoostRegressor if domain.regression else catboost.CatBoostClassifier)()
    try:
        estimator.load_model(str(path), format="cbm")
    except catboost.CatBoostError as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=str(error).split("\n")[0][-200:]) from error
    return parts_of(estimator, domain)


def parts_of(estimator, domain):
    """A fitted CatBoostClassifier or CatBoostRegressor on raw rows -> Parts."""
    # Either kind opens the file of the other; only a classifier's file has classes.
    if domain.regression == (len(estimator.classes_) > 0):
        raise ModelProblem("model_is_classifier" if domain.regression else "model_is_regressor", estimator="CatBoost")
    names = estimator.feature_names_
    generic = all(name.isdigit() for name in names)
    features = columns_for(None if generic else names, len(names), domain)
    codes, assumed = ((), False) if domain.regression else classes_for(estimator.classes_, domain)
    notes = {"family": "gradient_boosting", "estimator": type(estimator).__name__, "features": len(features),
             "trees": estimator.tree_count_, "class_order_assumed": assumed, "probabilities": "own"}
    return Parts(estimator, codes, features, _call(estimator), f"catboost {library('catboost').__version__}", notes)


def _call(estimator):
    answer = estimator.predict if not hasattr(estimator, "predict_proba") else estimator.predict_proba
    return lambda frame: answer(prepared(estimator, frame))


def prepared(estimator, frame):
    """Raw rows, in the order of the model's columns, as CatBoost takes them: categories as words, numbers as numbers."""
    categorical = set(estimator.get_cat_feature_indices())
    columns = {name: _words(frame.iloc[:, place]) if place in categorical else pd.to_numeric(frame.iloc[:, place])
               for place, name in enumerate(estimator.feature_names_)}
    return pd.DataFrame(columns, index=frame.index)


def _words(column):
    """Categories as CatBoost reads them: whole numbers without a decimal point, everything as text, "nan" where missing."""
    def word(value):
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "nan" if pd.isna(value) else str(value)
    return column.map(word).astype(object)
