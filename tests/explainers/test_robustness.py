"""Noise that turns a known rule, models that agree or do not, and planted faults that are named as suspicions."""

import json

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.robustness import DRAWS, REFITS, refits
from explainers.types import Ask, Query, Subject
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
    good = refits(type("Scene", (), {"domain": space.domain, "workspace": space, "model": space.model, "seed": 20})())["good"]
    row, own = space.domain.case(case), space.outcomes(space.domain.case(case))[0]
    assert found["models"]["good"] == len(good)
    assert found["models"]["same"]["count"] == sum(model.outcomes(row)[0] == own for model in good)
    truth = space.domain.cases_target.to_numpy()
    assert all((model.outcomes(space.domain.cases) == truth).mean() >= found["models"]["accuracy"]["low"] for model in good)


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


def test_an_estimate_is_told_that_it_has_no_outcome_to_turn(tmp_path):
    space = graded(tmp_path)
    with pytest.raises(InputProblem) as problem:
        robustness(space, Subject(case=space.domain.cases.index[0]))
    assert problem.value.code == "needs_outcomes"
