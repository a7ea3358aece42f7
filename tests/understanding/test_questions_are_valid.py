"""The evaluation questions themselves: each can be read, is meant for an existing domain, and there are enough."""
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

import dialogue
from explainers.conditions import COMPARE
from explainers.domain import DATA, load_domain
from explainers.types import Query
from tests.understanding.comparison import judge, walk

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))
STYLES = {"plain", "lay", "typo", "multi", "conversation", "refuse", "analyst"}
KINDS = set("""
    prediction likelihood why role path counterfactual threshold keep similar influence anchor
    importance effect interactions rules model performance mistakes fairness robustness boundary
    show count statistic data define label
    contest correct human_review rights letter
    help about term method more again revise level language greet thanks bye""".split())
OPTIONS = {
    "why": {"foil", "method", "top"}, "importance": {"features", "top"}, "performance": {"metric"},
    "mistakes": {"style"}, "term": {"term"}, "level": {"to"}, "language": {"to"},
    "threshold": {"features", "direction", "target"},
    "counterfactual": {"target", "only", "without", "at_most", "limits", "like", "unlike"}, "revise": {"drop", "put"},
    **{kind: {"features"} for kind in ("role", "effect", "interactions", "fairness", "boundary", "statistic", "define",
                                       "keep", "robustness", "contest", "correct")}}
METRICS = {"accuracy", "precision", "recall", "f1", "roc", "sensitivity", "specificity", "ppv", "npv", "r2", "mae",
           "rmse", "calibration"}
WANTED = {"lay": 150, "multi": 100, "conversation": 100, "refuse": 80, "plain": 200, "analyst": 40}


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read():
    """(file name, entry) of every question."""
    return [(path.name, entry) for path in FILES for entry in load(path)]


ENTRIES = read()


def name(entry):
    return " / ".join(turn["text"] for turn in entry["turns"]) if "turns" in entry else entry["text"]


def turns(entry):
    return entry["turns"] if "turns" in entry else [entry]


def queries(entry):
    """Gold and accepted queries, those inside choices as well."""
    for turn in turns(entry):
        for query in [turn["query"], *turn.get("accept", ())]:
            yield query
            for choice in query.get("choices", ()):
                yield choice["query"]


@lru_cache
def domain(wanted):
    own = HERE / "domains" / wanted
    return load_domain(own if own.is_dir() else DATA / wanted)


@pytest.mark.parametrize("file", [path.name for path in FILES])
def test_every_entry_has_exactly_the_documented_fields(file):
    for found, entry in ENTRIES:
        if found == file:
            talk = "turns" in entry
            needed = {"domain", "style", "half"} | ({"turns"} if talk else {"text", "query"})
            assert needed <= set(entry) <= needed | ({"accept"} if not talk else set()), entry
            assert entry["style"] in STYLES and entry["half"] in ("tune", "held"), entry
            assert not talk or (entry["style"] == "conversation" and 2 <= len(entry["turns"]) <= 5), entry
            for turn in turns(entry):
                assert isinstance(turn["text"], str), entry
                assert talk <= (set(turn) <= {"text", "query", "accept", "options"}), turn


@pytest.mark.parametrize("file", [path.name for path in FILES])
def test_every_query_can_be_read_and_stays_the_same(file):
    for found, entry in ENTRIES:
        for query in queries(entry) if found == file else ():
            written = {key: value for key, value in Query.from_json(query).to_json().items() if value}
            written.pop("confidence")
            assert written == {"status": "understood", **{k: plain(v) for k, v in query.items()}}, entry


def plain(value):
    """A part of a query as `to_json` writes it: choices with all their fields."""
    if isinstance(value, list) and value and "query" in value[0]:
        return [{"text": choice["text"], "query": Query.from_json(choice["query"]).to_json()} for choice in value]
    return value


@pytest.mark.parametrize("file", [path.name for path in FILES])
def test_features_values_outcomes_and_cases_exist_in_the_domain(file):
    for found, entry in ENTRIES:
        for query in queries(entry) if found == file else ():
            try:
                check(Query.from_json(query), domain(entry["domain"]))
            except Exception as error:
                raise AssertionError(f"{name(entry)}: {query}: {error!r}") from error


