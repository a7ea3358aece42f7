"""Long work tells how far it has come, ends where it is told to, keeps nothing half done and gives the same with and without."""
import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from dialogue.phrasing.language import spoken
from dialogue.phrasing.progress import progress_text
from explainers import kept
from explainers.explain import explain
from explainers.loading import from_estimator
from explainers.progress import WORDS, Stopped, steps, tell, watched
from explainers.shapley import blackbox
from explainers.types import Ask, Query, Subject
from explainers.workspace import Workspace
from tests.explainers.toy import domain_of, in_pipeline, table

pytestmark = pytest.mark.filterwarnings("ignore")
SOURCE = Path(kept.__file__).parent
LONG = {"importance": "features", "interactions": "pairs", "robustness": "models", "influence": "models", "anchor": "rules",
        "counterfactual": "ways"}


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    return domain_of(tmp_path_factory.mktemp("toy"), table(seed=5))


def workspace_of(domain, estimator=None, **given):
    model = in_pipeline(estimator or LogisticRegression(max_iter=900), scale=True)
    workspace = Workspace(domain, **given)
    workspace.model = from_estimator(model.fit(domain.train, domain.train_target.astype(int)), domain, "one")
    return workspace


def asked(kind, workspace):
    cases = workspace.domain.cases
    refused = cases.index[workspace.outcomes(cases) == "0"][0]
    subject = Subject(everyone=True) if kind in ("importance", "interactions") else Subject(case=refused)
    return {**explain(Query(subject=subject, asks=(Ask(kind),)), workspace)[0].to_json(), "seconds": 0}


@pytest.mark.parametrize("kind", LONG)
def test_work_is_told_step_by_step_and_gives_the_same_as_without_anybody_waiting(kind, toy):
    told = []
    with watched(lambda *work: told.append(work)):
        found = asked(kind, workspace_of(toy))
    assert found == asked(kind, workspace_of(toy))
    assert LONG[kind] in {what for what, _, _ in told}
    assert all(what in WORDS and done >= 0 and (total is None or done <= total) for what, done, total in told)


@pytest.mark.parametrize("kind", LONG)
def test_work_ends_where_it_is_told_to_and_the_next_question_gets_the_whole_answer(kind, toy):
    workspace, calls = workspace_of(toy), []

    def enough(what, done, total):
        calls.append(what)
        if what == LONG[kind] and done:
            raise Stopped

    with pytest.raises(Stopped), watched(enough):
        asked(kind, workspace)
    assert calls[-1] == LONG[kind]
    assert asked(kind, workspace) == asked(kind, workspace_of(toy))


def test_what_was_stopped_is_not_kept_on_disk(toy, tmp_path, monkeypatch):
    monkeypatch.setenv("BECAUSE_VAR", str(tmp_path))
    monkeypatch.setattr(kept, "QUICK", -1.0)

    def enough(what, done, total):
        if done > 2:
            raise Stopped

    with pytest.raises(Stopped), watched(enough):
        asked("importance", workspace_of(toy, keeps=True))
    assert not list(tmp_path.rglob("*.json"))
    asked("importance", workspace_of(toy, keeps=True))
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_the_rows_that_a_slow_model_is_asked_about_are_counted(toy, monkeypatch):
    monkeypatch.setattr(blackbox, "CHUNK", 400)
    told = []
    with watched(lambda *work: told.append(work)):
        asked("why", workspace_of(toy, KNeighborsClassifier()))
    assert [done for _, done, _ in told] == list(range(0, told[-1][1] + 1, 400)) and len(told) > 2
    assert {what for what, _, _ in told} == {"rows"} and told[-1][1] < told[-1][2]


def test_a_group_explained_case_by_case_counts_cases_not_the_rows_of_each(toy):
    told, ids = [], tuple(toy.cases.index[:5])
    everyone = Query(subject=Subject(everyone=True), asks=(Ask("importance", {"method": "shap"}),))
    with watched(lambda *work: told.append(work)):
        explain(everyone, workspace_of(toy, KNeighborsClassifier()))
    assert {what for what, _, _ in told} == {"cases"}
    assert np.all(np.diff([done for _, done, _ in told]) >= 0) and len(ids) == 5


def test_only_the_outermost_work_is_told_and_inner_work_can_be_stopped():
    told = []
    with watched(lambda *work: told.append(work)):
        for _ in steps("models", range(2)):
            for _ in steps("features", range(2)):
                tell("rows", 1, 2)
        tell("rows", 1, 2)
    assert told == [("models", 0, 2)] * 5 + [("models", 1, 2)] * 5 + [("rows", 1, 2)]


def test_nobody_waiting_means_nothing_is_told():
    assert list(steps("models", range(3))) == [0, 1, 2]
    tell("rows", 1, 2)


@pytest.mark.parametrize("code", spoken())
def test_every_kind_of_work_has_its_words_in_every_language(code):
    named = re.compile(r'(?:steps|tell|in_parallel)\([^\n]*?"([a-z_]+)"')
    used = {word for file in SOURCE.rglob("*.py") for word in named.findall(file.read_text("utf-8"))}
    assert used <= set(WORDS)
    for what in WORDS:
        text = progress_text(what, 1200, 240_000, code)
        assert re.search(r"1.200", text) and "{" not in text
        assert ("240" in text) or what in ("rules", "ways")
