"""Plain answers of every kind on other domains than credit, in both languages: easy to read by the formula of each language."""
import pytest

from dialogue.operations import operations
from dialogue.phrasing import phrase
from dialogue.types import Memory, Question
from explainers.explain import explain, methods
from explainers.types import Ask, Change, Query, Subject
from explainers.workspace import open_workspace
from tests.dialogue.phrasing import readability
from tests.dialogue.phrasing import test_german_answers as german

DOMAINS, CODES = ("heart", "grades"), ("en", "de")
CASES = 7
COSTLY = ("counterfactual", "robustness", "influence", "letter", "keep", "boundary", "anchor", "method")     # for one case each
GRADE = {"en": readability.grade, "de": german.grade}
PARTED = {"en": readability.sentences, "de": german.sentences}


def queries(domain):
    numbers = [name for name, f in domain.features.items() if f.type == "number"][:2]
    goal = {"target": {"at_least": float(domain.target.mean()) + 2}} if domain.regression else {}
    for kind in methods():
        module = operations().get(kind)
        if module is None or domain.regression and getattr(module, "NEEDS_OUTCOMES", False):
            continue
        options = {"features": numbers[:2 if kind == "boundary" else 1]} if "features" in module.OPTIONS else {}
        options |= goal if kind in ("counterfactual", "threshold", "keep") else {}
        if module.ABOUT != "case":
            yield Query(subject=Subject(everyone=True), asks=(Ask(kind, options),))
            continue
        for case in domain.cases.index[:1 if kind in COSTLY else CASES]:
            yield Query(subject=Subject(case=case), asks=(Ask(kind, options),))
    for case in domain.cases.index[:CASES]:
        yield Query(subject=Subject(case=case), asks=(Ask("prediction"),), changes=(Change(numbers[0], "times", 0.8),))


@pytest.fixture(scope="module")
def answers():
    """[(language, domain, kind, plain text)]; the evidence is worked out once and told in each language, twice."""
    found = []
    for name in DOMAINS:
        space = open_workspace(name)
        for query in queries(space.domain):
            evidence, kind = explain(query, space), query.asks[0].kind
            for code in CODES:
                domain = space.speaking(code).domain
                memory = Memory(case=query.subject.case, language=code)
                for turn in (1, 2):
                    text = phrase(Question("?", code, turn=turn), query, evidence, domain, memory).text
                    found.append((code, name, kind, text))
    return found


@pytest.mark.parametrize("code", CODES)
def test_plain_answers_need_eight_years_of_school_at_most(code, answers):
    texts = [(name, kind, text) for language, name, kind, text in answers if language == code]
    assert len(texts) >= 200
    hard = [(round(GRADE[code](text), 1), name, kind, text) for name, kind, text in texts if GRADE[code](text) > 8]
    assert not hard, ({(name, kind, grade) for grade, name, kind, _ in hard}, hard[0])


@pytest.mark.parametrize("code", CODES)
def test_sentences_of_plain_answers_are_short(code, answers):
    long = {}
    for language, name, kind, text in answers:
        parts = PARTED[code](text)
        mean = sum(map(len, parts)) / len(parts)
        if language == code and mean > 20:
            long[name, kind] = round(mean, 1)
    assert not long
