"""The example questions: readable, complete over the kinds, valid as Queries, and without contradictions."""
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from explainers.conditions import COMPARE
from explainers.types import Query

FOLDER = Path(__file__).parents[2] / "dialogue" / "languages" / "en" / "examples"
FILES = sorted(FOLDER.glob("*.yaml"))
KINDS = set("""prediction likelihood why role path counterfactual threshold keep similar influence anchor
    importance effect interactions rules model performance mistakes fairness robustness boundary
    show count statistic data define label contest correct human_review rights letter
    help about term method more again revise level language""".split())
SOCIAL = {"greet", "thanks", "bye"}
OTHERS = {"_several", "_followups", "unclear", "refused"}
OPTIONS = {
    "why": {"foil", "method", "top"}, "role": {"features"}, "threshold": {"features", "direction"},
    "keep": {"features"}, "importance": {"features", "top"}, "effect": {"features"}, "boundary": {"features"},
    "interactions": {"features"}, "fairness": {"features"}, "statistic": {"features"}, "define": {"features"},
    "correct": {"features"}, "performance": {"metric"}, "mistakes": {"style"}, "term": {"term"}, "level": {"to"}, "language": {"to"},
    "counterfactual": {"target", "only", "without", "at_most", "limits", "like", "unlike"}, "revise": {"drop", "put"},
}
ALLOWED = {"metric": {"accuracy", "precision", "recall", "f1", "roc", "sensitivity", "specificity", "ppv", "npv"},
           "style": {"typical", "sample", "count"}, "direction": {"min", "max"}}
# What a slot is filled with: in a text, and in its query.
SLOTS = {
    "id": ("12", "12"), "feature": ("loan amount", "LoanAmount"), "other": ("age", "Age"),
    "amount": ("loan duration", "LoanDuration"), "n": ("24", 24), "category": ("housing", "Housing"),
    "value": ("rented", 2), "flag": ("foreign worker", "ForeignWorker"), "good": ("good risk", "1"),
    "bad": ("bad risk", "0"), "outcome": ("bad risk", "0"), "cases": ("applicants", None), "one": ("applicant", None),
}
SLOT = re.compile(r"\{(\w+)\}")


@lru_cache
def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def slots(part):
    """Names of the slots anywhere in a text or a query."""
    if isinstance(part, dict):
        return slots(list(part)) | slots(list(part.values()))
    if isinstance(part, list):
        return set().union(*map(slots, part))
    return set(SLOT.findall(part)) if isinstance(part, str) else set()


def filled(part):
    """A query with every slot, which always is a whole string, replaced by its value."""
    if isinstance(part, dict):
        return {filled(key): filled(value) for key, value in part.items()}
    if isinstance(part, list):
        return [filled(item) for item in part]
    slot = SLOT.fullmatch(part) if isinstance(part, str) else None
    return SLOTS[slot[1]][1] if slot else part


def conditions(condition):
    """Each simple condition of a tree; an unknown form is an error."""
    (join,) = condition if len(condition) == 1 else ("feature",)
    if join in ("and", "or"):
        assert len(condition[join]) > 1
        return [simple for part in condition[join] for simple in conditions(part)]
    return conditions(condition["not"]) if join == "not" else [condition]


def test_there_is_a_file_for_each_kind_and_no_other():
    assert {path.stem for path in FILES} == KINDS | SOCIAL | OTHERS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_are_many_and_spelt_with_known_slots(path):
    entries = read(path)
    texts = [text for entry in entries for text in entry["texts"]]
    assert all(set(entry) == {"query", "texts"} for entry in entries)
    assert len(texts) >= (20 if path.stem in SOCIAL else 40)
    assert all(isinstance(text, str) and text.strip() == text != "" for text in texts)
    assert slots(texts) <= set(SLOTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_slot_of_a_query_can_be_read_from_each_of_its_texts(path):
    for entry in read(path):
        needed = slots(entry["query"])
        for text in entry["texts"]:
            missing = needed - slots(text)
            assert missing <= ({"category"} if "value" in slots(text) else set()), (text, missing)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_queries_are_valid_when_filled(path):
    for entry in read(path):
        query = Query.from_json(filled(entry["query"]))
        assert (query.status == "understood") == bool(query.asks) or path.stem in SOCIAL, entry["query"]
        if path.stem in KINDS | SOCIAL:
            assert [ask.kind for ask in query.asks] == [path.stem]
        for ask in query.asks:
            assert ask.kind in KINDS | SOCIAL
            assert set(ask.options) <= OPTIONS.get(ask.kind, set()), entry["query"]
            assert all(value in ALLOWED.get(name, {value}) for name, value in ask.options.items()
                       if isinstance(value, str)), entry["query"]
        limits = [limit for ask in query.asks for limit in ask.options.get("limits", [])]
        for tree in [query.subject.where, *limits]:
            for simple in conditions(tree) if tree else []:
                assert set(simple) in ({"prediction"}, {"label"}, {"feature", "is", "value"})
                assert simple.get("is", "=") in COMPARE


def test_no_text_stands_under_two_queries_or_twice():
    texts = Counter(text.lower().strip(" .?!") for path in FILES for entry in read(path) for text in entry["texts"])
    assert [text for text, times in texts.items() if times > 1 and text] == []
