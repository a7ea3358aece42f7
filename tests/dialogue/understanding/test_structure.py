"""The structure of whole questions, in domains whose files say much and in such that hold only column names."""

from pathlib import Path

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain

SPARSE = Path(__file__).resolve().parents[2] / "understanding" / "domains"


@pytest.fixture(scope="module")
def domains():
    return {name: load_domain(name) for name in ("credit", "heart", "grades")} | {
        name: load_domain(str(SPARSE / name)) for name in ("churn", "diabetes")
    }


def asked(text, domain):
    return understand(Question(text), Memory(case=str(domain.cases.index[0])), domain).to_json()


def said(condition):
    """A condition as text: "(age<30 | savings=1) & housing=2"; outcomes as "said 1" and "true 0"."""
    for join, sign in (("and", " & "), ("or", " | ")):
        if join in condition:
            return sign.join(f"({said(part)})" if "and" in part or "or" in part else said(part) for part in condition[join])
    if "feature" in condition:
        return f"{condition['feature']}{condition['is']}{condition['value']}"
    return f"said {condition['prediction']}" if "prediction" in condition else f"true {condition['label']}"


def changed(query):
    return {change["feature"]: next((how, change[how]) for how in ("to", "by", "times") if how in change) for change in query["changes"]}


CONDITIONS = [
    ("credit", "(age < 30 or savings = 1) and housing = 2: how many?", "(age<30 | savings=1) & housing=2"),
    ("diabetes", "show rows where BMI > 35 and (glucose > 150 or age > 60)", "BMI>35 & (glucose>150 | age>60)"),
    ("heart", "recall, (cp = 4 or exang = 1) and age < 50", "(cp=4 | exang=True) & age<50"),
    ("credit", "List applicants who either rent or live for free and are under 30.", "(housing=2 | housing=1) & age<30"),
    ("credit", "How many people are under 25 or over 60 and have no savings?", "(age<25 | age>60) & savings=1"),
    ("credit", "age over 60 or amount over 8000 and housing 2, how many", "age>60 | (amount>8000 & housing=2)"),
    ("heart", "Show patients with a flat or falling slope, but not those with a normal thallium scan.", "(slope=2 | slope=3) & thal!=3"),
    ("churn", "Which customers pay by card or bank transfer but have no tech support?",
     "(payMethodCard=True | payMethodBankTransfer=True) & tech_support=False"),
    ("credit", "Predictions for those who own their home and are not foreign workers or unemployed",
     "housing=3 & foreign_worker=False & employment_duration!=1"),
    ("heart", "Accuracy for patients in their sixties and seventies", "(age>=60 & age<=69) | (age>=70 & age<=79)"),
    ("grades", "pupils aged 15, 16 or 17, how many?", "age=15 | age=16 | age=17"),
    ("diabetes", "count 20 < BMI <= 25", "BMI>20 & BMI<=25"),
    ("diabetes", "predictions for age in (30, 40]", "age>30 & age<=40"),
    ("grades", "Show everyone with less than five absences whose weekend drinking is very high.", "absences<5 & Walc=5"),
    ("grades", "Predictions for pupils who hardly ever drink on weekdays", "Dalc=1"),
    ("grades", "Show those with little free time.", "freetime=2"),
    ("grades", "pupils travelling less than 15 minutes: average first mark", "traveltime=1"),
    ("grades", "Show those who travel more than an hour or live in the countryside.", "traveltime=4 | address=R"),
    ("grades", "How many pupils have failed a class before?", "failures>0"),
    ("churn", "how many customers have ever complained", "num_complaints>0"),
    ("churn", "how many customers never complained", "num_complaints=0"),
    ("diabetes", "how many have had any pregnancies", "pregnancies>0"),
    ("heart", "Show patients with two or more coloured vessels", "ca>=2"),
]


@pytest.mark.parametrize("name, text, expected", CONDITIONS)
def test_conditions_bind_as_they_are_said(domains, name, text, expected):
    assert said(asked(text, domains[name])["subject"]["where"]) == expected


