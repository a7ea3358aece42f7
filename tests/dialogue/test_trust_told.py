"""Whether reasons can be trusted: told to experts with the reasons, and to everybody who asks how they were worked out."""
import dataclasses

import pytest

from app.pipeline import compute, respond
from dialogue.memory import resolve
from dialogue.phrasing import phrase
from dialogue.types import Memory, Question
from explainers.types import Ask, Query

WHY, METHOD = Query(asks=(Ask("why"),)), Query(asks=(Ask("method"),))


def asked(toy, *queries, level="plain", language="en"):
    """The last Turn of a talk about the first case."""
    memory, turn = Memory(level=level, language=language).about(toy.domain.cases.index[0]), None
    for query in queries:
        turn = respond("...", memory, toy.speaking(language), picked=query)
        memory = turn.memory
    return turn


@pytest.mark.parametrize("level", ["plain", "practitioner"])
def test_reasons_are_not_checked_unless_that_is_told(toy, level):
    assert "checks" not in asked(toy, WHY, level=level).evidence[0].result


def test_experts_are_told_the_checks_with_the_reasons(toy):
    turn = asked(toy, WHY, level="expert")
    assert turn.query.asks[0].get("checks") is True
    assert set(turn.evidence[0].result["checks"]) == {"agreement", "deletion", "stability"}
    assert "consistency, not proof" in turn.answer.text and "random orders" in turn.answer.text


def test_the_level_asked_for_in_the_same_breath_counts(toy):
    turn = asked(toy, WHY, Query(asks=(Ask("level", {"to": "expert"}),)))
    assert "consistency, not proof" in turn.answer.text


@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_how_it_was_worked_out_checks_the_reasons_given_last(toy, level, language):
    turn = asked(toy, WHY, METHOD, level=level, language=language)
    evidence = turn.evidence[0]
    assert evidence.kind == "method" and evidence.scope["case"] == toy.domain.cases.index[0]
    shared = evidence.result["checks"]["agreement"]["shared"]
    assert f" {shared} " in turn.answer.text


def test_where_no_reasons_were_given_nothing_is_checked(toy):
    assert asked(toy, Query(asks=(Ask("performance"),)), METHOD).evidence[0].result["checks"] is None
    assert asked(toy, METHOD).answer.status == "understood"


def test_the_talk_goes_on_where_it_was(toy):
    turn = asked(toy, WHY, METHOD)
    assert [ask.kind for ask in turn.memory.asks] == ["why"] and turn.memory.asked[-1] == "method"


def test_methods_that_disagree_are_told_in_plain_words(toy):
    turn = asked(toy, WHY, METHOD)
    evidence = turn.evidence[0]
    first, second = [player.name for player in toy.domain.players][:2]
    agreement = evidence.result["checks"]["agreement"] | {"agree": False, "first": first, "second_first": second}
    result = evidence.result | {"checks": evidence.result["checks"] | {"agreement": agreement}}
    answer = phrase(Question("?"), turn.query, (dataclasses.replace(evidence, result=result),), toy.domain, turn.memory)
    assert "Two methods do not agree" in answer.text and any("Two methods do not agree" in line for line in answer.warnings)
    assert "Two methods do not agree" not in turn.answer.text or not evidence.result["checks"]["agreement"]["agree"]


def test_the_method_after_lime_is_lime(toy):
    turn = asked(toy, Query(asks=(Ask("why", {"method": "lime"}),)), METHOD)
    assert "LIME" in turn.answer.text and "Shapley" not in turn.answer.text


def test_a_replay_of_an_expert_answer_computes_the_same(toy):
    turn = asked(toy, WHY, level="expert")
    memory = Memory(level="expert").about(toy.domain.cases.index[0])
    again = compute(turn.question, WHY, memory, toy)
    assert again.evidence[0].result == turn.evidence[0].result and resolve(WHY, memory) == turn.query
