"""The German text changes with its evidence as the English does: another sign, order or value is another text."""
import copy
import dataclasses

import pytest

from dialogue.phrasing import phrase_traced
from dialogue.phrasing.trace import Unsaid
from dialogue.types import LEVELS, Memory, Question
from explainers.types import Ask, Query, Subject
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.scenarios import scenarios
from tests.dialogue.phrasing.test_truth import at, changed, evidence_places, other_values, whole


def said(evidence, domain, level="plain"):
    query = Query(subject=Subject(case="3"), asks=(Ask(evidence.kind),))
    return phrase_traced(Question("?", "de", level), query, (evidence,), domain, Memory(case="3", level=level, language="de"))


def text_with(evidence, domain, level):
    try:
        return whole(said(evidence, domain, level)[0])
    except (Unsaid, KeyError, StopIteration):
        return "cannot be said"


@pytest.mark.parametrize("sort", SORTS)
def test_a_german_text_changes_with_the_values_it_tells(sort, domains):
    domain, tried = domains[sort], 0
    for name, evidence in scenarios(domain):
        if "forty" in name:
            continue
        for level in ("plain", "expert"):
            answer, trace = said(evidence, domain, level)
            places = dict.fromkeys(p for entry in trace for p in evidence_places(entry) if p.startswith("evidence.0.result."))
            for place in places:
                others = other_values(place, at({"evidence": [evidence.to_json()]}, place), domain)
                if others:
                    tried += 1
                    texts = {text_with(changed(evidence, place, other), domain, level) for other in others}
                    assert texts != {whole(answer)}, (sort, level, name, place)
    assert tried > 100


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_swapped_sign_swaps_the_side_in_german(sort, level, domains):
    for name in ("why", "why of one reason", "role", "why of a group"):
        evidence = dict(scenarios(domains[sort]))[name]
        result = copy.deepcopy(dict(evidence.result))
        for item in result.get("contributions", []) + result.get("features", []):
            item["contribution"] = -item["contribution"]
        if "contribution" in result:
            result["contribution"] = -result["contribution"]
        turned = dataclasses.replace(evidence, result=result)
        assert said(evidence, domains[sort], level)[0].text != said(turned, domains[sort], level)[0].text, name


@pytest.mark.parametrize("level", LEVELS)
def test_another_order_of_sizes_is_another_german_text(level, domains):
    for name, key, size in (("why", "contributions", "contribution"), ("importance", "features", "importance")):
        evidence = dict(scenarios(domains["decision"]))[name]
        result = copy.deepcopy(dict(evidence.result))
        sizes = [item[size] for item in result[key]]
        for item, turned in zip(result[key], reversed(sizes)):
            item[size] = turned
            if "low" in item:
                item["low"], item["high"] = turned - 0.02, turned + 0.02
        other = dataclasses.replace(evidence, result=result)
        assert said(evidence, domains["decision"], level)[0].text != said(other, domains["decision"], level)[0].text