BECAME = [
    ("credit", "How many were predicted good but turned out bad?", "said 1 & true 0"),
    ("credit", "How many were rated good but did not repay?", "said 1 & true 0"),
    ("heart", "Which patients were predicted healthy but were actually ill?", "said 0 & true 1"),
    ("heart", "How many were said to be ill but did not have the disease?", "said 1 & true 0"),
    ("churn", "how many customers did the model expect to stay who then left", "said 0 & true 1"),
    ("diabetes", "Show the people predicted to have diabetes that do not have it.", "said 1 & true 0"),
    ("heart", "How many of the patients who are really ill did the model miss?", "true 1 & said 0"),
    ("credit", "list false positives", "said 1 & true 0"),
    ("churn", "number of false negatives among customers with tech support", "said 0 & true 1 & tech_support=True"),
]


@pytest.mark.parametrize("name, text, expected", BECAME)
def test_what_was_predicted_and_what_became_of_it_are_told_apart(domains, name, text, expected):
    query = asked(text, domains[name])
    assert said(query["subject"]["where"]) == expected
    assert query["asks"][0]["kind"] in ("count", "show")


CHANGES = [
    ("credit", "What if case 58 asked for twice as much?", {"amount": ("times", 2)}),
    ("churn", "What if customer 58 used twice as much data?", {"DataUsageGb": ("times", 2)}),
    ("credit", "What if the amount went up by half and the term by a year?", {"amount": ("times", 1.5), "duration": ("by", 12)}),
    ("diabetes", "what if insulin was reduced by a quarter for 17", {"Insulin": ("times", 0.75)}),
    ("credit", "What would happen with 6k over 4 years for applicant 301?", {"amount": ("to", 6000), "duration": ("to", 48)}),
    ("credit", "Would case 77 be approved with a co-applicant, 12 months and 500 marks less?",
     {"other_debtors": ("to", 2), "duration": ("to", 12), "amount": ("by", -500)}),
    ("heart", "what if patient 41 had no chest pain at all", {"cp": ("to", 4)}),
    ("heart", "Would patient 31 still be ill with a cholesterol of 180, a blood pressure of 120 and no angina?",
     {"chol": ("to", 180), "trestbps": ("to", 120), "exang": ("to", False)}),
    ("churn", "set MonthlyCharges = 50, tenureMonths = 24 for 77", {"MonthlyCharges": ("to", 50), "tenureMonths": ("to", 24)}),
    ("churn", "customer 77 with MonthlyCharges += 10, prediction", {"MonthlyCharges": ("by", 10)}),
    ("diabetes", "if case 5 lost 10 points of BMI what would be the prediction?", {"BMI": ("by", -10)}),
]


@pytest.mark.parametrize("name, text, expected", CHANGES)
def test_changes_of_one_case(domains, name, text, expected):
    query = asked(text, domains[name])
    assert changed(query) == expected
    assert not query["subject"].get("where")


GROUPS = [
    ("credit", "What if all tenants owned their homes?", "housing=2", {"housing": ("to", 3)}),
    ("heart", "What if all women over 60 had 20 points less cholesterol?", "sex=0 & age>60", {"chol": ("by", -20)}),
    ("grades", "What if all girls studied over 10 hours?", "sex=F", {"studytime": ("to", 4)}),
    ("churn", "What if everyone without tech support had it?", "tech_support=False", {"tech_support": ("to", True)}),
]


@pytest.mark.parametrize("name, text, where, expected", GROUPS)
def test_changes_of_a_group(domains, name, text, where, expected):
    query = asked(text, domains[name])
    assert said(query["subject"]["where"]) == where
    assert changed(query) == expected


@pytest.mark.parametrize(
    "name, text, feature",
    [
        ("heart", "What if the blood pressure were 120, and what if it were 160?", "trestbps"),
        ("grades", "what if she had 2 absences, or 20?", "absences"),
        ("credit", "what would happen with 24 months, and what if it were 12?", "duration"),
    ],
)
def test_one_feature_supposed_to_be_two_things_is_asked_back(domains, name, text, feature):
    query = asked(text, domains[name])
    assert query["status"] == "choose" and not query["asks"]
    values = [choice["query"]["changes"][0]["to"] for choice in query["choices"]]
    assert len(set(values)) == 2 and all(str(value) in choice["text"] for value, choice in zip(values, query["choices"]))
    assert all(choice["query"]["changes"][0]["feature"] == feature for choice in query["choices"])


