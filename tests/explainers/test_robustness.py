"""Noise that turns a known rule, models that agree or do not, and planted faults that are named as suspicions."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from explainers.explain import SEED, explain
from explainers.loading import load_model
from explainers.refits import REFITS, refits_of
from explainers.robustness import DRAWS
from explainers.types import Ask, Query, Subject
from explainers.workspace import Workspace
from tests.explainers.counterfactual_fixtures import LOAN, loan_rows, workspace
from tests.explainers.test_threshold import graded
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

EVERYONE = Subject(everyone=True)


def robustness(space, subject):
    evidence = explain(Query(subject=subject, asks=(Ask("robustness"),)), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


def over_thirty(rows):
    met = (rows["income"] > 30).to_numpy()
    return np.column_stack([~met, met]).astype(float)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("noise"), LOAN, loan_rows(400), over_thirty)


def test_noise_turns_a_case_only_where_it_reaches_over_the_line(space):
    cases, span = space.domain.cases, np.ptp(space.domain.train["income"])
    for case in (cases["income"].idxmax(), (cases["income"] - 31).abs().idxmin(), (cases["income"] - 27).abs().idxmin()):
        income = int(cases.loc[case, "income"])
        found = robustness(space, Subject(case=case))
        for level in found["levels"]:
            width = max(level["noise"] * span, 1)
            reaches = round(income - width) <= 30 < income or income <= 30 < round(income + width)
            if not reaches:
                assert level["same"]["share"] == 1.0
            assert level["same"]["size"] == DRAWS
        first = next((level["noise"] for level in found["levels"] if level["same"]["share"] < 1), None)
        assert found["flips_from"] == first


def test_the_share_that_noise_turns_is_that_of_the_distance_to_the_line(space):
    """A move by up to w, rounded, falls from an income g over 30.5 to 30 or less with probability (w - g) / 2w."""
    incomes = space.domain.cases["income"]
    case = incomes[incomes > 30].idxmin()
    widest = robustness(space, Subject(case=case))["levels"][-1]
    width, gap = widest["noise"] * np.ptp(space.domain.train["income"]), incomes[case] - 30.5
    assert 0 < gap < width
    expected = 1 - (width - gap) / (2 * width)
    assert widest["same"]["share"] == pytest.approx(expected, abs=4 * np.sqrt(0.25 / DRAWS))


def test_models_fitted_anew_agree_where_the_rule_is_plain_and_not_where_it_is_chance(tmp_path):
    plain, chance = table(500), table(500)
    plain["target"] = (plain["job"] == "pilot").astype(int)
    chance["target"] = np.random.default_rng(0).integers(0, 2, len(chance))
    tree = lambda: in_pipeline(DecisionTreeClassifier(random_state=0))
    sure = workspace_of(domain_of(tmp_path / "sure", plain), tree())
    unsure = workspace_of(domain_of(tmp_path / "unsure", chance), tree())
    found = robustness(sure, EVERYONE)
    assert found["models"]["good"] == REFITS and found["everyone"]["share"] == 1.0
    assert robustness(unsure, EVERYONE)["everyone"]["share"] < 0.5


def test_agreement_is_counted_over_the_good_models(tmp_path):
    space = workspace_of(domain_of(tmp_path / "toy", table(400)), in_pipeline(DecisionTreeClassifier(max_depth=3, random_state=0)))
    case = space.domain.cases.index[2]
    found = robustness(space, Subject(case=case))
    good = refits_of(space, SEED).good
    row, own = space.domain.case(case), space.outcomes(space.domain.case(case))[0]
    assert found["models"]["good"] == len(good)
    assert found["models"]["same"]["count"] == sum(model.outcomes(row)[0] == own for model in good)
    truth = space.domain.cases_target.to_numpy()
    assert all((model.outcomes(space.domain.cases) == truth).mean() >= found["models"]["quality"]["low"] for model in good)


def test_planted_faults_are_named_as_doubts(tmp_path):
    rows = loan_rows(400)
    rows["copy"] = rows["good"].map({0: "no", 1: "yes"})
    text = LOAN.replace("home: {type: category,", "home: {type: category, implausible: it says nothing of money,")
    text += "  copy: {type: category, values: {no: no, yes: yes}}\n"
    doubts = {
        (doubt["code"], doubt["feature"]): doubt for doubt in robustness(workspace(tmp_path, text, rows, over_thirty), EVERYONE)["doubts"]
    }
    assert doubts[("copy_of_target", "copy")]["share"] == 1.0
    assert doubts[("implausible", "home")]["reason"] == "it says nothing of money"
    assert doubts[("implausible", "home")]["share"] == 0.0  # the model looks at the income alone


def test_an_estimate_is_the_same_within_its_tolerance(tmp_path):
    """points = 2 x hours + 1: noise moves whole hours by at least 1, which is 2 points."""
    space = graded(tmp_path)
    spread = np.std(space.model.predict(space.domain.train))
    error = np.abs(space.model.predict(space.domain.cases) - space.domain.cases_target.to_numpy()).mean()
    wanted = min(max(error, 0.05 * spread), 0.5 * spread)
    case = space.domain.cases.index[np.argmin(np.abs(space.domain.cases["hours"] - 7))]
    found = robustness(space, Subject(case=case))
    assert found["within"]["tolerance"] == pytest.approx(wanted) and found["outcome"] is None
    assert found["levels"][0]["same"]["share"] < 1        # a whole number moves by at least 1, which is 2 points
    assert found["models"]["kind"] == "other"             # a function cannot be fitted again
    many = robustness(space, EVERYONE)
    assert many["within"] is None and many["everyone"]["size"] == len(space.domain.cases)


def test_the_reasons_of_other_models_are_counted(tmp_path):
    """The job alone decides: every model names it first, on the same side."""
    rows = table(500)
    rows["target"] = (rows["job"] == "pilot").astype(int)
    space = workspace_of(domain_of(tmp_path / "sure", rows), in_pipeline(DecisionTreeClassifier(max_depth=2, random_state=0)))
    reasons = robustness(space, Subject(case=space.domain.cases.index[0]))["models"]["reasons"]
    assert reasons["first_same"] == reasons["size"] == REFITS
    assert reasons["kept"][0] == {"feature": "job", "count": REFITS}


def test_a_rule_learned_by_heart_is_named(tmp_path):
    """A full-grown tree on chance: its splits help on the rows it learned from, and not on others."""
    rows = table(900)
    rows["target"] = np.random.default_rng(0).integers(0, 2, len(rows))
    space = workspace_of(domain_of(tmp_path / "heart", rows, holdout=0.4), in_pipeline(DecisionTreeClassifier(random_state=0)))
    doubts = {(doubt["code"], doubt["feature"]) for doubt in robustness(space, EVERYONE)["doubts"]}
    assert ("not_held_out", "amount") in doubts and ("not_held_out", "age") in doubts


def test_a_use_that_turns_round_on_a_part_is_named_with_the_part(tmp_path):
    """Owners are given 1 by the model; among pilots, a sixth of the rows, it is the non-owners that really are."""
    rows = table(1200)
    pilot = rows["job"] == "pilot"
    rows["target"] = np.where(pilot, 1 - rows["owner"], rows["owner"])
    domain = domain_of(tmp_path / "part", rows, holdout=0.5)
    space = workspace_of(domain, in_pipeline(DecisionTreeClassifier(max_depth=1, random_state=0)))
    vars(space)["model"].call = lambda frame: np.column_stack([0.9 - 0.8 * frame["owner"], 0.1 + 0.8 * frame["owner"]])
    doubts = [doubt for doubt in robustness(space, EVERYONE)["doubts"] if doubt["code"] == "fails_on_part"]
    assert [doubt["feature"] for doubt in doubts] == ["owner"]
    assert doubts[0]["where"] == {"feature": "job", "is": "=", "value": "pilot"} and doubts[0]["gain"] < 0


def test_sound_use_raises_no_doubt_and_what_is_not_used_is_named(space):
    doubts = {(doubt["code"], doubt["feature"]) for doubt in robustness(space, EVERYONE)["doubts"]}
    assert {("unused", name) for name in ("months", "grade", "home", "age")} <= doubts
    assert not [code for code, feature in doubts if code in ("not_held_out", "fails_on_part")]


def test_a_model_that_cannot_be_fitted_again_and_leaves_features_out_is_compared_with_stand_ins(tmp_path):
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "by_age.py").write_text("def score(frame):\n    return (frame['age'] > 40) * 0.8 + 0.1\n", encoding="utf-8")
    domain = domain_of(tmp_path / "toy", table(), model="by_age:score")
    workspace = Workspace(domain, trust=True)
    workspace.model = replace(load_model(domain, trust=True), features=("age",))
    found = explain(Query(subject=Subject(case=domain.cases.index[0]), asks=(Ask("robustness"),)), workspace)[0]
    assert found.result["models"]["kind"] == "other" and found.result["models"]["refitted"] == 8
