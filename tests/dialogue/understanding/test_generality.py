"""Wordings that hold in any domain: nouns for cases, several asks, contrasts, shortly said changes, what only looks like a name."""

from pathlib import Path

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from dialogue.understanding.asks.contrast import CONTRAST
from dialogue.understanding.sentence.reading import read
from explainers.domain import load_domain

SPARSE = Path(__file__).resolve().parents[2] / "understanding" / "domains"


@pytest.fixture(scope="module")
def credit():
    return load_domain("credit")


@pytest.fixture(scope="module")
def churn():
    return load_domain(str(SPARSE / "churn"))


@pytest.fixture(scope="module")
def heart():
    return load_domain("heart")


def asked(text, domain, case=None):
    case = case or str(domain.cases.index[0])
    return understand(Question(text), Memory(case=case), domain).to_json()


def kinds(query):
    return [ask["kind"] for ask in query["asks"]]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Explain who you are and what I may ask you.", ["about", "help"]),
        ("why was it refused? was it the housing?", ["why", "role"]),
        (
            "What data was it trained on, what kind of model is it and how accurate is it?",
            ["data", "model", "performance"],
        ),
    ],
)
def test_each_sentence_that_asks_is_an_ask(credit, text, expected):
    assert kinds(asked(text, credit)) == expected


@pytest.mark.parametrize("text", ["what data was the model trained on?", "which data was it trained with", "training data?"])
def test_what_a_model_is_trained_on_is_no_purpose_of_a_loan(credit, text):
    assert asked(text, credit)["asks"] == [{"kind": "data"}]
    assert "subject" not in asked(text, credit) or not asked(text, credit)["subject"]


def test_supposition_before_a_likelihood_asks_nothing_of_its_own(credit):
    query = asked("what if the amount were 3000, how likely is it", credit)
    assert kinds(query) == ["likelihood"] and query["changes"] == [{"feature": "amount", "to": 3000}]


def test_two_names_joined_are_not_two_asks(credit):
    assert kinds(asked("How do age and housing act together?", credit)) == ["interactions"]


@pytest.mark.parametrize(
    "text",
    [
        "why refused rather than approved?",
        "why not approved?",
        "why bad and not good?",
        "why a bad risk instead of a good risk?",
    ],
)
def test_outcome_set_against_another_is_the_foil(credit, text):
    query = asked(text, credit)
    assert query["asks"] == [{"kind": "why", "foil": "1"}]


def test_why_without_contrast_has_no_foil(credit):
    assert "foil" not in asked("why was I refused?", credit)["asks"][0]
    assert not CONTRAST.search("why was i refused")


@pytest.mark.parametrize(
    "text", ["parcel 14: why?", "Why was parcel 14 lost to us?", "show the prediction for voucher 14"]
)
def test_unknown_noun_before_a_known_number_names_a_case(churn, text):
    assert asked(text, churn)["subject"].get("case") == "14"


@pytest.mark.parametrize("text", ["I want a loan of 14 months", "at least 14 months", "top 14 features", "I meant 14"])
def test_number_of_something_else_is_no_case(credit, text):
    assert read(text, credit, "en", True).case is None


def test_unknown_things_are_no_group_where_nothing_of_the_domain_is_named(credit):
    assert "GROUP" not in read("how many planets has a galaxy", credit, "en", True).text()
    assert "GROUP" in read("which parcels with age above 30", credit, "en", True).text()


def test_second_change_said_shortly_goes_the_same_way(heart):
    query = asked("Suppose the resting blood pressure fell by 12 and the cholesterol by 30", heart)
    assert query["changes"] == [{"feature": "trestbps", "by": -12}, {"feature": "chol", "by": -30}]


@pytest.mark.parametrize(
    "text, feature, by",
    [("what if she paid 15 less", "MonthlyCharges", -15), ("what if we gave 15 off", "MonthlyCharges", -15)],
)
def test_verb_or_discount_names_what_is_changed(churn, text, feature, by):
    assert asked(text, churn)["changes"] == [{"feature": feature, "by": by}]


def test_discount_in_percent_is_a_factor(churn):
    assert asked("what if he got a 10% discount", churn)["changes"] == [{"feature": "MonthlyCharges", "times": 0.9}]


def test_years_are_months_where_the_column_says_months(churn):
    where = asked("How many customers have been here for less than two years?", churn)["subject"]["where"]
    assert where == {"feature": "tenureMonths", "is": "<", "value": 24}


def test_flag_can_be_set_equal_to_no(churn):
    where = asked("show customers where has_dependents = no", churn)["subject"]["where"]
    assert where == {"feature": "has_dependents", "is": "=", "value": False}


def test_span_of_time_is_the_category_it_falls_into(credit):
    assert asked("what if I had worked 8 years", credit)["changes"] == [{"feature": "employment_duration", "to": 5}]


def test_thousands_with_a_dot_where_it_is_money(credit):
    assert asked("what if the amount were €3.500", credit)["changes"] == [{"feature": "amount", "to": 3500}]


@pytest.mark.parametrize(
    "text, feature",
    [
        ("Did my age play a part here?", "age"),
        ("What you have about my savings is out of date.", "savings"),
        ("Do women get fewer loans?", "personal_status_sex"),
    ],
)
def test_common_words_are_not_taken_for_further_features(credit, text, feature):
    named = {name for _, names in read(text, credit, "en", True).mentions for name in names}
    assert named == {feature}


def test_who_with_an_outcome_selects_those_predicted(churn):
    query = asked("who leaves", churn)
    assert query["subject"]["where"] == {"prediction": "1"} and kinds(query) == ["show"]


def test_applicant_described_with_bare_numbers(credit):
    query = asked("I am 41, rent, want 5000 marks for furniture over 24 months. will you give it to me?", credit)
    assert query["subject"]["new"] == {"age": 41, "housing": 2, "amount": 5000, "purpose": 3, "duration": 24}
