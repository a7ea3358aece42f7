"""explain: a line a case, and the cost of recourse by group."""
import json

import numpy as np
import pytest

from app.cli import main
from explainers.workspace import open_workspace


@pytest.fixture(scope="module")
def work():
    return open_workspace("credit")


@pytest.fixture
def explain(tmp_path, capsys):
    """explain("--rows", ...) -> (exit code, entries of the file, summary, text of stderr)."""
    def start(*arguments, out=tmp_path / "out.jsonl"):
        code = main(["explain", "--domain", "credit", "--out", str(out), *map(str, arguments)])
        printed, err = capsys.readouterr()
        entries = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.is_file() else []
        return code, entries, json.loads(printed) if printed else None, err
    return start


@pytest.fixture
def few(work, tmp_path):
    """A file of some refused and some accepted cases, and their ids."""
    outcomes = work.outcomes(work.domain.cases)
    ids = [*work.domain.cases.index[outcomes == "0"][:8], *work.domain.cases.index[outcomes == "1"][:2]]
    path = tmp_path / "rows.csv"
    path.write_text(work.domain.cases.loc[ids].to_csv(index=False), encoding="utf-8")
    return path, ids


def test_each_row_gets_its_outcome_reasons_that_add_up_and_options_that_turn_it(explain, few, work):
    path, ids = few
    code, entries, summary, err = explain("--rows", path)
    assert code == 0 and [entry["case"] for entry in entries] == [str(place) for place in range(10)]
    predicted = work.model.predict(work.domain.cases.loc[ids])
    for entry, scores in zip(entries, predicted):
        assert entry["probabilities"] == pytest.approx(dict(zip(work.model.classes, scores)))
        why = entry["why"]
        total = why["baseline"] + sum(c["contribution"] for c in why["contributions"])
        assert total == pytest.approx(why["value"]) == entry["probabilities"][why["outcome"]]
        if entry["outcome"] == "1":
            assert entry["options"] == [] and entry["none_because"]["code"] == "reached_already"
        else:
            assert set(work.outcomes(work.domain.rows([option["row"] for option in entry["options"]]))) == {"1"}
    assert "10 of 10" in err


def test_the_summary_gives_the_cost_of_recourse_for_each_group_of_each_sensitive_feature(explain, few, work):
    path, ids = few
    _, entries, summary, _ = explain("--rows", path)
    assert (summary["cases"], summary["unfavourable"]) == (10, 8)
    assert [part["feature"] for part in summary["recourse"]] == ["personal_status_sex", "age", "foreign_worker"]
    column = work.domain.cases.loc[ids, "personal_status_sex"].tolist()
    groups = {group["group"]: group for group in summary["recourse"][0]["groups"]}
    assert set(groups) == {str(value) for value in column}
    for name, group in groups.items():
        own = [entry for entry, value in zip(entries, column) if str(value) == name and entry["outcome"] == "0"]
        costs = [entry["options"][0]["cost"] for entry in own if entry["options"]]
        assert group["refused"] == group["asked"] == len(own) and group["found"] == len(costs)
        assert group["without"]["count"] == len(own) - len(costs)
        assert group["label"] == work.domain.features["personal_status_sex"].values[name]
        if costs:
            assert group["cost"]["median"] == pytest.approx(np.median(costs))


def test_a_place_that_cannot_be_written_to_is_one_clear_line(explain, few, tmp_path):
    code, entries, summary, err = explain("--rows", few[0], out=tmp_path / "no" / "out.jsonl")
    assert code == 2 and not entries and summary is None and "cannot be written" in err.splitlines()[-1]


def test_the_cost_by_group_is_also_told_as_a_table_in_the_order_of_the_groups(explain, few):
    _, _, summary, err = explain("--rows", few[0])
    for part in summary["recourse"]:
        assert f"{part['label']}: cost of the cheapest way" in err
        for group in part["groups"]:
            line = next(line for line in err.splitlines() if line.startswith(f"  {group['label']}: {group['refused']} of {group['size']}"))
            assert group["cost"] is None or f"median {group['cost']['median']:.2f}" in line
            assert group["cost"] is None or group["cost"]["low"] is None or group["cost"]["low"] >= 0
    ages = [group["group"].split(" to ") for part in summary["recourse"] if part["feature"] == "age" for group in part["groups"]]
    assert ages == sorted(ages, key=lambda ends: float(ends[0])) and len(ages) > 1
