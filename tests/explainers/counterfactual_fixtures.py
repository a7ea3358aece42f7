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
