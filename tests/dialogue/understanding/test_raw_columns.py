"""Questions about tables of which nothing is known but the names of their columns: shortened names, letters, one column a value."""

import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain

CLAIMS = {
    "vehicle_age": (1, 9, 14),
    "claim_amount": (300, 9000, 41000),
    "num_prior_claims": (0, 2, 5),
    "months_as_customer": (3, 40, 210),
    "police_report": ("yes", "no"),
    "incident": ("theft", "fire"),
    "region_north": (1, 0),
    "region_south": (0, 1),
    "fraud": (0, 1),
}
PATIENTS = {
    "Gender": ("F", "M"),
    "Age": (25, 47, 81),
    "AvgGlucose": (70.5, 120.2, 201.0),
    "employed": ("yes", "no"),
    "SmokingStatus": ("none", "past", "active"),
    "supervision_level": ("low", "medium", "high"),
    "Progression": (0, 1),
}


def made(folder, columns, target, outcomes, case):
    """A domain of 60 rows that says nothing but its target, outcomes and id; each value comes up."""
    names = list(columns)
    rows = [",".join([case, *names])]
    rows += [",".join([str(n), *(str(columns[name][n % len(columns[name])]) for name in names)]) for n in range(60)]
    folder.joinpath("rows.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    folder.joinpath("domain.yaml").write_text(f"data: rows.csv\nid: {case}\ntarget: {target}\noutcomes: {outcomes}\n", encoding="utf-8")
    return load_domain(str(folder))


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    return made(tmp_path_factory.mktemp("claims"), CLAIMS, "fraud", "{0: legitimate, 1: fraud}", "claim_id")


@pytest.fixture(scope="module")
def patients(tmp_path_factory):
    return made(tmp_path_factory.mktemp("patients"), PATIENTS, "Progression", "{0: stable, 1: progression}", "patient_id")


def parsed(text, domain):
    return understand(Question(text), Memory(), domain).to_json()


def where(text, domain):
    return parsed(text, domain)["subject"]["where"]


def is_(feature, value, sign="="):
    return {"feature": feature, "is": sign, "value": value}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("How accurate are you on women over 60?", {"and": [is_("Gender", "F"), is_("Age", 60, ">")]}),
        ("What do you predict for patients with glucose above 110?", is_("AvgGlucose", 110, ">")),
        ("What mistakes do you make on the over-65s?", is_("Age", 65, ">")),
        ("What are the true labels of people on high supervision?", is_("supervision_level", "high")),
        ("how many of the unemployed patients are older than 40?", {"and": [is_("employed", False), is_("Age", 40, ">")]}),
        ("Average age of men whose disease progressed?", {"and": [is_("Gender", "M"), {"label": "1"}]}),
        ("How many did you predict as stable who actually progressed?", {"and": [{"prediction": "0"}, {"label": "1"}]}),
    ],
)
def test_who_is_meant_in_a_table_of_patients(patients, text, expected):
    assert where(text, patients) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Show me the claims from the north", is_("region_north", True)),
        ("What do you predict for claims above 20000?", is_("claim_amount", 20000, ">")),
        ("How precise are you if the police report is missing?", is_("police_report", False)),
        ("how many fire claims were fraudulent", {"and": [is_("incident", "fire"), {"label": "1"}]}),
        ("Show me claims you thought were legitimate but that turned out to be fraud", {"and": [{"prediction": "0"}, {"label": "1"}]}),
        ("What is predicted for cars newer than 3 years", is_("vehicle_age", 3, "<")),
    ],
)
def test_who_is_meant_in_a_table_of_claims(claims, text, expected):
    assert where(text, claims) == expected


def test_what_somebody_has_not_yet_is_supposed(patients):
    query = parsed("If all the unemployed people had a job, what would be predicted?", patients)
    assert query["subject"]["where"] == is_("employed", False)
    assert query["changes"] == [{"feature": "employed", "to": True}]


def test_what_something_stands_instead_of_is_taken_away(claims):
    query = parsed("what if claim 12 came from the north instead of the south?", claims)
    assert query["changes"] == [{"feature": "region_north", "to": True}, {"feature": "region_south", "to": False}]


def test_a_change_for_everyone_of_a_place(claims):
    query = parsed("what would happen if we raised the claim amount by 500 for everyone in the south", claims)
    assert query["subject"]["where"] == is_("region_south", True)
    assert query["changes"] == [{"feature": "claim_amount", "by": 500}]


def test_a_verdict_asked_about_selects_nobody(patients):
    query = parsed("Would unemployed patients still be predicted to show progression if they were 10 years older?", patients)
    assert query["subject"]["where"] == is_("employed", False)
    assert query["changes"] == [{"feature": "Age", "by": 10}]


@pytest.mark.parametrize("text", ("Set the amount of claim 31 to 9000", "put the claim amount of claim 31 at 9000"))
def test_the_amount_of_one_case(claims, text):
    query = parsed(f"{text} and tell me the new probability", claims)
    assert query["subject"]["case"] == "31" and query["changes"] == [{"feature": "claim_amount", "to": 9000}]
