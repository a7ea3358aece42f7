"""What is to be reached, and within which limits: as said in a question that searches for changes, or after one."""
import pytest

from app.pipeline import respond
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.types import Ask, Query
from explainers.workspace import open_workspace

SEARCH = Query(asks=(Ask("counterfactual"),))


@pytest.fixture(scope="module")
def credit():
    return open_workspace("credit")


@pytest.fixture(scope="module")
def grades():
    return open_workspace("grades")


@pytest.fixture(scope="module")
def wines(tmp_path_factory):
    """Three outcomes, none of them hoped for."""
    folder = tmp_path_factory.mktemp("wines")
    rows = "\n".join(f"{11 + number % 4}.5,{number % 7},{('Barolo', 'Barbera', 'Grignolino')[number % 3]}" for number in range(60))
    (folder / "rows.csv").write_text("alcohol,colour,grape\n" + rows + "\n", encoding="utf-8")
    (folder / "domain.yaml").write_text(
        "data: rows.csv\ntarget: grape\ncase: [wine, wines]\nfeatures:\n  colour: {type: number, step: 1}\n", encoding="utf-8")
    return open_workspace(str(folder))


def asked(work, text, language="en", memory=None):
    """(subject, {kind: options}) of a question about the case at hand."""
    memory = memory or Memory(language=language).about(str(work.domain.cases.index[0]))
    found = understand(Question(text, language, "plain", "", 1), memory, work.speaking(language).domain)
    assert found.status == "understood"
    return found.subject.to_json(), {ask.kind: dict(ask.options) for ask in found.asks}


@pytest.mark.parametrize("text, target", [
    ("What would have to change to get at most 5 points?", {"at_most": 5}),
    ("What would bring the estimate between 10 and 12?", {"from": 10, "to": 12}),
    ("What would lower the estimate to 4?", {"at_most": 4}),
    ("What would have to change for at least 12 points?", {"at_least": 12}),
    ("What would have to change to get 12 points or more?", {"at_least": 12}),
    ("What would make the estimate worse?", {"side": "lower"}),
    ("What would have to change for it to be better by two points?", {"by": 2})])
def test_the_values_of_an_estimate_are_read_in_every_direction(grades, text, target):
    assert asked(grades, text)[1]["counterfactual"]["target"] == target


@pytest.mark.parametrize("text, options", [
    ("How many absences could there be at most to reach 10 points?",
     {"features": ["absences"], "direction": "max", "target": {"at_least": 10}}),
    ("What second term mark would be needed for a 15?", {"features": ["G2"], "target": {"at_least": 15}}),
    ("What is the lowest second term mark needed for 12 points?", {"features": ["G2"], "direction": "min", "target": {"at_least": 12}})])
def test_a_threshold_is_for_the_value_that_is_named(grades, text, options):
    assert asked(grades, text)[1]["threshold"] == options


@pytest.mark.parametrize("text, kind, options", [
    ("With which colour would it be a Grignolino?", "threshold", {"features": ["colour"], "target": {"outcome": "Grignolino"}}),
    ("What would make it at least 90% likely to be Barbera?", "counterfactual", {"target": {"outcome": "Barbera", "probability": 0.9}})])
def test_one_outcome_of_many_is_what_is_to_be_reached(wines, text, kind, options):
    assert asked(wines, text)[1][kind] == options


@pytest.mark.parametrize("text, kind", [
    ("Was müsste sich ändern, damit es ein Grignolino wird?", "counterfactual"),
    ("Mit welchem alcohol wäre es ein Grignolino?", "threshold")])
def test_one_outcome_of_many_is_read_in_german(wines, text, kind):
    assert asked(wines, text, "de")[1][kind]["target"] == {"outcome": "Grignolino"}


