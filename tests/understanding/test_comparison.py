"""What counts as the same Query, and what does not."""
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from explainers.domain import load_domain
from explainers.types import Query

from tests.understanding import comparison

HERE = Path(__file__).resolve().parent


@lru_cache
def churn():
    return load_domain(HERE / "domains" / "churn")


def turn(gold, *accept):
    return {"text": "", "query": yaml.safe_load(gold), "accept": [yaml.safe_load(reading) for reading in accept]}


def full(parsed, gold, *accept, memory=None):
    memory = memory or comparison.Memory(case="0")
    return comparison.judge(Query.from_json(yaml.safe_load(parsed)), turn(gold, *accept), memory, churn()).full


OLD = "{feature: customerAge, is: '>', value: 39}"
SUPPORT = "{feature: tech_support, is: '=', value: true}"
SAME = [
    ("{asks: [{kind: why}, {kind: counterfactual}]}", "{asks: [{kind: counterfactual}, {kind: why}]}"),
    ("{asks: [{kind: why}]}", "{subject: {case: '0'}, asks: [{kind: why}]}"),
    ("{asks: [{kind: importance}]}", "{subject: {everyone: true}, asks: [{kind: importance}]}"),
    (f"{{subject: {{where: {OLD}}}, asks: [{{kind: count}}]}}",
     "{subject: {where: {feature: customerAge, is: '>=', value: 40}}, asks: [{kind: count}]}"),
    (f"{{subject: {{where: {{not: {{or: [{OLD}, {SUPPORT}]}}}}}}, asks: [{{kind: show}}]}}",
     "{subject: {where: {and: [{feature: tech_support, is: '=', value: false}, "
     "{feature: customerAge, is: '<=', value: 39}]}}, asks: [{kind: show}]}"),
    (f"{{subject: {{where: {{and: [{OLD}, {{and: [{SUPPORT}, {{label: '1'}}]}}]}}}}, asks: [{{kind: count}}]}}",
     f"{{subject: {{where: {{and: [{{label: '1'}}, {SUPPORT}, {OLD}]}}}}, asks: [{{kind: count}}]}}"),
    ("{changes: [{feature: tech_support, to: true}], asks: [{kind: prediction}]}",
     "{changes: [{feature: tech_support, to: 'yes'}], asks: [{kind: prediction}]}"),
    ("{asks: [{kind: counterfactual, target: {outcome: '0'}}]}", "{asks: [{kind: counterfactual}]}"),
    ("{status: unclear}", "{status: unsupported}"),
    ("{asks: [{kind: statistic, features: [customerAge, DataUsageGb]}]}",
     "{asks: [{kind: statistic, features: [DataUsageGb]}, {kind: statistic, features: [customerAge]}]}"),
]
DIFFERENT = [
    ("{asks: [{kind: why}]}", "{subject: {case: '2'}, asks: [{kind: why}]}"),
    ("{asks: [{kind: why}]}", "{asks: [{kind: why, top: 3}]}"),
    ("{asks: [{kind: prediction}]}", "{subject: {everyone: true}, asks: [{kind: prediction}]}"),
    ("{asks: [{kind: counterfactual, target: {outcome: '1'}}]}", "{asks: [{kind: counterfactual}]}"),
    ("{changes: [{feature: MonthlyCharges, by: 5}], asks: [{kind: prediction}]}",
     "{changes: [{feature: MonthlyCharges, to: 5}], asks: [{kind: prediction}]}"),
    (f"{{subject: {{where: {OLD}}}, asks: [{{kind: count}}]}}",
     "{subject: {where: {feature: customerAge, is: '>', value: 40}}, asks: [{kind: count}]}"),
    ("{asks: [{kind: why}]}", "{status: unclear}"),
    ("{asks: [{kind: role, features: [nothing_like_it]}]}", "{asks: [{kind: role, features: [customerAge]}]}"),
    ("{asks: [{kind: boundary, features: [customerAge, DataUsageGb]}]}",
     "{asks: [{kind: boundary, features: [DataUsageGb, customerAge]}]}"),
]


@pytest.mark.parametrize("parsed, gold", SAME)
def test_equal_meanings_are_equal_both_ways(parsed, gold):
    assert full(parsed, gold) and full(gold, parsed)


@pytest.mark.parametrize("parsed, gold", DIFFERENT)
def test_different_meanings_differ_both_ways(parsed, gold):
    assert not full(parsed, gold) and not full(gold, parsed)


