"""The picture of two values: each point is what the model says of the case with these two, and the lines agree with it."""
import json

import numpy as np
import pytest

from app.pipeline import respond
from dialogue.types import Memory
from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, loan, loan_rows, workspace
from tests.explainers.test_threshold import graded


def boundary(space, case, **options):
    evidence = explain(Query(subject=Subject(case=case), asks=(Ask("boundary", options),)), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return loan(tmp_path_factory.mktemp("loan"))


def test_each_point_is_what_the_model_says_of_the_case_with_these_values(space):
    case = space.domain.cases.index[0]
    found = boundary(space, case, features=["income", "home"])
    row = space.domain.values(space.domain.case(case))
    for place, home in enumerate(found["up"]["values"]):
        rows = space.domain.rows([{**row, "home": home, "income": income} for income in found["across"]["values"]])
        assert space.outcomes(rows).tolist() == found["outcomes"][place]
    assert found["now"] == {"income": row["income"], "home": row["home"]}
    assert row["income"] in found["across"]["values"]
    assert set(found["up"]["values"]) == set("abc")


def test_lines_and_shares_tell_what_the_grid_holds(space):
    found = boundary(space, space.domain.cases.index[1], features=["income", "months"])
    grid, rows = np.array(found["outcomes"]), found["up"]["values"]
    for column, line in enumerate(found["lines"]):
        assert line["value"] == found["across"]["values"][column]
        for run in line["runs"]:
            inside = [place for place, value in enumerate(rows) if run["from"] <= value <= run["to"]]
            assert set(grid[inside, column]) == {run["outcome"]}
    shares = {part["outcome"]: part["count"] for part in found["shares"]}
    assert shares == {code: int((grid == code).sum()) for code in ("0", "1")}


def test_features_left_open_are_those_that_move_the_case_most(tmp_path):
    def two(rows):
        score = 1 / (1 + np.exp(-(rows["income"] - 30) / 10 - (rows["home"] == "b") * 2))
        return np.column_stack([1 - score, score])
    space = workspace(tmp_path, LOAN, loan_rows(), two)
    case = space.domain.cases.index[0]
    assert set(boundary(space, case)["features"]) == {"income", "home"}
    assert boundary(space, case, features=["months"])["features"][0] == "months"


def test_the_picture_shows_every_pair_and_marks_the_case(space):
    case = space.domain.cases.index[0]
    query = Query(subject=Subject(case=case), asks=(Ask("boundary", {"features": ["income", "months"]}),))
    figure = respond("?", Memory().about(case), space, picked=query).answer.figures[0]
    found = boundary(space, case, features=["income", "months"])
    pairs = len(found["across"]["values"]) * len(found["up"]["values"])
    assert figure.svg.count("<rect") == pairs + 2           # and two in the legend
    assert figure.svg.count("<circle") == 2
    assert len(figure.table["rows"]) == len(found["across"]["values"])


def test_a_group_has_no_such_picture(space):
    with pytest.raises(InputProblem):
        explain(Query(subject=Subject(everyone=True), asks=(Ask("boundary"),)), space)


def test_an_estimate_is_above_or_below_the_mean_or_what_was_asked_for(tmp_path):
    space = graded(tmp_path)
    case = space.domain.cases.index[0]
    found = boundary(space, case, features=["hours", "help"])
    assert found["line"] == pytest.approx(space.domain.train_target.mean())
    for options in ({}, {"target": {"at_least": 9}}):
        found = boundary(space, case, features=["hours", "help"], **options)
        for place, help_ in enumerate(found["up"]["values"]):
            estimates = [2 * hours + (help_ in ("yes", True)) for hours in found["across"]["values"]]
            assert found["outcomes"][place] == ["above" if value >= found["line"] else "below" for value in estimates]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
def test_the_picture_of_an_estimate_is_told_by_its_sides(tmp_path, level, language):
    space = graded(tmp_path)
    memory = Memory(level=level, language=language).about(space.domain.cases.index[0])
    turn = respond("...", memory, space, picked=Query(asks=(Ask("boundary", {"features": ["hours", "help"]}),)))
    assert "above" not in turn.answer.text and turn.answer.figures[0].svg.count("<circle") == 2
    assert {"en": "or more", "de": "oder mehr"}[language] in turn.answer.text
