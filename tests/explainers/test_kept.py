"""Results kept on disk: the same evidence for the next process, never that of another model or data, never a broken file's."""
import json

import numpy as np
import pytest

from explainers import kept
from explainers.explain import explain
from explainers.loading import from_estimator
from explainers.types import Ask, Query, Subject
from explainers.workspace import Workspace
from sklearn.linear_model import LogisticRegression
from tests.explainers.toy import domain_of, in_pipeline, table

pytestmark = pytest.mark.filterwarnings("ignore")
EVERYONE = Query(subject=Subject(everyone=True), asks=(Ask("importance"), Ask("effect", {"features": ["age"]})))


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("BECAUSE_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(kept, "QUICK", -1.0)
    return tmp_path / "var" / "results"


def workspace_at(folder, digest="one", keeps=True, seed=5):
    domain = domain_of(folder / "toy", table(seed=seed))
    model = in_pipeline(LogisticRegression(max_iter=900), scale=True).fit(domain.train, domain.train_target.astype(int))
    workspace = Workspace(domain, keeps=keeps)
    workspace.model = from_estimator(model, domain, digest)
    return workspace


def evidence(workspace):
    return [{**each.to_json(), "seconds": 0} for each in explain(EVERYONE, workspace)]


def no_work(*_):
    raise AssertionError("worked out again")


def test_the_next_process_takes_up_the_same_evidence_without_the_work(place, tmp_path, monkeypatch):
    first = evidence(workspace_at(tmp_path))
    assert first == evidence(workspace_at(tmp_path, keeps=False))
    monkeypatch.setattr("explainers.importance.importance_of", no_work)
    monkeypatch.setattr("explainers.effect.curve", no_work)
    assert evidence(workspace_at(tmp_path)) == first
    assert len(list(place.glob("*.json"))) == 2


@pytest.mark.parametrize("change", [{"digest": "two"}, {"seed": 6}])
def test_another_model_or_other_data_are_worked_out_anew(change, place, tmp_path):
    evidence(workspace_at(tmp_path))
    other = evidence(workspace_at(tmp_path, **change))
    assert len(list(place.glob("*.json"))) == 4
    assert other == evidence(workspace_at(tmp_path, keeps=False, **change))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"about": "something else", "result": {"features": []}}', "\x00\xff"])
def test_a_broken_file_is_worked_out_anew_and_mended(text, place, tmp_path):
    first = evidence(workspace_at(tmp_path))
    for file in place.glob("*.json"):
        file.write_text(text, encoding="utf-8")
    assert evidence(workspace_at(tmp_path)) == first
    assert all("about" in json.loads(file.read_text(encoding="utf-8")) for file in place.glob("*.json"))


def test_where_nothing_can_be_written_the_answer_is_the_same(place, tmp_path):
    place.parent.mkdir()
    place.write_text("no folder", encoding="utf-8")
    assert evidence(workspace_at(tmp_path)) == evidence(workspace_at(tmp_path, keeps=False))


def test_the_oldest_results_go_where_there_are_too_many(place, tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "LARGEST", 3000)
    workspace = workspace_at(tmp_path)
    for number in range(10):
        workspace.kept(("text", number), lambda: ["x" * 700])
    assert 1 <= sum(file.stat().st_size for file in place.glob("*.json")) <= 3000


def test_what_is_quick_is_not_kept(place, tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "QUICK", 60.0)
    assert workspace_at(tmp_path).kept(("number",), lambda: np.float64(1.5)) == 1.5
    assert not place.exists()


@pytest.mark.parametrize("subject, kind, work", [
    (Subject(everyone=True), "why", "explainers.contributions.group"),
    (Subject(case="1"), "robustness", "explainers.refits.fitted")])
def test_why_of_a_group_and_models_fitted_again_are_taken_up_by_the_next_process(subject, kind, work, place, tmp_path, monkeypatch):
    def asked(workspace):
        about = subject if subject.everyone else Subject(case=workspace.domain.cases.index[0])
        return {**explain(Query(subject=about, asks=(Ask(kind),)), workspace)[0].to_json(), "seconds": 0}

    first = asked(workspace_at(tmp_path))
    assert first == asked(workspace_at(tmp_path, keeps=False))
    monkeypatch.setattr(work, no_work)
    assert asked(workspace_at(tmp_path)) == first
    with pytest.raises(AssertionError, match="again"):
        asked(workspace_at(tmp_path, digest="two"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "folder" / "kept.json"
    with kept.whole(path) as fresh:
        fresh.write_text("first", encoding="utf-8")
    with pytest.raises(ValueError), kept.whole(path) as fresh:
        fresh.write_text("half", encoding="utf-8")
        raise ValueError
    assert path.read_text(encoding="utf-8") == "first" and list(path.parent.iterdir()) == [path]
