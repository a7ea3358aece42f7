"""Every number in a text comes from a place in the evidence; change what stands there and the text changes too."""
import copy
import dataclasses
import re

import pytest

from dialogue.languages import languages
from dialogue.phrasing.trace import Unsaid
from dialogue.types import LEVELS
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.said import say
from tests.dialogue.phrasing.scenarios import scenarios

NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?")
# Denominators and fixed thresholds that the words themselves have: "of 100", "less than 1 point", "95 of 100 samples".
FIXED = {"100", "1", "95", "0.04", "99"}


def at(root, place):
    """The value at a place such as `evidence.0.result.options.1.cost`."""
    found = root
    for part in place.split("."):
        found = found[int(part)] if isinstance(found, (list, tuple)) else found[part]
    return found


def evidence_places(said):
    """Places in the evidence behind one Said; those of a difference are both of its parts."""
    parts = [part.strip() for place in said.places for part in place.split(" - ")]
    return [place for place in parts if place.startswith("evidence.")]


def everything(domains):
    for sort in SORTS:
        for name, evidence in scenarios(domains[sort]):
            for level in LEVELS:
                yield sort, name, evidence, level, domains[sort]


def test_every_number_was_said_by_a_formatter(domains):
    for sort, name, evidence, level, domain in everything(domains):
        answer, trace = say(evidence, domain, level)
        said = {number for entry in trace if entry.places for number in NUMBER.findall(entry.text)} | FIXED
        for number in NUMBER.findall(answer.text):
            assert number in said, (sort, level, name, number, answer.text)


def test_every_place_leads_to_the_value_that_was_said(domains):
    for sort, name, evidence, level, domain in everything(domains):
        root = {"evidence": [evidence.to_json()]}
        for entry in say(evidence, domain, level)[1]:
            for place, value in zip(entry.places, entry.values):
                if place.startswith("evidence.") and " - " not in place and isinstance(value, (float, str)):
                    there = at(root, place)
                    assert there == value or place.endswith(f".{value}"), (sort, level, name, place, value)


SHOWN = {
    "score": lambda v: 100 * v, "share": lambda v: 100 * v, "share_floor": lambda v: 100 * v,
    "limit": lambda v: 100 * v,
    "points": lambda v: 100 * abs(v), "probability": lambda v: v, "decimal": lambda v: v, "technical": lambda v: v,
    "whole": lambda v: v, "amount": lambda v: v,
}


def test_numbers_are_the_values_rounded(domains):
    """Each formatter's number, read back from its text, is the evidence's value up to the rounding that it shows."""
    checked = set()
    for sort, name, evidence, level, domain in everything(domains):
        for entry in say(evidence, domain, level)[1]:
            shown = NUMBER.findall(entry.text)
            if entry.formatter not in SHOWN or not shown or "than" in entry.text:
                continue
            number = shown[0].replace(",", "")
            value = abs(SHOWN[entry.formatter](entry.values[0]))
            decimals = len(number.partition(".")[2]) if "e" not in number else 0
            slack = 1.0 if entry.formatter == "share_floor" else 0.5 * 10 ** -decimals
            if "e" in number or entry.formatter == "technical":
                slack = max(abs(value) * 0.06, 1e-300)
            turned = abs(100 - value) if entry.formatter == "limit" else value
            near = min(abs(float(number) - value), abs(float(number) - turned))
            assert near <= slack + 1e-9, (sort, level, name, entry)
            checked.add(entry.formatter)
    assert checked >= {"score", "points", "probability", "whole", "amount", "limit", "technical"}


def whole(answer):
    """All that an answer says: its text and what is attached."""
    return "\n".join((answer.text, *(attached["text"] for attached in answer.attachments)))


def text_with(evidence, domain, level, language):
    try:
        return whole(say(evidence, domain, level, language=language)[0])
    except (Unsaid, KeyError, StopIteration):
        return "cannot be said"


