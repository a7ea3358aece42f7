"""Recourse for many: its cost by group, and the change that helps most."""
import numpy as np
import pytest

from explainers.search.recourse import costs_by_group, helps_most
from tests.explainers.counterfactual_fixtures import asked, loan, refused


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return loan(tmp_path_factory.mktemp("loan"))


def test_the_cost_of_a_group_is_the_mean_of_the_first_options_of_its_refused_cases(space):
    cases = space.domain.cases
    found = {group["group"]: group for group in costs_by_group(space, "home")["groups"]}
    for home in "abc":
        ids = [case for case in refused(space, 999) if cases.loc[case, "home"] == home]
        costs = [asked(space, case)["options"][0]["cost"] for case in ids]
        assert found[home]["size"] == (cases["home"] == home).sum()
        assert found[home]["refused"] == found[home]["found"] == len(ids)
        if ids:
            assert found[home]["cost"]["mean"] == pytest.approx(np.mean(costs))


def test_numbers_are_cut_into_groups_that_hold_every_case(space):
    groups = costs_by_group(space, "age", most=2)["groups"]
    assert len(groups) == 3 and sum(group["size"] for group in groups) == len(space.domain.cases)


def test_the_change_that_helps_most_turns_as_many_as_is_told(space):
    found = helps_most(space, space.domain.cases)
    waiting = space.domain.cases[space.outcomes(space.domain.cases) == "0"]
    assert found["without"] == len(waiting)
    for entry in found["changes"]:
        changed = waiting.copy()
        possible = np.ones(len(waiting), dtype=bool)
        for change in entry["changes"]:
            if change["feature"] == "months":
                possible &= (waiting["months"] >= change["to"]).to_numpy()
            changed[change["feature"]] = change["to"]
        assert entry["helped"] == ((space.outcomes(changed) == "1") & possible).sum()
    shares = [entry["share"] for entry in found["changes"]]
    assert shares == sorted(shares, reverse=True)
