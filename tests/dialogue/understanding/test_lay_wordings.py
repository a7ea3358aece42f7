"""What people type who do not know the program: fragments, guesses at a reason, values without their feature, surprise."""
from pathlib import Path

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain

SPARSE = Path(__file__).resolve().parents[2] / "understanding" / "domains"


@pytest.fixture(scope="module")
def domains():
    names = ("credit", "heart", "grades", str(SPARSE / "churn"), str(SPARSE / "diabetes"))
    return {Path(name).name: load_domain(name) for name in names}


def parsed(text, domain, language="en"):
    return understand(Question(text, language), Memory(case=str(domain.cases.index[0]), language=language), domain)


def told(query):
    return [(change.feature, change.how, change.value) for change in query.changes]


@pytest.mark.parametrize("name, text, kinds", [
    ("credit", "wtf why", ["why"]), ("credit", "lol why", ["why"]), ("heart", "what speaks for her", ["why"]),
    ("credit", "my friend got one why not me", ["why"]), ("churn", "whats wrong with her", ["why"]),
    ("credit", "so what do i gotta do now", ["counterfactual"]), ("credit", "hopeless?", ["counterfactual"]),
    ("grades", "how can we get him to 14", ["counterfactual"]),
    ("credit", "should i ask for less money", ["counterfactual"]),
    ("credit", "how much can i get", ["threshold"]), ("credit", "is that final", ["contest"]),
    ("credit", "i never missed a payment!", ["contest"]), ("credit", "who built this", ["about"]),
    ("heart", "r u sure", ["likelihood"]), ("credit", "how many points am i missing", ["likelihood"]),
    ("credit", "can i trust this thing", ["performance"]), ("credit", "is this thing racist", ["fairness"]),
    ("credit", "what do you have on me", ["show"]), ("credit", "can they just do that", ["rights"]),
    ("heart", "will i be ok", ["prediction"]), ("heart", "is my heart ok", ["prediction"]),
    ("credit", "should we give it to him", ["prediction"]),
    ("grades", "will he fail", ["prediction"]), ("churn", "who's about to leave", ["show"]),
    ("credit", "what do they look at", ["importance"]),
])
def test_a_few_words_are_enough(domains, name, text, kinds):
    assert [ask.kind for ask in parsed(text, domains[name]).asks] == kinds


@pytest.mark.parametrize("name, text, features", [
    ("credit", "is it cuz im so young", ["age"]), ("heart", "am i too old for this", ["age"]),
    ("credit", "bad acount?", ["status"]),
    ("credit", "does the phone thing matter", ["telephone"]), ("credit", "48 months to long?", ["duration"]),
    ("credit", "is 2000 too much", ["amount"]), ("credit", "does it matter that i rent", ["housing"]),
    ("churn", "is it the price", ["MonthlyCharges"]),
    ("grades", "is it cuz of my gf", ["romantic"]), ("heart", "is the pulse to blame", ["thalach"]),
    ("credit", "what weighs heavier, my account or my savings", ["status", "savings"]),
])
def test_a_guess_at_the_reason_asks_for_the_role_of_that_feature(domains, name, text, features):
    query = parsed(text, domains[name])
    assert ([ask.kind for ask in query.asks], query.changes) == (["role"], ())
    assert sorted(query.asks[0].get("features")) == sorted(features)


@pytest.mark.parametrize("name, text, changes", [
    ("credit", "gimme 10k for 5 years", [("amount", "to", 10000), ("duration", "to", 60)]),
    ("credit", "24 months?", [("duration", "to", 24)]),
    ("credit", "what if i only take 2k", [("amount", "to", 2000)]),
    ("credit", "12 months instead", [("duration", "to", 12)]),
    ("credit", "what would happen at 36 months and 2500", [("amount", "to", 2500), ("duration", "to", 36)]),
    ("credit", "if im 30", [("age", "to", 30)]),
    ("churn", "put him on 2 yr contract", [("contractTwoYear", "to", True)]),
    ("churn", "what if we drop the price to 40", [("MonthlyCharges", "to", 40)]),
])
def test_values_without_the_name_of_their_feature_are_changes_of_the_case(domains, name, text, changes):
    query = parsed(text, domains[name])
    assert [ask.kind for ask in query.asks] == ["prediction"]
    assert sorted(told(query)) == sorted(changes) and query.subject.where is None


