"""What training cases did to a decision: effects worked out by counting, honest where it cannot be said, nobody shown."""
import json

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from app.pipeline import respond
from dialogue.types import Memory
from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.influence import LEAST, RANDOM, members
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, loan_model, loan_rows, workspace
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

ASK = (Ask("influence"),)


def influence(space, case):
    evidence = explain(Query(subject=Subject(case=case), asks=ASK), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence


def by_job(last):
    """A model that sees the job alone: its answer is the mean of the training rows with that job."""
    return Pipeline([("encode", ColumnTransformer([("job", OneHotEncoder(), ["job"])], remainder="drop")), ("last", last)])


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    rows = table(500)
    rows["target"] = np.where(np.random.default_rng(1).random(500) < rows["job"].map({"clerk": 0.2, "nurse": 0.5, "pilot": 0.7}), 1, 0)
    return workspace_of(domain_of(tmp_path_factory.mktemp("job") / "job", rows), by_job(DecisionTreeClassifier(random_state=0)))


def test_leaving_out_the_nearest_of_an_outcome_takes_them_out_of_the_mean(space):
    """Of n rows with the job, a are 1: without g of these, the answer is (a - g) / (n - g); without g others, a / (n - g)."""
    case = space.domain.cases.index[space.domain.cases["job"] == "pilot"][0]
    evidence = influence(space, case)
    result, told = evidence.result, evidence.outcome
    of = (space.domain.train["job"] == "pilot").to_numpy()
    count, size = int(of.sum()), result["size"]
    met = int((space.domain.train_target[of] == told).sum())
    assert result["size"] == round(0.02 * len(space.domain.train)) and result["score"] == pytest.approx(met / count)
    assert result["anew"] == pytest.approx(met / count)
    for group in result["groups"]:
        left = met - size if group["label"] == told else met
        assert group["size"] == size and group["without"] == pytest.approx(left / (count - size))
        assert group["effect"] == pytest.approx(met / count - left / (count - size))
        assert [shared["feature"] for shared in group["shared"]][0] == "job"
        assert group["beyond_chance"] == (abs(group["effect"]) > result["chance"]["largest"])
    assert result["chance"]["groups"] == RANDOM and result["chance"]["largest"] < max(abs(group["effect"]) for group in result["groups"])


def test_of_an_estimate_the_groups_lie_above_and_below_it(tmp_path):
    rows = table(300, outcomes=0)
    space = workspace_of(domain_of(tmp_path / "job", rows, outcomes=0), by_job(DecisionTreeRegressor(random_state=0)))
    case = space.domain.cases.index[space.domain.cases["job"] == "nurse"][0]
    result = influence(space, case).result
    of = (space.domain.train["job"] == "nurse").to_numpy()
    assert result["line"] == result["score"] == pytest.approx(space.domain.train_target[of].mean())
    assert {group["side"] for group in result["groups"]} == {"above", "below"}
    assert all((group["effect"] > 0) == (group["side"] == "above") for group in result["groups"] if group["ring"] == 1)


def test_groups_hold_the_nearest_of_each_outcome_and_then_the_next():
    domain = type("Domain", (), {"train_target": pd.Series(["a", "b"] * 30)})()
    near = list(range(59, -1, -1))
    found = {(label, ring): places.tolist() for label, ring, places in members(domain, near, 5, None)}
    assert found == {("a", 1): [58, 56, 54, 52, 50], ("a", 2): [48, 46, 44, 42, 40],
                     ("b", 1): [59, 57, 55, 53, 51], ("b", 2): [49, 47, 45, 43, 41]}
    assert members(type("Domain", (), {"train_target": pd.Series(["a"] * 56 + ["b"] * 4)})(), near, 5, None)[-1][0] == "a"


def test_a_model_that_cannot_be_fitted_again_is_told_as_one(tmp_path):
    space = workspace(tmp_path, LOAN, loan_rows(400), loan_model)
    result = influence(space, space.domain.cases.index[0]).result
    assert result["none_because"] == {"code": "cannot_be_fitted"} and result["groups"] == []
    assert sum(part["count"] for part in result["near"]) == 20
    text = respond("...", Memory().about(space.domain.cases.index[0]), space, picked=Query(asks=ASK)).answer.text
    assert "cannot be trained again" in text


def test_too_few_rows_are_told_as_such(tmp_path):
    space = workspace_of(domain_of(tmp_path / "few", table(60)), in_pipeline(DecisionTreeClassifier(max_depth=2, random_state=0)))
    assert influence(space, space.domain.cases.index[0]).result["none_because"] == {"code": "too_few_rows"}


def test_nobody_in_the_training_data_is_shown(space):
    case = space.domain.cases.index[0]
    turn = respond("...", Memory(level="expert").about(case), space, picked=Query(asks=ASK))
    assert all(group["size"] >= LEAST for group in turn.evidence[0].result["groups"])
    assert '"case"' not in json.dumps(turn.evidence[0].result)
    own = {name: value for name, value in space.domain.values(space.domain.case(case)).items()}
    for group in turn.evidence[0].result["groups"]:
        assert all(shared["value"] == own.get(shared["feature"], shared["value"]) for shared in group["shared"])


def test_a_group_of_cases_has_no_such_answer(space):
    with pytest.raises(InputProblem) as problem:
        explain(Query(subject=Subject(everyone=True), asks=ASK), space)
    assert problem.value.code == "needs_one_case"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
def test_effects_and_what_chance_does_are_told_and_drawn(space, level, language):
    case = space.domain.cases.index[space.domain.cases["job"] == "pilot"][0]
    turn = respond("...", Memory(level=level, language=language).about(case), space.speaking(language), picked=Query(asks=ASK))
    figure = turn.answer.figures[0]
    groups = turn.evidence[0].result["groups"]
    assert len(figure.table["rows"]) == len(groups) and figure.svg.count("<rect") == 2 * len(groups)
    assert all(row[0] in figure.alt for row in figure.table["rows"])
    largest = max(groups, key=lambda group: abs(group["effect"]))
    assert f"**{100 * largest['without']:.0f}" in turn.answer.text.replace(",", ".")