def test_a_kind_that_is_not_there_yet_is_right_when_it_is_named():
    assert full("{status: unsupported, asks: [{kind: path}]}", "{asks: [{kind: path}]}")
    assert not full("{status: unsupported, asks: [{kind: path}]}", "{asks: [{kind: why}]}")
    assert full("{status: unsupported, asks: [{kind: path}]}", "{status: unclear}")


def test_an_accepted_reading_is_right():
    assert full("{asks: [{kind: likelihood}]}", "{asks: [{kind: prediction}]}", "{asks: [{kind: likelihood}]}")


def test_any_question_back_is_right_where_choose_is_accepted_without_readings():
    parsed = "{status: choose, choices: [{text: a, query: {asks: [{kind: why}]}}, {text: b, query: {}}]}"
    assert full(parsed, "{asks: [{kind: why}]}", "{status: choose}")


def test_readings_offered_must_hold_two_of_those_wanted():
    why, role = "{text: a, query: {asks: [{kind: why}]}}", "{text: b, query: {asks: [{kind: path}]}}"
    other = "{text: c, query: {asks: [{kind: keep}]}}"
    assert full(f"{{status: choose, choices: [{role}, {why}]}}", f"{{status: choose, choices: [{why}, {role}]}}")
    assert not full(f"{{status: choose, choices: [{other}, {why}]}}", f"{{status: choose, choices: [{why}, {role}]}}")


def test_readings_offered_are_told_apart_by_their_features():
    reading = lambda kind, name: f"{{text: a, query: {{asks: [{{kind: {kind}, features: [{name}]}}]}}}}"
    choose = lambda *readings: f"{{status: choose, choices: [{', '.join(readings)}]}}"
    gold = choose(reading("role", "contractMonthly"), reading("role", "MonthlyCharges"))
    assert full(choose(reading("importance", "MonthlyCharges"), reading("importance", "contractMonthly")), gold)
    assert not full(choose(reading("role", "MonthlyCharges"), reading("role", "customerAge")), gold)


def test_an_answer_to_what_should_be_refused_is_a_false_answer():
    parsed = Query.from_json({"asks": [{"kind": "why"}]})
    memory = comparison.Memory(case="0")
    assert comparison.judge(parsed, turn("{status: unsupported}"), memory, churn()).false_answer
    assert not comparison.judge(parsed, turn("{status: unsupported}", "{asks: [{kind: why}]}"),
                                memory, churn()).false_answer


def test_again_and_previous_are_what_they_stand_for_in_the_conversation():
    entry = {"turns": [
        {"text": "what if 10 less", "query": {"changes": [{"feature": "MonthlyCharges", "by": -10}],
                                              "asks": [{"kind": "prediction"}]}},
        {"text": "with support too", "query": {"subject": {"previous": True}, "asks": [{"kind": "again"}],
                                               "changes": [{"feature": "tech_support", "to": True}]}},
        {"text": "why", "query": {"subject": {"previous": True}, "asks": [{"kind": "why"}]}}]}
    memories = [memory for _, memory in comparison.walk(entry, churn())]
    assert [ask.kind for ask in memories[2].asks] == ["prediction"]
    assert {change.feature for change in memories[2].changes} == {"MonthlyCharges", "tech_support"}
    spelt_out = ("{changes: [{feature: MonthlyCharges, by: -10}, {feature: tech_support, to: true}], "
                 "asks: [{kind: prediction}]}")
    repeated = ("{subject: {previous: true}, changes: [{feature: tech_support, to: true}], asks: [{kind: again}]}")
    assert full(spelt_out, repeated, memory=memories[1])
    assert not full("{asks: [{kind: why}]}", "{subject: {previous: true}, asks: [{kind: why}]}", memory=memories[2])


def test_codes_of_a_category_are_compared_as_the_set_that_is_meant():
    known = load_domain("credit")
    renting = {"feature": "housing", "is": "=", "value": 2}
    free = {"feature": "housing", "is": "=", "value": 1}
    query = lambda where: comparison.canonical(Query.from_json({"subject": {"where": where}}), known)
    assert query({"or": [renting, free]}) == query({"feature": "housing", "is": "!=", "value": 3})
    assert query({"feature": "savings", "is": ">=", "value": 5}) == query({"feature": "savings", "is": "=", "value": 5})
    assert query({"or": [renting, free]}) != query(renting)
