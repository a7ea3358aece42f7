"""A small domain with every kind of feature, models of every family fitted on it, and Shapley values by brute force."""
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import yaml

from explainers.domain import load_domain
from explainers.loading import from_estimator
from explainers.workspace import Workspace

NUMBERS = ["age", "amount"]
TEXTS = ["job"]


def table(rows=260, outcomes=2, missing=False, seed=5):
    """Rows with two numbers, a text category, a coded category, a yes/no and a family of two columns."""
    random = np.random.default_rng(seed)
    age, amount = random.integers(18, 80, rows), np.round(random.gamma(2.0, 1500.0, rows), 1)
    job = random.choice(["clerk", "nurse", "pilot"], rows)
    grade, owner = random.integers(1, 5, rows), random.integers(0, 2, rows)
    kind = random.integers(0, 3, rows)
    score = 0.05 * (age - 45) + 0.0004 * (amount - 3000) + (job == "pilot") - 0.5 * grade + owner * (age > 40) + (kind == 1)
    noisy = score + random.normal(0, 1, rows)
    frame = pd.DataFrame({"age": age, "amount": amount, "job": job, "grade": grade, "owner": owner,
                          "kindA": (kind == 1).astype(int), "kindB": (kind == 2).astype(int)})
    if missing:
        frame["amount"] = frame["amount"].mask(random.random(rows) < 0.15)
        frame["age"] = frame["age"].astype(float).mask(random.random(rows) < 0.1)
    if outcomes == 0:
        return frame.assign(target=np.round(10 + 3 * noisy, 3))
    return frame.assign(target=pd.qcut(noisy, outcomes, labels=False))


def domain_of(folder, rows, outcomes=2, holdout=0.2, **more):
    """A domain folder with these rows, loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    rows.to_csv(folder / "rows.csv", index=False)
    file = {"data": "rows.csv", "target": "target", "holdout": holdout,
            "families": {"kind": {"columns": ["kindA", "kindB"]}},
            "features": {"job": {"type": "category"}, "grade": {"type": "category", "values": {n: f"grade {n}" for n in (1, 2, 3, 4)}},
                         "owner": {"type": "yes_no"}, "kindA": {"type": "yes_no"}, "kindB": {"type": "yes_no"}}}
    if outcomes:
        file |= {"outcomes": {n: f"outcome {n}" for n in range(outcomes)}, "favourable": 1}
    else:
        file |= {"unit": "points"}
    (folder / "domain.yaml").write_text(yaml.safe_dump({**file, **more}), encoding="utf-8")
    return load_domain(folder)


def workspace_of(domain, estimator):
    """The domain with this estimator, fitted on its training rows."""
    target = domain.train_target if domain.regression else domain.train_target.astype(int)
    workspace = Workspace(domain)
    workspace.model = from_estimator(estimator.fit(domain.train, target), domain, "toy")
    return workspace


def in_pipeline(last, scale=False, impute=False, one_hot=True):
    """Text and codes one-hot (or ordinal) encoded, numbers imputed and scaled where asked, then `last`."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline, make_pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
    numbers = [*([SimpleImputer(add_indicator=True)] if impute else []), *([StandardScaler()] if scale else [])]
    encoder = OneHotEncoder(handle_unknown="ignore") if one_hot else OrdinalEncoder()
    encode = ColumnTransformer([("codes", encoder, ["job", "grade"]),
                                ("numbers", make_pipeline(*numbers) if numbers else "passthrough", NUMBERS)],
                               remainder="passthrough")
    return Pipeline([("encode", encode), ("last", last)])


def brute_force(workspace, row, background, read):
    """Shapley values from all coalitions, one model call each, straight from the definition.

    row: one-row frame; background: frame; read: what the model returns -> n values.
    """
    players = workspace.domain.players
    value = {}
    for size in range(len(players) + 1):
        for coalition in combinations(range(len(players)), size):
            mixed = background.copy()
            for number in coalition:
                for column in players[number].columns:
                    mixed[column] = pd.Series([row[column].iloc[0]] * len(mixed), index=mixed.index)
            value[frozenset(coalition)] = float(np.mean(read(workspace.model.predict(mixed))))
    n, result = len(players), np.zeros(len(players))
    for number in range(n):
        for coalition, base in value.items():
            if number not in coalition:
                weight = factorial(len(coalition)) * factorial(n - len(coalition) - 1) / factorial(n)
                result[number] += weight * (value[coalition | {number}] - base)
    return result