DESCRIBED = [
    ("diabetes", "I am 45, my BMI is 29, glucose 140 and I had 3 pregnancies. Do I have diabetes?",
     {"age": 45, "BMI": 29, "glucose": 140, "pregnancies": 3}),
    ("heart", "Our next patient is a woman of 49. Her blood pressure is 128, her cholesterol 210, and she has no chest pain. "
     "The ECG at rest is normal. Is she ill, according to the model?",
     {"age": 49, "sex": 0, "trestbps": 128, "chol": 210, "cp": 4, "restecg": 0}),
    ("credit", "somebody who is 23, rents, has an overdrawn account, needs 6k for a new car, 60 months. chance?",
     {"age": 23, "housing": 2, "status": 2, "amount": 6000, "purpose": 1, "duration": 60}),
    ("credit", "A 30 year old woman, single, wants 1,500 marks for furniture over a year. She rents and has no savings. Approved?",
     {"age": 30, "personal_status_sex": 4, "amount": 1500, "purpose": 3, "duration": 12, "housing": 2, "savings": 1}),
]


@pytest.mark.parametrize("name, text, expected", DESCRIBED)
def test_every_value_of_somebody_described_counts(domains, name, text, expected):
    assert asked(text, domains[name])["subject"] == {"new": expected}


SEVERAL = [
    ("diabetes", "Which counts more for case 12, age or insulin, and how does age act in general?",
     [("role", ["age", "Insulin"]), ("effect", ["age"])]),
    ("churn", "What does tenure do in general, and does it interact with the charges?",
     [("effect", ["tenureMonths"]), ("interactions", ["tenureMonths", "MonthlyCharges"])]),
    ("grades", "What if 100 studied 5 to 10 hours; how would the mark change and why?", [("prediction", None), ("why", None)]),
    ("heart", "For patients with exercise angina, show how often the model is wrong and give examples.",
     [("mistakes", None), ("mistakes", None)]),
    ("churn", "How important is the payment method?", [("importance", ["payMethodCard", "payMethodBankTransfer", "payMethodCheck"])]),
    ("credit", "What share of the applicants rents?", [("statistic", ["housing"])]),
]


@pytest.mark.parametrize("name, text, expected", SEVERAL)
def test_each_ask_has_its_own_features(domains, name, text, expected):
    assert [(ask["kind"], ask.get("features")) for ask in asked(text, domains[name])["asks"]] == expected


def test_columns_of_one_category_are_meant_together_not_asked_back(domains):
    query = asked("does the contract matter", domains["churn"])
    assert query["status"] == "understood"
    assert query["asks"][0]["features"] == ["contractMonthly", "contractOneYear", "contractTwoYear"]


SEARCHES = [
    ("heart", "How could patient 60 get below a 20 % risk with at most three changes?",
     {"target": {"outcome": "0", "probability": 0.8}, "at_most": 3}),
    ("diabetes", "How can 60 bring the probability of diabetes under 30 % without changing age?",
     {"target": {"outcome": "0", "probability": 0.7}, "without": ["age"]}),
    ("grades", "What must pupil 40 change to get 15 points, with no more than two changes?", {"target": {"at_least": 15}, "at_most": 2}),
    ("credit", "minimal recourse for 122, sparsity 2, age fixed", {"at_most": 2, "without": ["age"]}),
    ("credit", "What could I change if the term must stay under 24 months and the amount must not fall below 2,000?",
     {"limits": [{"feature": "duration", "is": "<", "value": 24}, {"feature": "amount", "is": ">=", "value": 2000}]}),
]


@pytest.mark.parametrize("name, text, expected", SEARCHES)
def test_what_is_wanted_of_a_search(domains, name, text, expected):
    (ask,) = asked(text, domains[name])["asks"]
    assert ask == {"kind": "counterfactual", **expected}
