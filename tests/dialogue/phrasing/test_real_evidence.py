"""Every kind that an explainer produces, on small domains of three sorts, with real models: the same rules hold."""
import re

import pytest

from dialogue.operations import operations
from dialogue.phrasing import phrase_traced
from dialogue.types import LEVELS, Memory, Question
from explainers.explain import explain, methods
from explainers.types import Ask, Change, Query, Subject
from tests.dialogue.phrasing.test_every_kind_renders import problems
from tests.dialogue.phrasing.test_truth import FIXED, NUMBER, at, evidence_places
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

SORTS = {"two outcomes": 2, "three outcomes": 3, "regression": 0}
OPTIONS = {"features": ["amount"]}


def estimator(outcomes):
    from sklearn.linear_model import LinearRegression, LogisticRegression
    return in_pipeline(LogisticRegression(max_iter=500) if outcomes else LinearRegression(), scale=True)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """[(sort, domain, Query, Evidence)] for every kind, about a case, a group and a what-if."""
    found = []
    for sort, outcomes in SORTS.items():
        workspace = workspace_of(domain_of(tmp_path_factory.mktemp("toy") / "toy", table(outcomes=outcomes), outcomes),
                                 estimator(outcomes))
        for query in queries(workspace.domain):
            found += [(sort, workspace.domain, query, evidence) for evidence in explain(query, workspace)]
    return found


def queries(domain):
    case = domain.cases.index[0]
    group = Subject(where={"and": [{"feature": "age", "is": "<", "value": 60},
                    {"feature": "owner", "is": "=", "value": True}]})
    for kind in methods():
        if kind not in operations():
            continue
        options = {name: value for name, value in OPTIONS.items() if name in operations()[kind].OPTIONS}
        if kind in ("counterfactual", "threshold", "keep") and domain.regression:
            options["target"] = {"at_least": float(domain.target.mean()) + 8}
        about = [Subject(case=case)] if operations()[kind].ABOUT == "case" else [Subject(everyone=True)]
        about += [group] if kind in ("prediction", "why", "role", "show", "count",
                                     "label", "statistic", "performance") else []
        for subject in about:
            yield Query(subject=subject, asks=(Ask(kind, options),))
    yield Query(subject=Subject(case=case), changes=(Change("amount", "times", 2), Change("job", "to", "pilot")),
                asks=(Ask("prediction"),))
    yield Query(subject=Subject(case=case), asks=(Ask("role", {"features": ["age", "kind"]}),))
    yield Query(subject=Subject(case=case), asks=(Ask("keep"),))
    yield Query(subject=Subject(case=case), asks=(Ask("threshold", {"features": ["amount"]}),))
    for ask in (Ask("why", {"method": "lime"}), Ask("why", {"checks": True}), Ask("method", {"of": ["why"]}),
                Ask("why", {"foil": {"feature": "job", "is": "=", "value": "pilot"}})):
        yield Query(subject=Subject(case=case), asks=(ask,))
    yield Query(subject=Subject(new={"age": 30, "amount": 900, "job": "nurse", "grade": 2, "owner": True,
                                     "kindA": False, "kindB": True}), asks=(Ask("why"),))


def said(query, evidence, domain, level):
    return phrase_traced(Question("?", level=level), query, (evidence,), domain, Memory(case=domain.cases.index[0]))


def test_every_kind_with_an_explainer_has_words(found):
    assert {evidence.kind for *_, evidence in found} >= set(methods()) & set(operations())


def test_texts_are_whole(found):
    for sort, domain, query, evidence in found:
        for level in LEVELS:
            answer, _ = said(query, evidence, domain, level)
            assert answer.status == "understood"
            for text in (answer.text, answer.worked_out, *answer.warnings, *answer.suggestions):
                assert not problems(text), (sort, evidence.kind, level, problems(text), text)
            for figure in answer.figures:
                assert figure.title and figure.svg and figure.table["rows"], (sort, evidence.kind)


def test_numbers_come_from_the_evidence(found):
    for sort, domain, query, evidence in found:
        root = {"evidence": [evidence.to_json()]}
        for level in LEVELS:
            answer, trace = said(query, evidence, domain, level)
            spoken = {number for entry in trace if entry.places for number in NUMBER.findall(entry.text)} | FIXED
            strange = [number for number in NUMBER.findall(answer.text) if number not in spoken]
            assert not strange, (sort, evidence.kind, level, strange, answer.text)
            for entry in trace:
                for place in evidence_places(entry):
                    at(root, place)


def test_each_level_tells_all_that_the_one_below_tells(found):
    for sort, domain, query, evidence in found:
        told = [{place for entry in said(query, evidence, domain, level)[1]
                                         for place in evidence_places(entry)} for level in LEVELS]
        assert told[0] <= told[1] <= told[2], (sort, evidence.kind, sorted(
            told[0] - told[1]), sorted(told[1] - told[2]))


def test_a_regression_is_told_without_outcomes(found):
    for sort, domain, query, evidence in found:
        if sort == "regression":
            text = said(query, evidence, domain, "plain")[0].text
            assert not re.search(r"\b(score|outcome|approv|reject)", text), (evidence.kind, text)
