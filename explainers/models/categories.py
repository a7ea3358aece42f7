"""Columns that XGBoost and LightGBM learned as pandas categories: raw values -> the codes that their trees split on.

A value that the model never saw counts as missing, as both libraries take it.
"""
import json

import numpy as np
import pandas as pd

from explainers.errors import ModelProblem
from explainers.models.fitting import numbers


def categories_of(estimator, features, domain):
    """column -> its categories in the order of their codes; {} where the model learned numbers only.

    estimator: a booster, or its scikit-learn wrapper; features: the columns that it takes, in its order
    """
    module = type(estimator).__module__.split(".")[0]
    if module == "xgboost":
        return _of_xgboost(estimator.get_booster() if hasattr(estimator, "get_booster") else estimator, features, domain)
    return _of_lightgbm(getattr(estimator, "booster_", estimator), features, domain) if module == "lightgbm" else {}


def coded(frame, categories):
    """n_rows x n_columns floats: codes of categories, numbers as they are; NaN where missing or unknown."""
    if not categories:
        return numbers(frame)
    result = np.empty(frame.shape)
    for place, name in enumerate(frame.columns):
        if name in categories:
            codes = pd.Index(categories[name]).get_indexer(frame[name])
            result[:, place] = np.where(codes < 0, np.nan, codes)
        else:
            result[:, place] = numbers(frame[[name]])[:, 0]
    return result


def rows_to_fit(estimator, frame, domain):
    """(raw rows as a model of this kind is fitted on them, further arguments of `fit`): categories as categories."""
    if type(estimator).__name__.startswith("CatBoost"):
        from explainers.models.catboost_file import prepared
        return prepared(estimator, frame), {"cat_features": estimator.get_cat_feature_indices()}
    found = categories_of(estimator, tuple(frame.columns), domain) or _of_histogram(estimator, frame)
    return frame.assign(**{name: pd.Categorical(frame[name], categories=known) for name, known in found.items()}), {}


def _of_histogram(estimator, frame):
    """Columns that a bare HistGradientBoosting took as categories because of their type, and the categories that it knows."""
    marked = getattr(estimator, "is_categorical_", None)
    if marked is None or getattr(estimator, "categorical_features", None) != "from_dtype" or len(marked) != frame.shape[1]:
        return {}
    return {name: sorted(frame[name].dropna().unique(), key=str) for name, is_one in zip(frame.columns, marked) if is_one}


def _of_xgboost(booster, features, domain):
    """The model keeps its categories from version 3.1 on; before, they are the sorted values of the data."""
    marked = [place for place, kind in enumerate(booster.feature_types or []) if kind == "c"]
    if not marked:
        return {}
    saved = json.loads(booster.save_raw("json"))
    kept = saved["learner"]["gradient_booster"].get("model", {}).get("cats", {}).get("enc", [])
    found = {}
    for place in marked:
        name = features[place]
        words = not pd.api.types.is_numeric_dtype(domain.frame[name])
        if place < len(kept) and kept[place].get("values"):
            found[name] = _decoded(kept[place])
        elif words or tuple(saved["version"]) < (3, 1):
            found[name] = sorted(domain.frame[name].dropna().unique())
    return found


def _decoded(kept):
    """Texts stand as one run of UTF-8 bytes with where each begins; numbers as they are."""
    if "offsets" not in kept:
        return kept["values"]
    raw, ends = bytes(value % 256 for value in kept["values"]), kept["offsets"]
    return [raw[first:last].decode("utf-8") for first, last in zip(ends, ends[1:])]


def _of_lightgbm(booster, features, domain):
    """Categories stand in the order of the columns that were of pandas' category type. Of these the model lists the codes,
    but not of those that no split could use: these are known by their values."""
    known, found = list(booster.pandas_categorical or []), {}
    if not known:
        return {}
    infos = booster.dump_model(num_iteration=1)["feature_infos"]
    for column, name in zip(features, booster.feature_name()):
        info = infos.get(name)
        if known and (info["values"] if info else set(known[0]) & set(domain.frame[column].dropna())):
            found[column] = known.pop(0)
    if known:
        raise ModelProblem("model_unreadable", file="LightGBM", reason="its categories do not fit its columns")
    return found
