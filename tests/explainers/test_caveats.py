"""Near the boundary, out of range, unlike the data, missing: each when it should be said, and only then."""
import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from explainers.distance import Gower
from explainers.explain import scene_of
from explainers.caveats import caveats_of
from explainers.types import Change, Query, Subject
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(500))
    return workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=30, random_state=0)))


def found(workspace, case, *changes):
    scene = scene_of(Query(subject=Subject(case=case), changes=tuple(changes)), workspace)
    return {caveat["code"]: caveat for caveat in caveats_of(scene)}


def test_a_score_within_five_points_of_the_threshold_is_a_close_call(workspace):
    cases = workspace.domain.cases
    scores = workspace.model.score(cases, "1")
    for case, score in zip(cases.index, scores):
        caveat = found(workspace, case).get("near_boundary")
        assert (caveat is not None) == (abs(score - 0.5) <= 0.05)
        if caveat:
            assert caveat["distance"] == pytest.approx(abs(score - 0.5))


def test_a_number_beyond_all_training_rows_is_out_of_range(workspace):
    case = workspace.domain.cases.index[0]
    top = int(workspace.domain.train["age"].max())
    assert "out_of_range" not in found(workspace, case, Change("age", "to", top))
    caveat = found(workspace, case, Change("age", "to", top + 1))["out_of_range"]
    assert (caveat["feature"], caveat["value"], caveat["high"]) == ("age", top + 1, top)


def test_about_one_in_twenty_cases_is_unlike_the_data(workspace):
    unlike = [case for case in workspace.domain.cases.index if "unlike_data" in found(workspace, case)]
    assert len(unlike) <= 0.15 * len(workspace.domain.cases)


def test_a_missing_value_is_said_where_it_is_unusual(workspace):
    row = {"age": 40, "amount": None, "job": "nurse", "grade": 2, "owner": True, "kindA": False, "kindB": False}
    scene = scene_of(Query(subject=Subject(new=row)), workspace)
    assert [caveat["feature"] for caveat in caveats_of(scene) if caveat["code"] == "missing_value"] == ["amount"]
    assert "out_of_range" not in {caveat["code"] for caveat in caveats_of(scene)}


def test_distances_are_those_of_gower_by_hand(workspace):
    domain = workspace.domain
    gower = Gower(domain)
    row, other = domain.cases.iloc[[0]], domain.train.iloc[5]
    spans = {name: domain.train[name].max() - domain.train[name].min() for name in ("age", "amount")}
    by_hand = [abs(row[name].iloc[0] - other[name]) / spans[name] if name in spans else float(row[name].iloc[0] != other[name])
               for name in domain.features]
    assert gower.parts(row).mean(axis=1)[5] == pytest.approx(np.mean(by_hand))


def test_missing_values_are_apart_from_all_but_missing_ones(workspace):
    domain = workspace.domain
    gower = Gower(domain)
    row = domain.cases.iloc[[0]].astype({"age": float}).assign(age=np.nan, job=np.nan)
    parts = pd.DataFrame(gower.parts(row), columns=gower.columns)
    assert (parts[["age", "job"]] == 1).all().all()


def test_a_row_is_not_its_own_neighbour(workspace):
    gower = Gower(workspace.domain)
    near, _ = gower.nearest(workspace.domain.train.iloc[[3]], 1)
    parts = gower.parts(workspace.domain.train.iloc[[3]]).mean(axis=1)
    assert near == pytest.approx(np.delete(parts, 3).min())