@pytest.mark.parametrize("name, text, feature", [
    ("credit", "does a longer loan make it worse", "duration"), ("heart", "older pats worse?", "age"),
    ("churn", "longer customers more loyal?", "tenureMonths"), ("diabetes", "is it worse for older people", "age"),
])
def test_comparing_words_name_the_feature_of_an_effect(domains, name, text, feature):
    query = parsed(text, domains[name])
    assert [(ask.kind, ask.get("features")) for ask in query.asks] == [("effect", [feature])]


def test_what_is_corrected_is_no_case(domains):
    query = parsed("im 35 not 25", domains["credit"])
    assert ([ask.kind for ask in query.asks], query.asks[0].get("features"), query.subject.case) == (["correct"], ["age"], None)


@pytest.mark.parametrize("name, text, kind", [
    ("credit", "warum nix", "why"), ("credit", "Wie viel könnte ich höchstens leihen?", "threshold"),
    ("credit", "wer hat das entschieden", "about"),
    ("credit", "Aus welchen Daten hat es gelernt?", "data"),
    ("credit", "aber ich habe immer pünktlich gezahlt", "contest"),
    ("credit", "was soll ich jetzt tun", "counterfactual"), ("credit", "lags am alter?", "role"),
    ("heart", "bin ich krank", "prediction"),
    ("credit", "kann ich mit jemandem reden", "human_review"), ("grades", "warum nicht besser", "why"),
    ("credit", "wie knapp wars", "likelihood"),
])
def test_german_in_a_few_words(domains, name, text, kind):
    assert [ask.kind for ask in parsed(text, domains[name], "de").asks] == [kind]


@pytest.mark.parametrize("name, text, kind, said", [
    ("heart", "my mother is 67 and has exercise angina, pulse 120", "prediction", {"age": 67, "exang": True, "thalach": 120}),
    ("heart", "my sister is 45, cholesterol 300, is she at risk", "likelihood", {"age": 45, "chol": 300}),
    ("credit", "my wife is 41 and wants 2500 over 18 months", "prediction", {"age": 41, "amount": 2500, "duration": 18}),
    ("grades", "He is 17, was absent 10 times, studies little and goes out often. Which mark?", "prediction",
     {"age": 17, "absences": 10, "studytime": 1, "goout": 4}),
])
def test_somebody_beside_the_asker_is_described_not_a_case_of_that_number(domains, name, text, kind, said):
    query = parsed(text, domains[name])
    assert ([ask.kind for ask in query.asks], query.subject.case, query.subject.new) == ([kind], None, said)


def test_an_age_alone_names_no_case(domains):
    assert parsed("my dad is 63, is he ok", domains["heart"]).subject.case is None
    assert parsed("why is 63 ill", domains["heart"]).subject.case == "63"


@pytest.mark.parametrize("name, text, feature", [
    ("credit", "nothing with the amount", "amount"), ("heart", "nothing about my age, what can i change", "age"),
    ("credit", "nothing that touches my savings, what else is there", "savings"), ("credit", "anything but the amount", "amount"),
    ("credit", "dont touch the savings, what else", "savings"), ("grades", "without changing the absences, what else", "absences"),
])
def test_what_must_stay_is_a_limit_though_nothing_was_searched_before(domains, name, text, feature):
    ask, = parsed(text, domains[name]).asks
    assert (ask.kind, ask.get("without")) == ("counterfactual", [feature])
