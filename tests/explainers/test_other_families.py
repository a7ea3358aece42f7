"""Families that come as files of their own, against Shapley values by brute force; and the table in the documentation."""
import re
from pathlib import Path

import numpy as np
import pytest

from explainers.shapley.attribution import attribute
from explainers.shapley.background import background_of
from tests.explainers.other_families import OTHERS
from tests.explainers.test_contributions import BOOSTERS, LEAVES, MODELS
from tests.explainers.toy import brute_force


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OTHERS)
def test_contributions_of_a_file_equal_brute_force(name, tmp_path):
    make, method, tolerance = OTHERS[name]
    workspace = make(tmp_path)
    background, row = background_of(workspace, 20), workspace.domain.cases.iloc[[3]]
    outcome = None if workspace.domain.regression else workspace.model.classes[-1]
    found = attribute(workspace, row, background, outcome)
    read = (lambda values: values) if workspace.domain.regression else (lambda shares: shares[:, -1])
    wanted = brute_force(workspace, row, background.rows, read)
    assert found.exact and found.method == method
    assert np.abs(found.values - wanted).max() < tolerance * max(1, abs(found.value))
    assert found.additivity_error < tolerance * max(1, abs(found.value))


def test_the_table_in_the_documentation_says_how_each_family_is_explained():
    page = (Path(__file__).resolve().parents[2] / "docs" / "explainers.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([^|]+) \| (exact [^|]+) \| yes \| [^|]+ \| \d+ \|$", page, re.MULTILINE))
    ways = {**{name: found[-1] for name, found in MODELS.items()}, **{name: method for name, (_, method, _) in OTHERS.items()}}
    assert told == {**ways, **dict.fromkeys(BOOSTERS, LEAVES)}
