"""What a question leans on in the talk before it: fragments, limits after a search, corrections, answers to a question back."""

from dataclasses import replace

import pytest

from dialogue.memory import remember, resolve
from dialogue.operations import operations
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain
from explainers.types import Ask, Change, Subject

CHURN, DIABETES = "tests/understanding/domains/churn", "tests/understanding/domains/diabetes"


@pytest.fixture(scope="module")
def domains():
    kept = {}
    return lambda name, language="en": kept.setdefault((name, language), load_domain(name, language))


class Evidence:
    """As much of an Evidence as the memory looks at."""

    kind, result = "counterfactual", {"options": []}


def talked(domain, *texts, options=(), language="en"):
    """(the last Query as parsed, as resolved, the memory before it) of a talk about the domain's first case."""
    memory = Memory(language=language).about(domain.cases.index[0])
    for text in texts:
        before, query = memory, understand(Question(text, language), memory, domain)
        done = resolve(query, memory)
        computed = [ask for ask in done.asks if ask.kind in operations() and operations()[ask.kind].ABOUT != "talk"]
        memory = remember(memory, done, (Evidence(),) * len(computed))
        memory = replace(memory, options=tuple(options)) if options else memory
    return query, done, before


def kinds(query):
    return [ask.kind for ask in query.asks]


@pytest.mark.parametrize(
    "domain, texts, ask",
    [
        ("grades", ["what does absences mean", "and going out"], Ask("define", {"features": ["goout"]})),
        ("heart", ["what is thal", "and slope", "did they count"], Ask("role", {"features": ["thal", "slope"]})),
        ("heart", ["how does age affect the result", "and cholesterol?", "do they interact?"],
         Ask("interactions", {"features": ["age", "chol"]})),
        ("grades", ["how does age affect the mark", "and absences", "do those two interact"],
         Ask("interactions", {"features": ["age", "absences"]})),
        ("credit", ["what do the savings mean", "did they count"], Ask("role", {"features": ["savings"]})),
        ("credit", ["what is the most I can borrow", "and for how many months?"],
         Ask("threshold", {"features": ["duration"], "direction": "max"})),
        (DIABETES, ["how many mistakes are there", "show some"], Ask("mistakes", {"style": "sample"})),
        ("heart", ["how many mistakes does it make", "what is typical of them"], Ask("mistakes", {"style": "typical"})),
        ("heart", ["did my age matter", "and in general?"], Ask("importance", {"features": ["age"]})),
        ("grades", ["which features are most important", "and for my case?"], Ask("why")),
        (CHURN, ["show similar customers", "did those leave"], Ask("label")),
        ("grades", ["what is famrel", "and famsup"], Ask("define", {"features": ["famsup"]})),
        ("credit", ["did the amount matter", "and my savings", "which of them counted more"],
         Ask("role", {"features": ["amount", "savings"]})),
        ("heart", ["what if the cholesterol was 180", "does that change anything"], Ask("prediction")),
    ],
)
def test_a_fragment_takes_the_ask_before_over_with_its_own_part(domain, texts, ask, domains):
    assert talked(domains(domain), *texts)[1].asks == (ask,)


