"""Training: the same rows give the same model, directions hold, and the shipped models are what `train` makes."""

import time

import numpy as np
import pandas as pd
import pytest
import yaml

from explainers.domain import load_domain
from explainers.errors import ModelProblem
from explainers.loading import from_estimator, load_model
from explainers.training import fit


def folder(tmp_path, rows, **file):
    tmp_path.mkdir(exist_ok=True, parents=True)
    rows.to_csv(tmp_path / "rows.csv", index=False)
    (tmp_path / "domain.yaml").write_text(yaml.safe_dump({"data": "rows.csv", "target": "y", **file}, sort_keys=False))
    return load_domain(tmp_path)


def table(seed=1, count=400):
    random = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "income": random.integers(500, 5000, count),
            "level": random.choice(["low", "mid", "high"], count),
            "phone": random.integers(1, 3, count),
            "burden": random.integers(1, 5, count),
        }
    )
    noise = random.normal(0, 800, count)
    score = (
        rows["income"]
        + 900 * rows["level"].map({"low": 0, "mid": 1, "high": 2})
        + 500 * (rows["phone"] == 2)
        + 300 * rows["burden"]
        + noise
    )
    return rows.assign(y=(score > score.median()).map({True: "granted", False: "refused"}))


FEATURES = {
    "income": {"monotone": "increasing"},
    "level": {"ordered": True, "values": {"low": "low", "mid": "middle", "high": "high"}, "monotone": "increasing"},
    "phone": {"type": "yes_no", "values": {1: "no", 2: "yes"}, "monotone": "increasing"},
    "burden": {"ordered": True, "values": {4: "light", 3: "fair", 2: "heavy", 1: "crushing"}, "monotone": "decreasing"},
}


@pytest.mark.parametrize("name", ["credit", "heart", "grades"])
def test_training_again_gives_the_shipped_model(name):
    domain = load_domain(name)
    again = from_estimator(fit(domain), domain, "")
    assert np.allclose(load_model(domain).predict(domain.frame), again.predict(domain.frame), rtol=0, atol=1e-9)


@pytest.mark.parametrize("favourable", ["granted", "refused"])
def test_directions_hold_for_every_row_whatever_the_codes_and_the_class_order(tmp_path, favourable):
    features = FEATURES
    if favourable == "refused":
        turn = {"increasing": "decreasing", "decreasing": "increasing"}
        features = {name: {**entry, "monotone": turn[entry["monotone"]]} for name, entry in FEATURES.items()}
    domain = folder(tmp_path, table(), favourable=favourable, features=features)
    model = from_estimator(fit(domain), domain, "")
    base = domain.frame.sample(80, random_state=0)
    for name, feature in domain.features.items():
        values = sorted(base[name].unique()) if feature.type == "number" else list(feature.codes.values())
        values = values[::-1] if feature.type == "yes_no" else values
        rising = np.column_stack([model.score(domain.typed(base.assign(**{name: value})), favourable) for value in values])
        steps = np.diff(rising, axis=1) * (1 if feature.monotone == "increasing" else -1)
        assert steps.min() >= -1e-12, name
        assert rising.std(axis=1).max() > 0.001, name


def test_without_constraints_a_direction_may_break(tmp_path):
    rows = table()
    domain = folder(tmp_path, rows, favourable="granted", features={"income": {"monotone": "decreasing"}})
    held, free = (from_estimator(fit(domain, constraints=on), domain, "").score(domain.cases, "granted") for on in (True, False))
    low_income = (domain.cases["income"] < domain.cases["income"].median()).to_numpy()
    assert free[~low_income].mean() - free[low_income].mean() > 0.1 + held[~low_income].mean() - held[low_income].mean()


@pytest.mark.parametrize("method", ["logistic_regression", "random_forest", "gradient_boosting"])
@pytest.mark.parametrize("target", ["outcomes", "many outcomes", "number"])
def test_every_method_fits_words_missing_values_and_truth(tmp_path, method, target):
    rows = table()
    rows["flag"] = pd.Series(np.arange(len(rows)) % 3 == 0).astype(object).mask(rows.index % 7 == 0)
    rows["income"] = rows["income"].astype(float).mask(rows.index % 5 == 0)
    rows["level"] = rows["level"].mask(rows.index % 11 == 0)
    if target == "number":
        rows["y"] = rows["income"].fillna(0) / 10
    elif target == "many outcomes":
        rows["y"] = rows["burden"].map({1: "a", 2: "b", 3: "c", 4: "c"})
    domain = folder(tmp_path, rows, training={"method": method}, **({"unit": "points"} if target == "number" else {}))
    model = from_estimator(fit(domain), domain, "")
    found = model.predict(domain.cases)
    assert np.isfinite(found).all()
    if target == "number":
        assert np.abs(found - domain.cases_target.to_numpy()).mean() < np.abs(domain.cases_target - domain.train_target.mean()).mean()
    else:
        right = np.array(model.classes)[found.argmax(axis=1)] == domain.cases_target.to_numpy()
        assert right.mean() > domain.cases_target.value_counts(normalize=True).max() + 0.05


def test_settings_that_do_not_fit_are_told(tmp_path):
    domain = folder(tmp_path, table(), training={"settings": {"trees": 5}})
    with pytest.raises(ModelProblem) as caught:
        fit(domain)
    assert caught.value.code == "training_settings_wrong" and "trees" in caught.value.facts["reason"]
    domain = folder(tmp_path, table(), training={"settings": {"max_depth": "deep"}})
    with pytest.raises(ModelProblem):
        fit(domain)


def test_rows_to_learn_from_with_one_outcome_only_are_told(tmp_path):
    rows = table().assign(part=lambda frame: frame["y"].map({"granted": "train", "refused": "test"}))
    with pytest.raises(ModelProblem) as caught:
        fit(folder(tmp_path, rows, holdout="part"))
    assert caught.value.code == "one_outcome_in_training"


def test_the_credit_model_takes_the_short_way_with_equal_numbers_and_is_quick():
    domain = load_domain("credit")
    model = load_model(domain)
    assert np.array_equal(model.predict(domain.frame), model.estimator.predict_proba(domain.frame))
    many = pd.concat([domain.frame] * 5)

    def least(rows):
        times = []
        for _ in range(7):
            started = time.perf_counter()
            model.predict(rows)
            times.append(time.perf_counter() - started)
        return min(times)

    assert least(domain.frame.iloc[[0]]) < 0.03 and least(many) < 0.5


def test_directions_of_the_credit_model_are_what_the_training_rows_show():
    domain = load_domain("credit")
    good = (domain.train_target == "1").astype(float).reset_index(drop=True)
    constrained = {name: feature for name, feature in domain.features.items() if feature.monotone}
    assert "savings" in constrained and "installment_rate" not in constrained and "age" not in constrained
    for name, feature in constrained.items():
        column = domain.train[name].reset_index(drop=True)
        ranks = column if feature.type == "number" else column.map({raw: n for n, raw in enumerate(feature.codes.values())})
        slope = np.corrcoef(ranks.rank(), good)[0, 1] * (1 if feature.monotone == "increasing" else -1)
        assert slope > 2 / np.sqrt(len(good)), name
