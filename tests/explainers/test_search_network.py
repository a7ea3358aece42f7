"""Networks read by their first layer: the model's own answers, and caps that no set of changes exceeds."""
import itertools

import numpy as np
import pytest

from explainers.search.engine import Search, _singles
from explainers.search.find import space_of
from explainers.search.promising import possible, promising
from explainers.search.scoring import scorer_of
from explainers.search.target import outcome_target
from tests.explainers.counterfactual_fixtures import asked, linear, network, refused

ACTIVATIONS = ["relu", "tanh", "logistic"]


def searched_in(workspace):
    """A search in which only the single changes were tried, and every candidate of two changes with its cost and shortfall."""
    row = workspace.domain.case(refused(workspace)[0])
    space = space_of(workspace, row, {"age": "immutable"})
    target = outcome_target(workspace, "1", None, 0.02)
    present = float(target.shortfall(workspace.model.predict(row))[0])
    search = Search(space, scorer_of(space), target, present=present)
    _singles(search)
    sets = []
    for first, second in itertools.combinations(range(len(space.levers)), 2):
        for places in itertools.product(range(1, len(space.levers[first])), range(1, len(space.levers[second]))):
            row = np.zeros(len(space.levers), dtype=np.int16)
            row[[first, second]] = places
            sets.append(row)
    sets = np.array(sets)
    short = target.shortfall(workspace.model.predict(space.frame(space.columns(space.extended(sets)[0]))))
    return search, sets, space.costs(sets), short


@pytest.fixture(scope="module", params=ACTIVATIONS)
def searched(request, tmp_path_factory):
    return searched_in(network(tmp_path_factory.mktemp(request.param), activation=request.param))


def test_predictions_are_the_models(searched):
    search, sets, _, short = searched
    assert search.target.shortfall(search.scorer.predictions(sets)) == pytest.approx(short, abs=1e-9)


def test_no_pair_below_the_cost_does_more_than_one_change_alone_and_the_cap_of_the_other(searched):
    search, sets, costs, _ = searched
    below = float(np.quantile(costs, 0.6))
    missing, alone, caps = search.scorer.caps(search.target, 2, below)
    owner, position, _ = search.singles
    at = {key: place for place, key in enumerate(zip(owner.tolist(), position.tolist()))}
    probabilities = search.scorer.predictions(sets)[:, 1]
    gained = missing - (np.log(0.52 / 0.48) - np.log(probabilities / (1 - probabilities)))
    cheap = np.flatnonzero(costs < below)
    for row in cheap.tolist():
        first, second = (at[place, sets[row, place]] for place in np.flatnonzero(sets[row]).tolist())
        assert gained[row] <= min(alone[first] + caps[second], caps[first] + alone[second]) + 1e-6
    assert len(cheap) > 100


def test_every_pair_that_reaches_the_target_below_the_limit_is_possible(searched):
    search, sets, costs, short = searched
    below = float(np.quantile(costs, 0.6))
    found, limit = possible(search, 2, below)
    wanted = {tuple(row) for row in sets[(short <= 0) & (costs < limit)].tolist()}
    assert wanted and wanted <= {tuple(row) for row in found.tolist()}
    assert limit == below and len(found) <= (costs < below).sum()


def test_what_cannot_reach_the_target_is_left_out(tmp_path):
    search, _, costs, _ = searched_in(network(tmp_path))
    search.target = outcome_target(search.space.workspace, "1", 0.999, 0.02)
    found, limit = possible(search, 2, 2.0)
    assert limit == 2.0 and len(found) < (costs < 2.0).sum() / 4


def test_where_effects_add_up_the_cheapest_pair_is_promising(tmp_path):
    search, _, costs, short = searched_in(linear(tmp_path))
    found = promising(search, 2)
    assert ((found > 0).sum(axis=1) == 2).all() and len(np.unique(found, axis=0)) == len(found)
    reached = search.target.reached(search.scorer.predictions(found))
    assert search.space.costs(found[reached]).min() == costs[short <= 0].min()
    below = float(np.quantile(costs, 0.5))
    assert (search.space.costs(promising(search, 2, below)) < below).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_first_option_of_a_network_is_proven(tmp_path, activation):
    workspace = network(tmp_path, activation=activation)
    for case in refused(workspace, 3):
        result = asked(workspace, case)
        assert result["proven"] and result["options"] and result == asked(workspace, case)