@pytest.mark.parametrize(
    "domain, texts, options",
    [
        ("heart", ["without touching the heart rate"], {"without": ["thalach"]}),
        ("heart", ["only blood pressure and cholesterol"], {"only": ["trestbps", "chol"]}),
        ("grades", ["not the study time"], {"without": ["studytime"]}),
        ("credit", ["and the amount not above 5,000"], {"limits": [{"feature": "amount", "is": "<=", "value": 5000}]}),
        (CHURN, ["She must pay at least 60."], {"limits": [{"feature": "MonthlyCharges", "is": ">=", "value": 60}]}),
        (CHURN, ["nothing with the price"], {"without": ["MonthlyCharges"]}),
        (CHURN, ["we can't lower the price"], {"without": ["MonthlyCharges"]}),
        ("heart", ["age obviously can't"], {"without": ["age"]}),
        ("credit", ["but the amount stays"], {"without": ["amount"]}),
        ("credit", ["I'd rather not touch my savings"], {"without": ["savings"]}),
        ("credit", ["keep it under 4000"], {"limits": [{"feature": "amount", "is": "<=", "value": 4000}]}),
        ("heart", ["only with the heart rate", "and with at most 150"],
         {"only": ["thalach"], "limits": [{"feature": "thalach", "is": "<=", "value": 150}]}),
        ("credit", ["without the amount"], {"without": ["amount"]}),
        ("credit", ["at most two changes"], {"at_most": 2}),
        ("heart", ["only the cholesterol", "at most 1 change"], {"only": ["chol"], "at_most": 1}),
        ("credit", ["without the duration", "the duration may change after all"], {}),
        ("credit", ["only the amount", "I can change the duration after all"], {"only": ["amount", "duration"]}),
        ("credit", ["without the amount", "only the amount"], {"only": ["amount"]}),
        ("credit", ["not above 4000 for the amount", "the amount not above 5000"],
         {"limits": [{"feature": "amount", "is": "<=", "value": 5000}]}),
        ("credit", ["without the amount", "forget that limit"], {}),
    ],
)
def test_what_is_said_after_a_search_limits_it(domain, texts, options, domains):
    _, done, _ = talked(domains(domain), "what would have to change?", *texts)
    assert done.asks[-1] == Ask("counterfactual", options)


def test_a_value_tried_after_a_search_is_a_supposition(domains):
    for text in ("how about 12 months", "what about 12 months?"):
        done = talked(domains("credit"), "what would have to change?", text)[1]
        assert done.changes == (Change("duration", "to", 12),) and [ask.kind for ask in done.asks] == ["prediction"]


def test_the_value_aimed_at_stays_until_another_is_named(domains):
    grades = domains("grades")
    assert talked(grades, "how could I reach 12?", "without absences")[1].asks[0].get("target") == {"at_least": 12}
    assert talked(grades, "how could I reach 12?", "and 14?")[1].asks[0].get("target") == {"at_least": 14}
    assert talked(grades, "how could I get a better mark?", "at least 13 points")[1].asks[0].get("target") == {"at_least": 13}


def test_what_was_ruled_out_for_one_case_does_not_hold_for_another(domains):
    credit = domains("credit")
    other = credit.cases.index[5]
    done = talked(credit, "what would have to change?", "without the amount", f"what would have to change for case {other}?")[1]
    assert done.subject == Subject(case=other) and done.asks == (Ask("counterfactual"),)


@pytest.mark.parametrize("text", ["without changing the flibber", "nothing with the wobble", "keep my gizmo fixed"])
def test_a_limit_on_something_unknown_is_told(text, domains):
    query = talked(domains("heart"), "what would have to change?", text)[0]
    assert query.status == "unsupported" and kinds(query) == ["absent"]


SHOWN = ([{"feature": "chol", "from": 250, "to": 200}], [{"feature": "thalach", "from": 110, "to": 150}])


@pytest.mark.parametrize(
    "text, changes, ask",
    [
        ("the second one, is it sure?", (Change("thalach", "to", 150),), Ask("likelihood")),
        ("what if I take option 1", (Change("chol", "to", 200),), Ask("prediction")),
        ("Nothing like number 2.", (), Ask("counterfactual", {"unlike": 2})),
    ],
)
def test_options_shown_are_taken_up(text, changes, ask, domains):
    query = talked(domains("heart"), "what would have to change?", text, options=SHOWN)[0]
    assert query.changes == changes and query.asks == (ask,)


@pytest.mark.parametrize(
    "domain, texts, change",
    [
        ("credit", ["my job entry is wrong", "i am a manager"], Change("job", "to", 4)),
        ("grades", ["my absences are wrong", "it should be 2"], Change("absences", "to", 2)),
        ("heart", ["my cholesterol is wrong", "it is 210"], Change("chol", "to", 210)),
        ("credit", ["im 35 not 25"], Change("age", "to", 35)),
    ],
)
def test_what_is_said_to_be_right_is_a_correction_and_is_tried(domain, texts, change, domains):
    query, done, _ = talked(domains(domain), *texts)
    assert query.changes == (change,) and query.asks == (Ask("correct", {"features": [change.feature]}),)
    assert kinds(done) == ["correct", "prediction"]


