"""A letter: whole at every level in every language, every number from the evidence, nothing promised that the domain lacks."""
import dataclasses
import re

import pytest

from dialogue.phrasing.attachments import completed
from dialogue.phrasing import phrase_traced
from dialogue.types import LEVELS, Memory, Question
from explainers.types import Ask, Query, Subject
from tests.dialogue.phrasing import evidence as made
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.scenarios import scenarios
from tests.dialogue.phrasing.test_every_kind_renders import problems
from tests.dialogue.phrasing.test_truth import FIXED, NUMBER, evidence_places

# Articles, paragraphs and cases of law that the letters name.
LAW = {"15", "22", "16", "17", "86", "12", "3", "1", "634", "203", "21", "22"}
LANGUAGES = ("en", "de")


def said(evidence, domain, level="plain", language="en"):
    query = Query(subject=Subject(case="3"), asks=(Ask("letter"),))
    question = Question("?", language, level, turn=1)
    return phrase_traced(question, query, (evidence,), domain, Memory(case="3", level=level, language=language))


def letter(evidence, domain, level="plain", language="en"):
    return said(evidence, domain, level, language)[0].attachments[0]["text"]


def letters(domain):
    return [(name, evidence) for name, evidence in scenarios(domain) if evidence.kind == "letter"]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_whole(sort, language, domains):
    for name, evidence in letters(domains[sort]):
        for level in LEVELS:
            text = letter(evidence, domains[sort], level, language)
            headings = re.findall(r"(?m)^## (.+)$", text)
            assert len(headings) == 8 and text.startswith("# "), (name, headings)
            plain = re.sub(r"(?<=\d),(?=\d)", ".", text.replace("[[", "").replace("]]", ""))
            assert not problems(plain), (name, level, problems(plain), text)
            assert "\n\n\n" not in text and not re.search(r"(?m)^## .+\n\n##", text), (name, level, text)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_letter_was_said_by_a_formatter(sort, language, domains):
    for name, evidence in letters(domains[sort]):
        for level in LEVELS:
            answer, trace = said(evidence, domains[sort], level, language)
            spoken = {number for entry in trace if entry.places for number in NUMBER.findall(entry.text)} | FIXED | LAW
            strange = [number for number in NUMBER.findall(answer.attachments[0]["text"]) if number not in spoken]
            assert not strange, (name, level, strange)


@pytest.mark.parametrize("sort", SORTS)
def test_each_level_of_a_letter_tells_all_that_the_one_below_tells(sort, domains):
    for name, evidence in letters(domains[sort]):
        told = [{place for entry in said(evidence, domains[sort], level)[1] for place in evidence_places(entry)}
                for level in LEVELS]
        assert told[0] <= told[1] <= told[2], (name, sorted(told[0] - told[1]), sorted(told[1] - told[2]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_changes_with_its_evidence(language, domains):
    """A turned sign, another outcome, another own value, another way: each is another letter."""
    domain = domains["decision"]
    evidence, result = made.letter(domain), made.letter(domain).result
    turned = [{**item, "contribution": -item["contribution"]} for item in result["why"]["contributions"]]
    others = [{"why": {**result["why"], "contributions": turned}}, {"prediction": made.prediction(domain, 0.3).result},
              {"values": {**result["values"], "age": 61}}, {"counterfactual": made.counterfactual(domain, []).result}]
    texts = {letter(dataclasses.replace(evidence, result={**result, **other}), domain, "plain", language) for other in others}
    assert len(texts | {letter(evidence, domain, "plain", language)}) == 5


def test_a_letter_shows_the_own_values_and_the_decision_as_the_domain_tells_it(domains):
    text = letter(made.letter(domains["decision"]), domains["decision"])
    assert "- Age: 22 years" in text and "- Savings: none" in text and "- Savings account: no" in text
    assert "the loans desk" in text and "within 30 days" in text and "made by the model and a clerk" in text
    other = letter(made.letter(domains["good counted"]), domains["good counted"])
    assert "knows no contact" in other and "is not known to this program" in other and "loans desk" not in other


def test_a_letter_says_what_it_is_not_and_who_wrote_it(domains):
    for language, words in (("en", ("A program wrote it", "no promise", "not legal advice", "as it is today")),
                            ("de", ("Ein Programm hat ihn", "kein Versprechen", "kein Rechtsrat", "wie es heute ist"))):
        text = letter(made.letter(domains["decision"]), domains["decision"], "plain", language)
        assert all(word in text for word in words), language


def test_number_and_date_are_filled_in_or_their_lines_left_out(domains):
    answer = said(made.letter(domains["decision"]), domains["decision"])[0]
    dated = completed(answer, "bcdfg-hjkmn-pqrst", "2026-03-01T12:00:00.000Z").attachments[0]["text"]
    assert "March 1, 2026" in dated and "show bcdfg-hjkmn-pqrst --replay" in dated and "[[" not in dated
    bare = completed(answer).attachments[0]["text"]
    assert "[[" not in bare and "--replay" not in bare and "Model `m0d31`" in bare
    german = said(made.letter(domains["decision"]), domains["decision"], language="de")[0]
    assert "1. März 2026" in completed(german, "x", "2026-03-01T12:00:00.000Z").attachments[0]["text"]
