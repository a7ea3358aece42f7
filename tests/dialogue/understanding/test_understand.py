"""Questions of two made-up domains and of the shipped one become the Query that they mean."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from dialogue.understanding.learning.practice import practice_domains
from explainers.types import STATUSES, Ask, Change, Query, Subject

LOANS, PATIENTS = practice_domains()
AT_HAND = Memory(case="3")


def asked(text, domain=LOANS, memory=Memory()):
    return understand(Question(text), memory, domain)


def kinds(text, domain=LOANS, memory=AT_HAND):
    return [ask.kind for ask in asked(text, domain, memory).asks]


@pytest.mark.parametrize(
    "text, where",
    [
        ("How many applicants are older than 30?", {"feature": "age", "is": ">", "value": 30}),
        ("how many applicants are at least 30 years old", {"feature": "age", "is": ">=", "value": 30}),
        ("How many applicants under 25 are there?", {"feature": "age", "is": "<", "value": 25}),
        ("how many applicants have an age beyond 43", {"feature": "age", "is": ">", "value": 43}),
        ("how many loans run up to and including 12 months", {"feature": "duration", "is": "<=", "value": 12}),
        ("loan amounts from 5,000 upwards, how many", {"feature": "amount", "is": ">=", "value": 5000}),
        ("How many people have a loan amount of no more than 4k?", {"feature": "amount", "is": "<=", "value": 4000}),
        ("How many have a loan amount above four thousand dollars?", {"feature": "amount", "is": ">", "value": 4000}),
        ("How many applicants have a loan duration of 2 years?", {"feature": "duration", "is": "=", "value": 24}),
        ("How many applicants are not unemployed?", {"feature": "unemployed", "is": "=", "value": False}),
        ("How many people live in a rented flat?", {"feature": "housing", "is": "=", "value": 1}),
        (
            "How many applicants are unemployed or foreign workers?",
            {
                "or": [
                    {"feature": "unemployed", "is": "=", "value": True},
                    {"feature": "foreign", "is": "=", "value": True},
                ]
            },
        ),
        (
            "How many applicants are between 20 and 30 years old?",
            {"and": [{"feature": "age", "is": ">=", "value": 20}, {"feature": "age", "is": "<=", "value": 30}]},
        ),
    ],
)
def test_conditions_in_all_wordings(text, where):
    query = asked(text)
    assert query.subject.where == where and [ask.kind for ask in query.asks] == ["count"]


@pytest.mark.parametrize(
    "text, change",
    [
        ("What if the loan amount were 5,000?", Change("amount", "to", 5000)),
        ("What if my monthly income was 500 higher?", Change("income", "by", 500)),
        ("What would you say if I reduced the loan amount by 1000?", Change("amount", "by", -1000)),
        ("what happens if the loan amount is halved", Change("amount", "times", 0.5)),
        ("what if the monthly income rose by 10%", Change("income", "times", 1.1)),
        ("what if I were unemployed?", Change("unemployed", "to", True)),
        ("What if applicant 6 were ten years younger?", Change("age", "by", -10)),
    ],
)
def test_changes_to_by_and_times(text, change):
    query = asked(text, memory=AT_HAND)
    assert query.changes == (change,) and [ask.kind for ask in query.asks] == ["prediction"]


def test_numbers_of_other_sizes_are_of_other_things():
    changes = asked("what if the loan amount was 5000 and 36 months?").changes
    assert changes == (Change("amount", "to", 5000), Change("duration", "to", 36))


@pytest.mark.parametrize(
    "text",
    [
        "Why was applicant 12 predicted like this?",
        "why was data point number 12 rejected",
        "why 12?",
        "Explain the prediction for #12",
    ],
)
def test_case_numbers_in_all_wordings(text):
    query = asked(text)
    assert query.subject == Subject(case="12") and [ask.kind for ask in query.asks] == ["why"]


def test_several_things_asked_are_answered_in_their_order():
    query = asked("Why was applicant 12 refused and how could I change it?")
    assert query.subject.case == "12" and [ask.kind for ask in query.asks] == ["why", "counterfactual"]


def test_a_described_applicant_is_somebody_new():
    query = asked(
        "What does the model say for someone aged 40 with a monthly income of 3000 and a loan amount of 2000?"
    )
    assert query.subject.new == {"age": 40, "income": 3000, "amount": 2000}


def test_they_stay_previous_and_what_was_asked_stays_again():
    query = asked("But what if they were unemployed?")
    assert (
        query.subject.previous
        and query.changes == (Change("unemployed", "to", True),)
        and query.asks == (Ask("again"),)
    )


def test_a_smaller_sum_is_about_what_was_changed_last():
    memory = Memory(
        case="3", subject=Subject(case="3"), changes=(Change("amount", "to", 5000),), asks=(Ask("prediction"),)
    )
    assert asked("and if it were 2,000 less?", memory=memory).changes == (Change("amount", "by", -2000),)


def test_a_bare_feature_asks_for_its_role():
    assert asked("housing?", memory=AT_HAND).asks == (Ask("role", {"features": ["housing"]}),)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("why was i rejected", "why"),
        ("how sure are you?", "likelihood"),
        ("what do I have to change?", "counterfactual"),
        ("Did my age matter?", "role"),
        ("which features are the most important", "importance"),
        ("how accurate is the model", "performance"),
        ("thanks!", "thanks"),
        ("hello", "greet"),
        ("what can i ask you", "help"),
        ("what does monthly income mean", "define"),
        ("what is the average age", "statistic"),
        ("describe the data", "data"),
    ],
)
def test_kinds_in_plain_words(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", ["asdf qwer", "🙂🙂", "   ", "", "?!", "-", "()"])
def test_nonsense_is_not_understood(text):
    assert asked(text).status in ("unclear", "unsupported")


@pytest.mark.parametrize(
    "text, right",
    [
        ("wat are the most importnat featurs", "importance"),
        ("hwo acurate is the modle", "performance"),
        ("what do i have to chnage to get acepted", "counterfactual"),
        ("explian the predicton", "why"),
    ],
)
def test_typos_in_key_words_are_read(text, right):
    assert kinds(text) == [right]


@pytest.mark.parametrize(
    "text",
    [
        "Why was applicant 12 refused?",
        "How many applicants are older than 30?",
        "What if the loan amount were 5,000?",
        "How likely are unemployed people to be a good credit risk?",
    ],
)
def test_case_of_letters_and_final_mark_do_not_matter(text):
    plain = replaced(asked(text))
    assert replaced(asked(text.lower())) == plain and replaced(asked(text.rstrip("?"))) == plain


def replaced(query):
    return {key: value for key, value in query.to_json().items() if key != "confidence"}


def test_values_of_another_domain_need_no_code():
    query = asked("what is the average body weight of patients in surgery", PATIENTS)
    assert query.subject.where == {"feature": "ward", "is": "=", "value": "a"} and query.asks == (
        Ask("statistic", {"features": ["weight"]}),
    )


WORDS = st.sampled_from(
    [
        "why",
        "if",
        "age",
        "loan amount",
        "12",
        "less than",
        "not",
        "or",
        "and",
        "?",
        "what",
        "unemployed",
        "%",
        "by",
        "between",
        "$",
        "(",
        "9" * 40,
        "income",
        "older",
        "half",
        "applicant",
        "#",
        "1e999",
        "{{",
        "</div>",
        "'; DROP TABLE",
        "they",
        "0",
        "-5",
        "to",
        "people",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=14).map(" ".join)), st.booleans())
def test_no_text_raises_and_every_query_is_whole(text, talked):
    memory = Memory(case="3", subject=Subject(case="3"), asks=(Ask("counterfactual"),), turn=1) if talked else Memory()
    query = asked(text, memory=memory)
    assert query.status in STATUSES and 0.0 <= query.confidence <= 1.0
    assert Query.from_json(json.loads(json.dumps(query.to_json(), allow_nan=False))) == query


def test_ten_thousand_characters_are_read_calmly():
    assert asked("why " * 2500).status in STATUSES
