"""The data sets and models of the benchmark of counterfactuals."""
import numpy as np
import pandas as pd

from explainers.domain import load_domain
from explainers.loading import from_estimator
from explainers.workspace import Workspace, open_workspace

MODELS = {"boosting": "gradient boosting", "logistic": "logistic regression", "mlp": "MLP"}
ADULT = """
title: Income
data: rows.csv
target: income
favourable: ">50K"
holdout: 0.3
ignore: [fnlwgt]
features:
  age: {type: number, immutable: true}
  sex: {type: category, immutable: true, sensitive: true}
  race: {type: category, immutable: true, sensitive: true}
  marital_status: {type: category, immutable: true}
  relationship: {type: category, immutable: true}
  native_country: {type: category, immutable: true}
  education_num: {type: number, change: up}
  education: {type: category, immutable: true}
"""
MADE_UP = """
data: rows.csv
target: y
favourable: 1
holdout: 0.3
features:
  n0: {type: number, immutable: true}
  c0: {type: category, immutable: true, sensitive: true}
"""


def domains(folder, adult, names):
    """(name, function from a kind of model to (workspace, favourable outcome)) of each data set asked for."""
    if "credit" in names:
        yield "credit", lambda kind: (of("credit", kind), "1")
    if "wide" in names:
        yield "wide", lambda kind: (of(written(folder / "wide", MADE_UP, made_up(2500, 40, 20)), kind), "1")
    if "large" in names:
        if adult:
            yield "large", lambda kind: (of(written(folder / "large", ADULT, pd.read_csv(adult)), kind), ">50K")
        else:
            yield "large", lambda kind: (of(written(folder / "large", MADE_UP, made_up(30_000, 8, 6)), kind), "1")


def made_up(rows, numbers, categories):
    """A table with correlated numbers, categories cut from numbers, and an outcome that a third of them decide."""
    random = np.random.default_rng(11)
    width = numbers + categories
    mixed = random.normal(size=(rows, width)) @ (np.eye(width) + 0.15 * random.normal(size=(width, width)))
    weights = random.normal(size=width) * (np.arange(width) % 3 == 0)
    score = mixed @ weights + 0.5 * mixed[:, 0] * mixed[:, 3] + random.normal(size=rows)
    frame = pd.DataFrame({f"n{place}": np.round(mixed[:, place], 1) for place in range(numbers)})
    for place in range(categories):
        frame[f"c{place}"] = pd.cut(mixed[:, numbers + place], [-np.inf, -1, 0, 1, np.inf], labels=list("abcd")).astype(str)
    frame["y"] = (score > np.quantile(score, 0.4)).astype(int)
    return frame


def written(folder, text, frame):
    if not folder.exists():
        folder.mkdir()
        (folder / "domain.yaml").write_text(text, encoding="utf-8")
        frame.to_csv(folder / "rows.csv", index=False)
    return folder


def of(name, kind):
    """A workspace with a model of the kind; "boosting" is the domain's own where it is the credit domain."""
    if name == "credit" and kind == "boosting":
        return open_workspace("credit")
    domain = load_domain(name)
    workspace = Workspace(domain)
    workspace.__dict__["model"] = from_estimator(fitted(domain, kind), domain, kind)
    return workspace


def fitted(domain, kind):
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
    words = [name for name in domain.features if name not in numbers]
    if kind == "boosting":
        encode = make_column_transformer((OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), words),
                                         remainder="passthrough")
        last = HistGradientBoostingClassifier(max_iter=150, max_depth=3, learning_rate=0.06, random_state=0)
    else:
        encode = make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)), words),
            (make_pipeline(SimpleImputer(), StandardScaler()), numbers))
        last = LogisticRegression(max_iter=1000) if kind == "logistic" else \
            MLPClassifier((32, 16), max_iter=200, alpha=0.01, early_stopping=len(domain.train) > 5000, random_state=0)
    return make_pipeline(encode, last).fit(domain.train, domain.train_target)


def refused(workspace, wanted, count):
    """Ids of the first `count` cases without the wanted outcome: held-out ones, then training rows where those are too few."""
    found = []
    for rows in (workspace.domain.cases, workspace.domain.train):
        found += list(rows.index[workspace.outcomes(rows) != wanted])
    return list(dict.fromkeys(found))[:count]