def changed(evidence, place, value):
    found = copy.deepcopy(dict(evidence.result))
    parts = place.split(".")[3:]
    holder = at(found, ".".join(parts[:-1])) if len(parts) > 1 else found
    holder[int(parts[-1]) if isinstance(holder, list) else parts[-1]] = value
    return dataclasses.replace(evidence, result=found)


def other_values(place, value, domain):
    """Values that say something clearly different from `value`."""
    if isinstance(value, (bool, dict, list)) or value is None:
        return []
    if isinstance(value, (int, float)):
        return [-value if value else 0.3, value * 0.5 + 0.3, value * 3 + 7]
    if value in domain.outcomes:
        return [code for code in domain.outcomes if code != value]
    if value in domain.features:
        return [name for name in domain.features if name != value][:1]
    return []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sort", SORTS)
def test_a_text_changes_with_the_values_it_tells(sort, language, domains):
    """For each place that a text names: another value there gives another text, or none."""
    domain, tried = domains[sort], 0
    for name, evidence in scenarios(domain):
        if "forty" in name:
            continue
        for level in ("plain", "expert"):
            answer, trace = say(evidence, domain, level, language=language)
            places = dict.fromkeys(p for entry in trace for p in evidence_places(entry)
                                   if p.startswith("evidence.0.result."))
            for place in places:
                value = at({"evidence": [evidence.to_json()]}, place)
                others = other_values(place, value, domain)
                if others:
                    tried += 1
                    texts = {text_with(changed(evidence, place, other), domain, level, language) for other in others}
                    assert texts != {whole(answer)}, (sort, level, name, place, value)
    assert tried > 100


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_swapped_sign_swaps_the_side(sort, level, language, domains):
    domain = domains[sort]
    for name in ("why", "why of one reason", "role", "why of a group"):
        evidence = dict(scenarios(domain))[name]
        result = copy.deepcopy(dict(evidence.result))
        for item in result.get("contributions", []) + result.get("features", []):
            item["contribution"] = -item["contribution"]
        if "contribution" in result:
            result["contribution"] = -result["contribution"]
        assert_told_apart(evidence, result, domain, level, language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("level", LEVELS)
def test_another_order_of_sizes_is_another_text(level, language, domains):
    domain = domains["decision"]
    for name, key, size in (("why", "contributions", "contribution"), ("importance", "features", "importance")):
        evidence = dict(scenarios(domain))[name]
        result = copy.deepcopy(dict(evidence.result))
        sizes = [item[size] for item in result[key]]
        for item, turned in zip(result[key], reversed(sizes)):
            item[size] = turned
            if "low" in item:
                item["low"], item["high"] = turned - 0.02, turned + 0.02
        assert_told_apart(evidence, result, domain, level, language)


def assert_told_apart(evidence, result, domain, level, language):
    """The same evidence with this result has another text."""
    other = dataclasses.replace(evidence, result=result)
    first, second = (say(each, domain, level, language=language)[0].text for each in (evidence, other))
    assert first != second, (evidence.kind, level, language)


def test_a_score_is_never_rounded_across_the_threshold(domains):
    """50.04 is above 50 and says so; 49.96 is not and does not read as 50."""
    from tests.dialogue.phrasing.evidence import prediction
    domain = domains["decision"]
    for told in (0.5, 0.5 + 1e-4, 0.5 - 1e-4, 0.504, 0.496, 0.5000001):
        text = say(prediction(domain, told), domain)[0].text
        shown = float(re.search(r"\*\*([\d.]+) of 100", text).group(1))
        assert ("**bad credit risk**" in text) == (shown > 50) == (told > 0.5), text


def test_a_domain_without_a_review_gets_no_promise_of_one(domains):
    for _, evidence in scenarios(domains["good counted"]):
        assert "ask for a person" not in say(evidence, domains["good counted"])[0].text
    why = dict(scenarios(domains["decision"]))["why"]
    assert "the loans desk" in say(why, domains["decision"])[0].text


def test_a_regression_is_told_without_outcomes_or_scores(domains):
    for name, evidence in scenarios(domains["regression"]):
        text = say(evidence, domains["regression"])[0].text
        assert not re.search(r"approv|reject|score", text), (name, text)
