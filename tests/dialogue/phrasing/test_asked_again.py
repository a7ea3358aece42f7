"""The same question asked again gets a fuller answer, and what was just told is not told twice in one answer."""
import pytest

from app.pipeline import respond
from dialogue.phrasing import phrase
from dialogue.types import Memory, Question
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from explainers.workspace import open_workspace
from tests.dialogue.phrasing.said import say
from tests.dialogue.phrasing import evidence as made

REFUSED, ACCEPTED = "593", "538"
AGAIN = ("similar", "keep", "rights", "human_review", "help", "contest", "fairness")


@pytest.fixture(scope="module")
def spaces():
    return {name: open_workspace(name) for name in ("credit", "grades")}


def turns(space, kinds, case, language="en"):
    """One answer after the other, in one talk."""
    memory, found = Memory(language=language).about(case), []
    for kind in kinds:
        about = Subject(everyone=True) if kind == "fairness" else Subject(case=case)
        turn = respond("?", memory, space, picked=Query(subject=about, asks=(Ask(kind),)))
        memory = turn.memory
        found.append(turn.answer)
    return found


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", AGAIN)
def test_asked_again_it_is_told_more_fully(kind, language, spaces):
    space = spaces["credit"].speaking(language)
    first, second = turns(space, (kind, kind), REFUSED, language)
    assert first.status == second.status == "understood" and first.level == second.level == "plain"
    assert len(second.text.split()) > len(first.text.split()), second.text


def test_what_was_asked_between_does_not_make_it_the_first_time(spaces):
    texts = [answer.text for answer in turns(spaces["credit"], ("rights", "similar", "rights"), REFUSED)]
    assert len(texts[2]) > len(texts[0])


def test_several_values_are_compared_briefly_until_it_is_asked_again(spaces):
    first, second = turns(spaces["grades"], ("fairness", "fairness"), spaces["grades"].domain.cases.index[0])
    assert len(first.text.split()) < 0.7 * len(second.text.split())
    for feature in spaces["grades"].domain.features.values():
        if feature.sensitive:
            assert feature.label in first.text.lower() and feature.label in second.text.lower()


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_decides_is_said_where_the_domain_says_it(language, spaces):
    told, = turns(spaces["credit"].speaking(language), ("human_review",), REFUSED, language)
    assert spaces["credit"].speaking(language).domain.file.decision.made_by in told.text
    untold, = turns(spaces["grades"].speaking(language), ("human_review",), "1", language)
    assert {"en": "not in the files", "de": "steht nicht in den Dateien"}[language] in untold.text


def asked_together(space, kinds, case):
    query = Query(subject=Subject(case=case), asks=tuple(Ask(kind) for kind in kinds))
    return phrase(Question("?"), query, explain(query, space), space.domain, Memory(case=case))


def test_a_caveat_stands_once_in_an_answer_to_two_questions(spaces):
    """Applicant 593 is unlike the data: a warning that each of the two answers has when asked alone."""
    found = asked_together(spaces["credit"], ("why", "counterfactual"), REFUSED)
    assert found.warnings and all(found.text.count(warning) == 1 for warning in found.warnings)
    assert found.text.count("in this demonstration") == 1


def test_the_answer_is_not_told_again_with_its_reasons(spaces):
    alone = asked_together(spaces["credit"], ("why",), ACCEPTED).text
    together = asked_together(spaces["credit"], ("prediction", "why"), ACCEPTED).text
    assert alone.count("3 of 100") == together.count("3 of 100") == 1


def test_nothing_is_offered_that_was_just_asked(spaces):
    found = asked_together(spaces["credit"], ("why", "counterfactual"), REFUSED)
    assert not {"Why?", "What would have to change?"} & set(found.suggestions)
    assert len(found.suggestions) >= 2


@pytest.mark.parametrize("kind", ["prediction", "likelihood", "why", "role"])
def test_who_was_accepted_is_not_asked_to_change_or_disagree(kind, spaces):
    """538 scores 3 of 100 for not repaying, 593 scores 70; over 50 is refused."""
    unfitting = {"What would have to change?", "I disagree"}
    options = {"features": ["age"]} if kind == "role" else {}
    for case, fits in ((ACCEPTED, False), (REFUSED, True)):
        query = Query(subject=Subject(case=case), asks=(Ask(kind, options),))
        found = phrase(Question("?"), query, explain(query, spaces["credit"]), spaces["credit"].domain, Memory(case=case))
        assert bool(unfitting & set(found.suggestions)) == fits, (kind, case, found.suggestions)


def test_a_small_part_of_an_estimate_is_never_told_as_nothing(domains):
    """Parts of 0.2, 0.004 and 0.0001 of a target whose whole numbers go from 0 to 20."""
    domain = domains["regression"]
    for level in ("plain", "practitioner", "expert"):
        for size in (0.2, 0.004, 0.0001, -0.0001):
            text = say(made.role(domain, size), domain, level)[0].text
            assert "+0 " not in text and "-0 " not in text, text
    assert "less than" in say(made.role(domain, 1e-9), domain, "expert")[0].text


def test_somebody_described_is_not_taken_for_the_case_at_hand(spaces):
    query = Query(subject=Subject(new={"age": 35, "duration": 18, "amount": 3000}), asks=(Ask("prediction"),))
    found = explain(query, spaces["credit"])
    for code, said in (("en", "that you described"), ("de", "den Sie beschrieben haben")):
        domain, memory = spaces["credit"].speaking(code).domain, Memory(case=REFUSED, language=code)
        assert said in phrase(Question("?", code), query, found, domain, memory).text