def check(query, known):
    subject = query.subject
    if subject.case is not None:
        assert subject.case in known.frame.index, f"no case {subject.case}"
    for feature, value in (subject.new or {}).items():
        assert known.feature(feature).read(value) is not None
    if subject.where is not None:
        check_condition(subject.where, known)
    for change in query.changes:
        feature = known.feature(change.feature)
        assert change.how == "to" or (feature.type == "number" and isinstance(change.value, (int, float))), change
        if change.how == "to":
            feature.read(change.value)
    for ask in query.asks:
        assert ask.kind in KINDS, ask
        assert set(ask.options) <= OPTIONS.get(ask.kind, set()), ask
        for option in ("features", "only", "without"):
            assert all(f == known.file.target or known.feature(f) for f in ask.options.get(option, ())), ask
        assert ask.get("foil") is None or ask.get("foil") in known.outcomes, ask
        assert ask.get("metric") is None or ask.get("metric") in METRICS, ask
        assert ask.get("style") in (None, "typical", "count", "sample"), ask
        assert ask.get("direction") in (None, "max", "min"), ask
        assert (ask.get("target") or {}).get("outcome") in (None, *known.outcomes), ask
        for limit in ask.get("limits") or ():
            check_condition(limit, known)


def check_condition(condition, known):
    (key, parts), *rest = condition.items()
    if key in ("and", "or"):
        assert not rest and len(parts) > 1
        for part in parts:
            check_condition(part, known)
    elif key == "not":
        check_condition(parts, known)
    elif key in ("prediction", "label"):
        assert not rest and parts in known.outcomes, condition
    else:
        assert set(condition) == {"feature", "is", "value"} and condition["is"] in COMPARE, condition
        known.feature(condition["feature"]).read(condition["value"])


@pytest.mark.parametrize("file", [path.name for path in FILES])
def test_a_query_as_written_is_judged_right(file):
    for found, entry in ENTRIES:
        for turn, memory in walk(entry, domain(entry["domain"])) if found == file else ():
            for query in (turn["query"], *turn.get("accept", ())):
                verdict = judge(Query.from_json(query), turn, memory, domain(entry["domain"]))
                assert verdict.kind and verdict.full and not verdict.false_answer, (name(entry), query)


def test_no_question_occurs_twice_in_a_domain():
    seen = Counter((entry["domain"], name(entry).lower().strip()) for _, entry in ENTRIES)
    assert [key for key, times in seen.items() if times > 1] == []


def test_hardly_any_question_is_a_training_example():
    bare = lambda text: " ".join(re.findall(r"\w+", text.lower()))
    examples = {bare(text) for path in (Path(dialogue.__file__).parent / "languages" / "en" / "examples").glob("*.yaml")
                for entry in load(path) for text in entry["texts"] if isinstance(text, str)}
    # Follow-ups of one or two words ("why?") cannot but coincide; what counts there is the conversation.
    mine = {bare(entry["text"]) for _, entry in ENTRIES if "text" in entry} - {""}
    # Short everyday questions are written by everybody; more of them would make the figures look better than they are.
    assert len(mine & examples) <= 0.02 * len(mine), sorted(mine & examples)


def test_there_are_enough_questions_of_every_style():
    counts = Counter(entry["style"] for _, entry in ENTRIES)
    assert len(ENTRIES) >= 700
    assert {style: counts[style] for style, least in WANTED.items() if counts[style] < least} == {}


def test_every_kind_is_asked_at_least_eight_times():
    counts = Counter(ask["kind"] for _, entry in ENTRIES for turn in turns(entry)
                     for ask in turn["query"].get("asks", ()))
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < 8} == {}


def test_the_halves_are_alike():
    for style in STYLES - {"typo"}:
        held = [entry["half"] == "held" for _, entry in ENTRIES if entry["style"] == style]
        assert 0.45 <= sum(held) / len(held) <= 0.55, style


def test_what_is_refused_asks_nothing_and_a_choice_offers_two_or_three_readings():
    for _, entry in ENTRIES:
        for turn in turns(entry):
            query = turn["query"]
            if query.get("status") in ("unclear", "unsupported"):
                assert not query.get("asks"), entry
            if query.get("status") == "choose":
                assert 2 <= len(query["choices"]) <= 3 and not query.get("asks"), entry