@pytest.mark.parametrize("text, language, options", [
    ("What would have to be different, without changing the checking account or savings?", "en", {"without": ["status", "savings"]}),
    ("Show me alternatives that need neither savings nor checking account", "en", {"without": ["savings", "status"]}),
    ("How can I get the loan by changing just one thing?", "en", {"at_most": 1}),
    ("What would have to change about my age?", "en", {"only": ["age"]}),
    ("Find a way with the amount not above 1000", "en", {"limits": [{"feature": "amount", "is": "<=", "value": 1000}]}),
    ("What would have to change with a duration of 12 months?", "en", {"limits": [{"feature": "duration", "is": "=", "value": 12}]}),
    ("Weder Ersparnisse noch Girokonto kann ich ändern, was sonst?", "de", {"without": ["savings", "status"]}),
    ("Was müsste an meinem Alter anders sein?", "de", {"only": ["age"]}),
    ("Was würde die Wahrscheinlichkeit auf mindestens 80 Prozent bringen?", "de", {"target": {"outcome": "1", "probability": 0.8}})])
def test_limits_said_beside_a_search_are_kept(credit, text, language, options):
    subject, asks = asked(credit, text, language)
    assert subject == {} and asks == {"counterfactual": options}


@pytest.mark.parametrize("text, language, subject", [
    ("Which one change would help most of the rejected applicants?", "en", {"where": {"prediction": "0"}}),
    ("What would help the most people?", "en", {"everyone": True}),
    ("Was würde den meisten helfen?", "de", {"everyone": True})])
def test_what_would_help_most_of_many_is_about_them(credit, text, language, subject):
    found, asks = asked(credit, text, language)
    assert found == subject and "counterfactual" in asks


@pytest.mark.parametrize("text, language, options", [
    ("and not the checking account either", "en", {"without": ["status"]}),
    ("I can't get a guarantor", "en", {"without": ["other_debtors"]}),
    ("at most one change", "en", {"at_most": 1}), ("none of these", "en", {}), ("other ideas?", "en", {}),
    ("und das Girokonto auch nicht", "de", {"without": ["status"]}), ("höchstens eine Änderung", "de", {"at_most": 1}),
    ("keine davon", "de", {})])
def test_what_is_said_after_a_search_goes_on_with_it(credit, text, language, options):
    memory = respond("?", Memory(language=language).about("593"), credit.speaking(language), picked=SEARCH).memory
    found, asks = asked(credit, text, language, memory)
    assert found == {"previous": True} and set(asks) == {"counterfactual"}
    assert {name: value for name, value in asks["counterfactual"].items() if name != "unlike"} == options


def test_how_many_changes_there_may_be_is_lifted_again(credit):
    wishes = Ask("counterfactual", {"at_most": 1, "without": ["amount"]})
    first = respond("?", Memory().about("593"), credit, picked=Query(asks=(wishes,)))
    last = respond("no limit on the number of changes", first.memory, credit)
    constraints = last.evidence[0].result["constraints"]
    assert constraints["at_most"] is None and constraints["without"] == ["amount"] and constraints["unlike"] == []


def test_a_later_limit_on_a_feature_lets_it_change(credit):
    first = respond("?", Memory().about("593"), credit, picked=Query(asks=(Ask("counterfactual", {"only": ["savings"]}),)))
    last = respond("and with 12 months instead?", first.memory, credit)
    assert last.evidence[0].result["constraints"]["only"] == ["savings", "duration"]
    assert {option["row"]["duration"] for option in last.evidence[0].result["options"]} == {12}


def test_what_stands_in_the_way_is_named(credit):
    wish = {"limits": [{"feature": "amount", "is": ">=", "value": 15000}]}
    told = respond("?", Memory().about("593"), credit, picked=Query(asks=(Ask("counterfactual", wish),))).answer.text
    assert "within what you asked for" in told
    assert "What stands in the way is what you asked for: loan amount of 15,000 DM or more." in told


def test_a_search_for_an_unknown_thing_alone_says_so(credit):
    found = understand(Question("I can only change my flibber. What then?", "en", "plain", "", 1), Memory().about("593"), credit.domain)
    assert found.status == "unsupported" and found.asks[0].options == {"features": ["flibber"]}
