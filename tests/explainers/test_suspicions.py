"""Doubts about data: each planted fault is found by its code, and sound data raise none."""

import numpy as np
import pandas as pd
import yaml

from explainers.domain import load_domain
from explainers.suspicions import suspicions


def doubts(tmp_path, rows, **file):
    rows.to_csv(tmp_path / "rows.csv", index=False)
    (tmp_path / "domain.yaml").write_text(yaml.safe_dump({"data": "rows.csv", "target": "y", **file}))
    return {(doubt["code"], doubt.get("feature", doubt.get("outcome"))) for doubt in suspicions(load_domain(tmp_path))}


def sound(count=300):
    random = np.random.default_rng(2)
    rows = pd.DataFrame(
        {"age": random.integers(18, 80, count), "job": random.choice(list("abc"), count), "size": random.normal(size=count)}
    )
    return rows.assign(y=((rows["age"] + random.normal(0, 20, count)) > 50).astype(int))


def test_sound_data_raise_no_doubt(tmp_path):
    assert doubts(tmp_path, sound()) == set()


def test_planted_faults_are_found(tmp_path):
    rows = sound()
    number = np.arange(len(rows))
    rows = rows.assign(
        after=rows["y"] * 100 + number % 90,
        copy=rows["y"].map({0: "no loan", 1: "loan"}),
        key=number,
        name=[f"person {n}" for n in number],
        same=7,
        twin=rows["job"].map({"a": "x", "b": "y", "c": "z"}),
        holes=rows["size"].where(number % 3 == 0),
        place=[f"p{n % 80}" for n in number],
        dirty=[str(n % 40) if n % 50 else "unknown" for n in number],
    )
    assert doubts(tmp_path, rows) == {
        ("copy_of_target", "after"),
        ("copy_of_target", "copy"),
        ("like_an_id", "key"),
        ("like_an_id", "name"),
        ("same_everywhere", "same"),
        ("same_as_other", "twin"),
        ("mostly_missing", "holes"),
        ("near_copy", "holes"),
        ("many_categories", "place"),
        ("numbers_in_words", "dirty"),
    }


def test_few_rows_and_a_rare_outcome_are_told(tmp_path):
    rows = sound(60).assign(y=[1] * 5 + [0] * 55)
    assert ("few_rows", None) in doubts(tmp_path, rows) and ("few_of_outcome", "1") in doubts(tmp_path, rows)


def test_a_number_that_orders_a_number_to_predict_is_a_doubt(tmp_path):
    rows = sound().assign(
        y=lambda frame: frame["size"] * 3 + 1, log=lambda frame: np.exp(frame["size"]), back=lambda frame: -frame["size"]
    )
    assert doubts(tmp_path, rows, unit="points") == {
        ("copy_of_target", "size"),
        ("copy_of_target", "log"),
        ("copy_of_target", "back"),
        ("same_as_other", "log"),
        ("near_copy", "back"),
    }


def test_near_copies_are_told_with_how_near_they_are(tmp_path):
    """Every 50th row of the job is another one in the copy: 98 of 100 tell each other."""
    rows = sound(300)
    other = rows["job"].map({"a": "b", "b": "c", "c": "a"})
    rows = rows.assign(work=rows["job"].where(np.arange(300) % 50 != 0, other), years=rows["age"] + np.arange(300) % 2)
    found = {(doubt, feature) for doubt, feature in doubts(tmp_path, rows) if doubt == "near_copy"}
    assert found == {("near_copy", "work"), ("near_copy", "years")}
