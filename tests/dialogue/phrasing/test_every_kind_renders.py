"""Every kind x sort of domain x level x scenario: whole sentences, nothing dangling."""
import re
from xml.etree import ElementTree

import pytest

from dialogue.types import LEVELS
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.said import say
from tests.dialogue.phrasing.scenarios import scenarios

BROKEN = {
    "a value left over": r"\b(None|nan|NaN|True|False|inf|Undefined)\b", "a template left over": r"[{}%]\}|\{[{%]",
    "two spaces": r"  ", "a space before a mark": r" [,;:.](\s|$)", "two marks": r"[,;:]\s*[.,;:]|\.\.",
    "empty brackets": r"\(\s*\)|\*\*\s*\*\*",
    "a missing space": r"[a-z)][.!?;,][A-Z*]",
    "a wrong plural": r"(?<![\d.,-])\b1 (points|factors|rows|values|applicants|cases|days|changes|years|months)\b",
    "a negative zero": r"-0(?![.\d])", "a dangling line": r"(?m)^\s*([-*]|\d+\.)\s*$",
    "a dangling head": r":\s*(\Z|\n\n(?![-*\d]))",
}


def problems(text):
    return [name for name, pattern in BROKEN.items() if re.search(pattern, text)]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("level", LEVELS)
def test_texts_are_whole(sort, level, domains):
    domain = domains[sort]
    for name, evidence in scenarios(domain):
        for turn, repeated in ((1, False), (2, True)):
            answer, _ = say(evidence, domain, level, turn, repeated)
            for text in (answer.text, answer.worked_out, *answer.warnings, *answer.suggestions):
                assert not problems(text), (sort, level, name, problems(text), text)
            last = answer.text.split("\n")[-1]
            assert last[-1] in ".!?" or re.match(r"- |\d+\. ", last), (name, answer.text)
            assert 2 <= len(answer.suggestions) <= 4, (name, answer.suggestions)


@pytest.mark.parametrize("sort", SORTS)
def test_figures_are_whole(sort, domains):
    domain = domains[sort]
    for name, evidence in scenarios(domain):
        for level in LEVELS:
            for figure in say(evidence, domain, level)[0].figures:
                root = ElementTree.fromstring(figure.svg)
                assert root.get("role") == "img" and root.get("aria-label") == figure.alt and root.get("viewBox")
                assert figure.title and not problems(figure.title), (name, figure.title)
                assert not re.search(r"\b(None|nan|inf)\b", figure.svg + figure.alt + \
                                     str(figure.table)), (name, figure.table)
                assert all(len(row) == len(figure.table["columns"]) for row in figure.table["rows"])
                assert all(isinstance(cell, str) for row in figure.table["rows"] for cell in row)


def test_the_same_turn_gives_the_same_text(domains):
    domain = domains["decision"]
    for _, evidence in scenarios(domain):
        assert say(evidence, domain, turn=5)[0] == say(evidence, domain, turn=5)[0]


def test_wording_varies_with_the_turn(domains):
    domain = domains["decision"]
    evidence = dict(scenarios(domain))["why"]
    assert len({say(evidence, domain, turn=turn)[0].text for turn in range(1, 5)}) > 1


def test_a_question_asked_again_gets_a_fuller_answer(domains):
    domain = domains["decision"]
    evidence = dict(scenarios(domain))["why"]
    once, again = say(evidence, domain)[0].text, say(evidence, domain, repeated=True)[0].text
    assert len(again) > len(once) and "a little" in again and "a little" not in once
