"""What would change it, on other models and data: several outcomes, one-hot columns, missing values, boosting libraries."""
import numpy as np
import pandas as pd
import pytest

from explainers.loading import from_estimator
from tests.explainers.counterfactual_fixtures import LOAN, asked, loan_rows, loan_score, refused, workspace

THREE = """
data: rows.csv
target: grade
outcomes: {0: low, 1: middle, 2: high}
favourable: 2
features:
  a: {type: number, step: 1}
  b: {type: number, step: 1}
"""
ONE_HOT = """
data: rows.csv
target: good
outcomes: {0: refused, 1: granted}
favourable: 1
families:
  home: {columns: [home_a, home_b, home_c], none_allowed: false}
features:
  income: {type: number, step: 1}
  home_a: {type: yes_no, values: {0: no, 1: yes}}
  home_b: {type: yes_no, values: {0: no, 1: yes}}
  home_c: {type: yes_no, values: {0: no, 1: yes}}
"""


def three_scores(rows):
    """Softmax of (0, (a + b) / 4 - 2, (a + b) / 2 - 6): high is likeliest from a + b = 16.02 on."""
    total = (rows["a"] + rows["b"]).to_numpy(dtype=float)
    powers = np.exp(np.column_stack([np.zeros(len(total)), total / 4 - 2, total / 2 - 6]))
    return powers / powers.sum(axis=1, keepdims=True)


def test_of_three_outcomes_the_hoped_for_one_or_the_one_asked_for_becomes_the_likeliest(tmp_path):
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"a": random.integers(0, 13, 150), "b": random.integers(0, 13, 150)})
    frame["grade"] = np.argmax(three_scores(frame), axis=1)
    space = workspace(tmp_path, THREE, frame, three_scores, ("0", "1", "2"))
    cases = space.domain.cases
    low = cases.index[(space.outcomes(cases) == "0") & (cases["a"] + cases["b"] > 2)][0]
    for target, outcome in (({}, "2"), ({"target": {"outcome": "1"}}, "1")):
        options = asked(space, low, **target)["options"]
        assert options and all(option["outcome"] == outcome for option in options)
        for option in options:
            scores = option["probabilities"]
            assert scores[outcome] >= max(scores[code] for code in scores if code != outcome) + 0.02
    cheapest = asked(space, low, margin=0, plausibility=False)["options"][0]
    assert cheapest["row"]["a"] + cheapest["row"]["b"] == 17


def test_columns_of_one_family_change_together_as_one_change(tmp_path):
    random = np.random.default_rng(2)
    home = random.integers(0, 3, 200)
    frame = pd.DataFrame({"income": random.integers(10, 60, 200), **{f"home_{name}": (home == place).astype(int)
                                                                    for place, name in enumerate("abc")}})

    def call(rows):
        flags = {name: (rows[f"home_{name}"].astype(float) == 1).to_numpy() for name in "abc"}
        margin = 0.1 * rows["income"].to_numpy(dtype=float) - 5 + 3 * flags["b"] - flags["c"]
        share = 1 / (1 + np.exp(-margin))
        return np.column_stack([1 - share, share])
    frame["good"] = (call(frame)[:, 1] > 0.5).astype(int)
    space = workspace(tmp_path, ONE_HOT, frame, call)
    several = 0
    for case in refused(space, 12):
        for option in asked(space, case)["options"]:
            row = option["row"]
            assert sum(bool(row[f"home_{name}"]) for name in "abc") == 1
            touched = {change["feature"] for change in option["changes"]}
            families = bool(touched & {"home_a", "home_b", "home_c"})
            assert option["n_changes"] == ("income" in touched) + families
            several += families
            assert space.outcomes(space.domain.rows([row]))[0] == "1"
    assert several


def boosting(library):
    if library == "xgboost":
        from xgboost import XGBClassifier
        return XGBClassifier(n_estimators=25, max_depth=3, n_jobs=1, random_state=0)
    from lightgbm import LGBMClassifier
    return LGBMClassifier(n_estimators=25, max_depth=3, n_jobs=1, random_state=0, verbose=-1)


def holes(frame):
    """Every ninth income is missing."""
    frame = frame.copy()
    frame["income"] = frame["income"].astype(float)
    frame.loc[frame.index[::9], "income"] = np.nan
    return frame


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_boosting_libraries_and_missing_values(tmp_path, library):
    from sklearn.compose import make_column_transformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder
    frame = loan_rows(400)
    frame["good"] = (loan_score(frame) > 0).astype(int)
    space = workspace(tmp_path, LOAN, holes(frame), None)
    domain = space.domain
    encode = make_column_transformer((OrdinalEncoder(), ["home"]), remainder="passthrough")
    fit = make_pipeline(encode, boosting(library)).fit(domain.train, domain.train_target.astype(int))
    space.__dict__["model"] = from_estimator(fit, domain, "toy")
    ids = refused(space, 60)
    missing = [case for case in ids if domain.cases.loc[case, "income"] != domain.cases.loc[case, "income"]]
    known = [case for case in ids if case not in missing]
    assert missing and known
    for case in missing[:3] + known[:3]:
        now = domain.values(domain.case(case))
        result = asked(space, case)
        assert result["options"] and result["proven"]
        for option in result["options"]:
            assert space.outcomes(domain.rows([option["row"]]))[0] == "1"
            assert {c["feature"] for c in option["changes"]} == {n for n, v in option["row"].items() if v != now[n]}
            cost = [1.0 for change in option["changes"] if change["from"] is None]
            assert option["cost"] >= sum(cost)
