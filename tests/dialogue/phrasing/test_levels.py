"""Plain tells a subset of what practitioner tells, practitioner of expert; what they share agrees."""
import re

import pytest

from dialogue.types import LEVELS
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.said import say
from tests.dialogue.phrasing.scenarios import scenarios
from tests.dialogue.phrasing.test_truth import evidence_places


def told(evidence, domain, level, repeated=False):
    """Places told at a level, in the order of their first mention."""
    trace = say(evidence, domain, level, repeated=repeated)[1]
    return list(dict.fromkeys(place for entry in trace for place in evidence_places(entry)))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("repeated", [False, True])
def test_each_level_tells_all_that_the_one_below_tells(sort, repeated, domains):
    for name, evidence in scenarios(domains[sort]):
        plain, practitioner, expert = (set(told(evidence, domains[sort], level, repeated)) for level in LEVELS)
        assert plain <= practitioner, (name, sorted(plain - practitioner))
        assert practitioner <= expert, (name, sorted(practitioner - expert))


@pytest.mark.parametrize("sort", SORTS)
def test_reasons_keep_their_order(sort, domains):
    for name, evidence in scenarios(domains[sort]):
        if evidence.kind != "why":
            continue
        orders = []
        for level in LEVELS:
            trace = say(evidence, domains[sort], level)[1]
            orders.append([entry.places[-1] for entry in trace if entry.formatter == "reason"])
        for few, more in zip(orders, orders[1:]):
            assert [place for place in more if place in few] == few, name


def sides(text):
    """Reason -> the heading it stands under, without the wording that the turn picks."""
    found, heading = {}, None
    for line in text.split("\n"):
        if line.endswith(":") and not re.match(r"- |\d", line):
            heading = re.search(r"in favour of th\w+ [\w ]+|against th\w+ [\w ]+|towards [\w\" ]+|away from [\w\" ]+", line)
            heading = heading.group(0) if heading else None
        elif heading and re.match(r"- |\d+\. ", line):
            found[re.sub(r"^(- |\d+\. )", "", line).split(": +")[0].split(": -")[0]] = heading
    return found


@pytest.mark.parametrize("sort", SORTS)
def test_reasons_stay_on_their_side(sort, domains):
    evidence = dict(scenarios(domains[sort]))["why"]
    by_level = [sides(say(evidence, domains[sort], level)[0].text) for level in LEVELS]
    for few, more in zip(by_level, by_level[1:]):
        assert few and few.items() <= more.items()


@pytest.mark.parametrize("sort", ["decision", "good counted", "many outcomes"])
def test_scores_agree_between_levels(sort, domains):
    for name, evidence in scenarios(domains[sort]):
        scores = []
        for level in LEVELS:
            trace = say(evidence, domains[sort], level)[1]
            scores.append({e.places: e.text for e in trace if e.formatter ==
                          "score" and re.fullmatch(r"[\d.]+", e.text)})
        plain, _, expert = scores
        for place, text in plain.items():
            if place in expert:
                assert abs(float(text) - float(expert[place])) <= 0.5 + 1e-9, (name, place)


def test_at_most_four_reasons_in_plain(domains):
    for sort in SORTS:
        for name, evidence in scenarios(domains[sort]):
            if evidence.kind == "why":
                trace = say(evidence, domains[sort])[1]
                assert len([entry for entry in trace if entry.formatter == "reason"]) <= 4, name
