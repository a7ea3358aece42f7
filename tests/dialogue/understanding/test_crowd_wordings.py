"""Wordings of operations and conditions in two sparse domains: only data, target and outcomes are given."""
from pathlib import Path

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain

CROWD = Path(__file__).resolve().parents[2] / "understanding" / "crowd"


@pytest.fixture(scope="module")
def diabetes():
    return load_domain(str(CROWD / "diabetes"))


@pytest.fixture(scope="module")
def recidivism():
    return load_domain(str(CROWD / "recidivism"))


def parsed(text, domain):
    return understand(Question(text), Memory(), domain).to_json()


def test_part_of_a_squeezed_column_name_names_the_feature(diabetes):
    query = parsed("patients with pressure below 50: what does the model say?", diabetes)
    assert query["subject"]["where"] == {"feature": "bloodpressure", "is": "<", "value": 50}


def test_outcome_called_unlikely_is_told_from_its_opposite(diabetes):
    query = parsed("How many data points are labeled as unlikely to have diabetes?", diabetes)
    assert query["subject"]["where"] == {"label": "0"} and query["asks"][0]["kind"] == "count"


def test_likely_in_how_likely_is_no_outcome(diabetes):
    query = parsed("How likely is patient 45 to have diabetes and why do you think so?", diabetes)
    assert query["subject"]["case"] == "45" and [ask["kind"] for ask in query["asks"]] == ["likelihood", "why"]


def test_decade_is_a_range_of_ages(recidivism):
    query = parsed("For defendants in their twenties, what are the predictions?", recidivism)
    assert query["subject"]["where"] == {"and": [{"feature": "Age", "is": ">=", "value": 20},
                                                 {"feature": "Age", "is": "<=", "value": 29}]}


def test_neither_nor_negates_both(recidivism):
    query = parsed("What is predicted for people who are neither asian nor hispanic?", recidivism)
    assert [part["value"] for part in query["subject"]["where"]["and"]] == [False, False]


@pytest.mark.parametrize("text", ["What's the mean age of women?", "How accurate is the model for women?"])
def test_people_named_by_a_flag_are_a_group(recidivism, text):
    assert parsed(text, recidivism)["subject"]["where"] == {"feature": "sexFemale", "is": "=", "value": True}


def test_change_goes_around_the_people_it_is_for(diabetes):
    query = parsed("Reduce the blood pressure for people over 60 by 10 and show the predictions", diabetes)
    assert query["subject"]["where"]["value"] == 60
    assert [(step["feature"], step["by"]) for step in query["changes"]] == [("bloodpressure", -10)]
