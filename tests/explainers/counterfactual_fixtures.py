"""Small domains and models with known answers, for the tests of what would change an outcome."""
import numpy as np
import pandas as pd

from explainers.domain import load_domain
from explainers.model import Model
from explainers.workspace import Workspace

LOAN = """
data: rows.csv
target: good
outcomes: {0: refused, 1: granted}
favourable: 1
features:
  income: {type: number, step: 1, min: 0}
  months: {type: number, step: 6, change: down}
  grade: {type: category, values: {1: low, 2: middle, 3: high}, ordered: true}
  home: {type: category, values: {a: rent, b: own, c: other}}
  age: {type: number, immutable: true, sensitive: true}
"""


def workspace(folder, text, frame, call, classes=("0", "1")):
    """A Workspace over `frame` written to `folder`, with a function as its model."""
    (folder / "domain.yaml").write_text(text, encoding="utf-8")
    frame.to_csv(folder / "rows.csv", index=False)
    domain = load_domain(folder)
    made = Workspace(domain)
    made.__dict__["model"] = Model(call, classes, tuple(domain.features), call, "toy", "toy")
    return made


def loan_rows(count=120, seed=3):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "income": random.integers(10, 60, count), "months": random.integers(1, 10, count) * 6,
        "grade": random.integers(1, 4, count), "home": random.choice(list("abc"), count), "age": random.integers(18, 70, count)})
    frame["good"] = (loan_score(frame) > 0).astype(int)
    return frame


def loan_score(frame):
    """Linear, with known effects: income +, months -, grade +, own home +, age +."""
    home = frame["home"].map({"a": 0.0, "b": 0.8, "c": -0.4}).to_numpy(dtype=float)
    return (0.05 * frame["income"] - 0.05 * frame["months"] + 0.9 * frame["grade"] + 0.01 * frame["age"]).to_numpy(dtype=float) + home - 2.3


def loan_model(frame):
    score = 1 / (1 + np.exp(-loan_score(frame)))
    return np.column_stack([1 - score, score])


def loan(folder, text=LOAN, model=loan_model):
    return workspace(folder, text, loan_rows(), model)


def boosted(folder, text=LOAN, rows=400, **settings):
    """A gradient-boosted classifier on the same rows, in a pipeline as the product loads them."""
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.preprocessing import OrdinalEncoder
    encode = make_column_transformer((OrdinalEncoder(), ["home"]), remainder="passthrough")
    return fitted(folder, text, encode, HistGradientBoostingClassifier(max_iter=30, max_depth=3, random_state=0, **settings), rows)


def linear(folder, text=LOAN, rows=400):
    from sklearn.linear_model import LogisticRegression
    return fitted(folder, text, scaled(), LogisticRegression(), rows)


def network(folder, text=LOAN, rows=400, activation="relu"):
    from sklearn.neural_network import MLPClassifier
    return fitted(folder, text, scaled(), MLPClassifier((8, 4), activation=activation, solver="lbfgs", alpha=1.0, random_state=0), rows)


def scaled():
    from sklearn.compose import make_column_transformer
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    return make_column_transformer((OneHotEncoder(sparse_output=False), ["home"]), (StandardScaler(), ["income", "months", "age"]),
                                   remainder="passthrough")


def fitted(folder, text, encode, estimator, rows):
    from sklearn.pipeline import make_pipeline
    from explainers.loading import from_estimator
    frame = loan_rows(rows)
    random = np.random.default_rng(5)
    frame["good"] = (loan_score(frame) + random.normal(0, 0.6, rows) > 0).astype(int)
    made = workspace(folder, text, frame, None)
    domain = made.domain
    fit = make_pipeline(encode, estimator).fit(domain.train, domain.train_target)
    made.__dict__["model"] = from_estimator(fit, domain, "toy")
    return made


def refused(workspace, count=8):
    """Ids of cases that the model refuses."""
    cases = workspace.domain.cases
    return list(cases.index[workspace.outcomes(cases) == "0"][:count])


def asked(workspace, case, kind="counterfactual", **options):
    """The result of one ask about one case."""
    from explainers.explain import explain
    from explainers.types import Ask, Query, Subject
    return explain(Query(subject=Subject(case=case), asks=(Ask(kind, options),)), workspace)[0].result