@pytest.mark.parametrize(
    "texts, where",
    [
        (["how many are refused", "how many really failed to repay", "and both"], {"and": [{"prediction": "0"}, {"label": "0"}]}),
        (["show all applicants who want a new car", "only those over 40"],
         {"and": [{"feature": "purpose", "is": "=", "value": 1}, {"feature": "age", "is": ">", "value": 40}]}),
        (["how many are older than 60", "and the others?"], {"not": {"feature": "age", "is": ">", "value": 60}}),
        (["how many are predicted good credit risk but are really bad credit risk", "and the other way round?"],
         {"and": [{"label": "1"}, {"prediction": "0"}]}),
    ],
)
def test_groups_are_joined_narrowed_and_turned(texts, where, domains):
    done = talked(domains("credit"), *texts)[1]
    assert done.subject == Subject(where=where)


@pytest.mark.parametrize(
    "domain, text, names",
    [
        ("grades", "Does time matter?", {"studytime", "freetime"}),
        ("grades", "was it the alcohol", {"Dalc", "Walc"}),
        ("grades", "How important is the family?", {"famsize", "famsup", "famrel"}),
        ("heart", "what about the blood?", {"trestbps", "fbs"}),
    ],
)
def test_a_word_that_several_features_share_is_asked_back(domain, text, names, domains):
    query = talked(domains(domain), text)[0]
    assert query.status == "choose" and {name for choice in query.choices for name in choice.query.asks[0].features} == names


@pytest.mark.parametrize(
    "domain, text, name",
    [
        ("credit", "did my savings matter", "savings"),
        ("heart", "does the pressure matter", "trestbps"),
        (CHURN, "is it the price", "MonthlyCharges"),
    ],
)
def test_a_word_that_fits_one_feature_better_is_no_question_back(domain, text, name, domains):
    assert talked(domains(domain), text)[0].asks == (Ask("role", {"features": [name]}),)


@pytest.mark.parametrize(
    "texts, names",
    [
        (["does time matter", "the second"], ["freetime"]),
        (["was it the alcohol", "the weekend one"], ["Walc"]),
        (["was it the alcohol", "both"], ["Dalc", "Walc"]),
        (["how important is the family", "the relations"], ["famrel"]),
    ],
)
def test_a_typed_answer_to_a_question_back_picks_its_reading(texts, names, domains):
    query = talked(domains("grades"), *texts)[0]
    assert query.status == "understood" and query.asks[0].features == names


@pytest.mark.parametrize(
    "domain, texts, asks",
    [
        ("credit", ["Was müsste sich ändern?", "Nichts an der Laufzeit"], [Ask("counterfactual", {"without": ["duration"]})]),
        ("credit", ["Was müsste sich ändern?", "ohne den Betrag anzufassen", "Den Betrag kann ich doch ändern"],
         [Ask("counterfactual")]),
        ("grades", ["Wie könnte ich auf 12 Punkte kommen?", "und 14?"], [Ask("counterfactual", {"target": {"at_least": 14}})]),
        ("heart", ["Was bedeutet thal?", "und der Blutdruck?", "wirken sie zusammen?"],
         [Ask("interactions", {"features": ["thal", "trestbps"]})]),
        ("heart", ["Mein Cholesterin ist falsch", "es sind 210"], [Ask("correct", {"features": ["chol"]}), Ask("prediction")]),
        ("heart", ["Was ist typisch für die Fehler?", "zeig mir welche"], [Ask("mistakes", {"style": "sample"})]),
        ("grades", ["Lag es am Alkohol?", "beides"], [Ask("role", {"features": ["Dalc", "Walc"]})]),
        ("credit", ["Warum wurde ich abgelehnt?", "Aber ich habe immer pünktlich gezahlt"], [Ask("contest")]),
    ],
)
def test_german_talk_leans_on_what_was_said_in_the_same_ways(domain, texts, asks, domains):
    done = talked(domains(domain, "de"), *texts, language="de")[1]
    assert [ask for ask in done.asks if ask.kind != "revise"] == asks
