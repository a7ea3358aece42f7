"""German: questions are told from English ones and read as what they ask for, with their changes."""
import pytest

from dialogue.spoken import spoken_language
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from dialogue.understanding.wording.gloss import base, folded, plain_number
from explainers.domain import load_domain
from explainers.types import Ask, Change
from tests.dialogue.german_questions import QUESTIONS


@pytest.fixture(scope="module")
def domains():
    return {name: load_domain(name, "de") for name in QUESTIONS}


def asked(text, domain):
    memory = Memory(language="de", asks=(Ask("prediction"),), turn=1).about(domain.cases.index[0])
    return understand(Question(text, "de"), memory, domain)


def test_there_are_a_hundred_questions_and_more():
    assert sum(len(texts) for kinds in QUESTIONS.values() for texts in kinds.values()) >= 100


def test_german_questions_are_read_as_their_kind(domains):
    wrong = [(name, kind, text, [ask.kind for ask in query.asks])
             for name, kinds in QUESTIONS.items() for kind, texts in kinds.items() for text in texts
             for query in [asked(text, domains[name])] if [ask.kind for ask in query.asks] != [kind]]
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize("text, feature, value", [
    ("Was wäre, wenn der Kredit nur 24 Monate liefe?", "duration", 24),
    ("Was passiert, wenn ich nur 4.000 DM aufnehme?", "amount", 4000),
    ("Was waere wenn die Laufzeit 36 Monate waere", "duration", 36),
    ("Was wäre, wenn ich 40 Jahre alt wäre?", "age", 40)])
def test_a_supposition_changes_the_value_that_it_names(text, feature, value, domains):
    assert asked(text, domains["credit"]).changes == (Change(feature, "to", value),)


def test_decimal_commas_are_read(domains):
    query = asked("Was wäre, wenn die ST-Senkung nur 0,5 mm wäre?", domains["heart"])
    assert query.changes == (Change("oldpeak", "to", 0.5),)


def test_the_language_that_is_asked_for_is_read(domains):
    assert asked("Bitte auf Englisch", domains["credit"]).asks[0].get("to") == "en"


def test_numbers_endings_and_letters():
    assert [plain_number(text) for text in ("4.000", "3,5", "1.234,5", "1.000.000", "0.5", "12")] == [
        "4000", "3.5", "1234.5", "1000000", "0.5", "12"]
    assert folded("Größe Müller") == "groesse mueller"
    assert base("kredites") == base("kredite") == base("kredit") == "kredit"


@pytest.mark.parametrize("text, present, spoken", [
    ("Warum wurde ich abgelehnt?", "en", "de"), ("Was muesste ich aendern?", "en", "de"), ("Warum?", "en", "de"),
    ("Lag es an meinem Alter?", "en", "de"), ("in English please", "de", "en"), ("Why was I rejected?", "de", "en"),
    ("12", "de", "de"), ("12", "en", "en"), ("asdf", "de", "de"), ("What if the loan ran 24 months?", "de", "en"),
    ("what does SHAP mean", "en", "en")])
def test_the_language_of_a_question(text, present, spoken):
    assert spoken_language(text, present) == spoken


@pytest.mark.parametrize("name, text, kind, changes", [
    ("grades", "was wäre ohne Fehlstunden?", "prediction", [("absences", "to", 0)]),
    ("grades", "Was wäre ohne Nachhilfe?", "prediction", [("paid", "to", False)]),
    ("credit", "was wäre ohne Bürgen?", "prediction", [("other_debtors", "to", 1)]),
    ("credit", "-5 Monate", "prediction", [("duration", "by", -5)]),
    ("heart", "blutdruck um 20 runter, was dann", "prediction", [("trestbps", "by", -20)]),
    ("heart", "was wenn das cholesterin bei 200 wär", "prediction", [("chol", "to", 200)]),
    ("credit", "wie hätte mein mann abgeschnitten", "prediction", []), ("grades", "welche note krieg ich", "prediction", []),
    ("grades", "warum nur 8 punkte", "why", []), ("grades", "wie werde ich besser", "counterfactual", []),
    ("heart", "Zählt Rauchen?", "absent", []),
])
def test_what_lay_people_type_in_german_is_read_with_its_changes(domains, name, text, kind, changes):
    query = asked(text, domains[name])
    assert [ask.kind for ask in query.asks] == [kind]
    assert [(change.feature, change.how, change.value) for change in query.changes] == changes


@pytest.mark.parametrize("text, option", [
    ("nix am Betrag ändern, was geht sonst", {"without": ["amount"]}), ("Alles soll bleiben außer der Laufzeit", {"only": ["duration"]}),
])
def test_german_limits_of_what_may_change(domains, text, option):
    assert [(ask.kind, dict(ask.options)) for ask in asked(text, domains["credit"]).asks] == [("counterfactual", option)]


@pytest.mark.parametrize("name, text, said", [
    ("credit", "Ich bin 34, habe 200 DM auf dem Konto und will 3000 DM für 24 Monate. Krieg ich den Kredit?",
     {"status": 4, "age": 34, "amount": 3000, "duration": 24}),
    ("heart", "Meine Mutter ist 67 und hat Angina bei Belastung, Puls 120", {"age": 67, "exang": True, "thalach": 120}),
    ("grades", "Er ist 17, fehlt 10 mal, lernt wenig und geht oft aus. Welche Note?", {"age": 17, "absences": 10, "studytime": 1}),
])
def test_people_described_in_german_are_no_group_and_no_number(domains, name, text, said):
    query = asked(text, domains[name])
    assert (query.subject.new, query.subject.case, query.subject.where) == (said, None, None)
    assert [ask.kind for ask in query.asks] == ["prediction"]


@pytest.mark.parametrize("text, feature", [
    ("Wie hoch ist der Kredit im Mittel?", "amount"), ("Wie lange laufen die Kredite im Schnitt?", "duration"),
])
def test_german_averages_of_the_loan(domains, text, feature):
    assert [(ask.kind, ask.features) for ask in asked(text, domains["credit"]).asks] == [("statistic", [feature])]
