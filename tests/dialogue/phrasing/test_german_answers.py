"""Answers in German: readable, with German numbers, without English words, and with the same facts at each level."""
import re

import pytest

from dialogue.phrasing import phrase_traced
from dialogue.types import LEVELS, Memory, Question
from explainers.explain import explain
from explainers.types import Ask, Change, Query, Subject
from explainers.workspace import open_workspace
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.scenarios import scenarios
from tests.dialogue.phrasing.test_truth import evidence_places

ENGLISH = re.compile(r"\b(the|of|is|are|were|and|with|this|that|not|would|for|from|by|to|on|if|it|score|applicants?|"
                     r"pupils?|patients|points|months|years|yes|no)\b")
GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\w.,]*\d)")


def say(evidence, domain, level, turn=1, repeated=False, ask=None, case="3"):
    query = Query(subject=Subject(case=case), asks=(ask or Ask(evidence.kind),))
    memory = Memory(case=case, level=level, language="de", asked=(evidence.kind,) if repeated else ())
    return phrase_traced(Question("?", "de", level, turn=turn), query, (evidence,), domain, memory)


def places(trace):
    return {place for entry in trace for place in evidence_places(entry)}


def syllables(word):
    return max(1, len(re.findall(r"eu|ei|ai|au|äu|ie|[aeiouyäöü]", word.lower())))


def sentences(text):
    """Words of each sentence; an entry of a list and a line that ends in a colon are sentences."""
    text = re.sub(r"[*`#„“()]|^(?:- |\d+\. )", "", text, flags=re.M)
    parts = re.split(r"(?<=[.!?:;])\s+(?=\W*[A-ZÄÖÜ\d])|\n+", text)
    found = [re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", part) for part in parts]
    return [words for words in found if words]


def grade(text):
    """First Wiener Sachtextformel (Bamberger and Vanecek 1984): years of school that the text needs."""
    found = sentences(text)
    words = [word for part in found for word in part]
    share = lambda fits: 100 * sum(map(fits, words)) / len(words)
    return (0.1935 * share(lambda w: syllables(w) >= 3) + 0.1672 * len(words) / len(found)
            + 0.1297 * share(lambda w: len(w) > 6) - 0.0327 * share(lambda w: syllables(w) == 1) - 0.875)


@pytest.fixture(scope="module")
def answers():
    """[(domain, kind, level, text)] of real German answers."""
    found = []
    for name in ("credit", "heart", "grades"):
        workspace = open_workspace(name, "de")
        domain = workspace.domain
        number = next(f for f in domain.features.values() if f.type == "number" and not f.immutable)
        for case in list(domain.cases.index[:4]):
            for kind in ("prediction", "likelihood", "why", "role", "counterfactual", "similar", "show", "label"):
                target = {"target": {"at_least": 19}} if kind == "counterfactual" and domain.regression else {}
                options = {"features": [number.name]} if kind == "role" else target
                found += told(kind, options, Query(subject=Subject(case=case), asks=(Ask(kind, options),)), workspace)
            found += told("prediction", {}, Query(subject=Subject(case=case), asks=(Ask("prediction"),),
                                                  changes=(Change(number.name, "times", 0.5),)), workspace)
        for kind in ("data", "performance", "importance", "model", "statistic"):
            found += told(kind, {}, Query(subject=Subject(everyone=True), asks=(Ask(kind),)), workspace)
    return found


def told(kind, options, query, workspace):
    evidence = explain(query, workspace)[0]
    domain, ask = workspace.domain, Ask(kind, options)
    return [(domain.name, kind, level, say(evidence, domain, level, ask=ask, turn=turn)[0].text)
            for level in LEVELS for turn in ((1, 2) if level == "plain" else (1,))]


def test_plain_answers_are_easy_to_read(answers):
    plain = [(name, kind, text) for name, kind, level, text in answers if level == "plain"]
    assert len(plain) >= 200
    hard = [(round(grade(text), 1), kind, text) for _, kind, text in plain if grade(text) > 8]
    assert not hard, (len(hard), hard[:4])
    long = [text for *_, text in plain if sum(map(len, sentences(text))) / len(sentences(text)) > 20]
    assert not long, long[:2]


def test_no_english_words_are_left(answers):
    left = [(kind, ENGLISH.findall(text.split("Quelle:")[0]), text) for _, kind, level, text in answers
            if level != "expert" and ENGLISH.search(text.split("Quelle:")[0])]
    assert not left, left[:3]


def test_numbers_are_written_as_in_german(answers):
    """A point only groups thousands: never one or two digits behind it, unless the sentence ends there."""
    texts = [text for _, _, level, text in answers if level != "expert"]
    versions = r"Quelle:.*|Art:.*"
    assert not [text for text in texts if re.search(r"\d\.\d{1,2}(?!\d)", re.sub(versions, "", text))]
    assert any(GROUPED.search(text) for text in texts) and any(re.search(r"\d,\d", text) for text in texts)


@pytest.mark.parametrize("sort", SORTS)
def test_each_level_tells_all_that_the_one_below_tells(sort, domains):
    for name, evidence in scenarios(domains[sort]):
        for repeated in (False, True):
            plain, practitioner, expert = (
                places(say(evidence, domains[sort], level, repeated=repeated)[1]) for level in LEVELS)
            assert plain <= practitioner, (name, sorted(plain - practitioner))
            assert practitioner <= expert, (name, sorted(practitioner - expert))


@pytest.mark.parametrize("sort", SORTS)
def test_german_tells_the_facts_that_english_tells(sort, domains):
    for name, evidence in scenarios(domains[sort]):
        for level in LEVELS:
            query = Query(subject=Subject(case="3"), asks=(Ask(evidence.kind),))
            memory = Memory(case="3", level=level)
            english = phrase_traced(Question("?", level=level), query, (evidence,), domains[sort], memory)[1]
            assert places(say(evidence, domains[sort], level)[1]) == places(english), (name, level)
