"""Checks of an explanation: they tell a sound one from a shuffled one."""
from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from explainers.checks import agreement_of, checks_of
from explainers.contributions import attribution_of
from explainers.explain import explain, scene_of
from explainers.shapley.engines import background_for
from explainers.shapley.several import explain_rows
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(500))
    return workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=30, random_state=0)))


def checked(workspace, case, change=lambda values: values):
    scene = scene_of(Query(subject=Subject(case=case)), workspace)
    background = background_for(workspace)
    found = attribution_of(scene, scene.rows, background, "probability")
    return checks_of(scene, replace(found, values=change(found.values)), background,
                     lambda rows: explain_rows(workspace, rows, background, scene.outcome).values)


def test_a_true_explanation_passes_the_deletion_test(workspace):
    better = [checked(workspace, case)["deletion"]["better_than"] for case in workspace.domain.cases.index[:10]]
    assert np.mean(better) > 0.9


def test_a_turned_round_explanation_fails_it(workspace):
    better = [checked(workspace, case, lambda values: -values)["deletion"]["better_than"] for case in workspace.domain.cases.index[:10]]
    assert np.mean(better) < 0.1


def test_agreement_with_itself_is_full_and_with_its_opposite_has_no_sign(workspace):
    values, players = np.array([0.3, -0.2, 0.1, 0.05, 0.01, 0.0]), workspace.domain.players
    same, turned = agreement_of(values, values, players), agreement_of(values, -values, players)
    assert (same["features"], same["signs"], same["ranks"], same["correlation"], same["agree"]) == (1, 1, 1, pytest.approx(1), True)
    assert (turned["features"], turned["signs"], turned["agree"]) == (1, 0, False)


def test_agreement_by_hand(workspace):
    first, second = np.array([0.5, 0.4, -0.3, 0.2, 0.1, 0.0]), np.array([0.4, 0.5, 0.3, 0.0, 0.1, 0.2])
    found = agreement_of(first, second, workspace.domain.players, top=3)
    assert (found["features"], found["signs"], found["ranks"]) == (1, pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_checks_are_made_on_request_and_repeat(workspace):
    query = Query(subject=Subject(case=workspace.domain.cases.index[0]), asks=(Ask("why", {"checks": True}),))
    first, again = (explain(query, workspace)[0].result["checks"] for _ in range(2))
    assert first == again and 0 <= first["stability"]["features"] <= 1
    plain = Query(subject=query.subject, asks=(Ask("why"),))
    assert "checks" not in explain(plain, workspace)[0].result
