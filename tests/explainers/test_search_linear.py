"""Sets of changes of a linear model: all that reach the target below a cost, and no others."""
import itertools
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explainers.search.linear import reaching


class Lever:
    def __init__(self, costs):
        self.costs = np.append(0.0, np.sort(costs))

    def __len__(self):
        return len(self.costs)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_set_that_gains_enough_below_the_cost_is_found_and_no_other(data):
    number = st.integers(1, 40).map(lambda value: value / 8)
    levers = [Lever(data.draw(st.lists(number, min_size=1, max_size=4))) for _ in range(data.draw(st.integers(2, 5)))]
    gains = [np.append(0.0, data.draw(st.lists(st.integers(-20, 20), min_size=len(lever) - 1, max_size=len(lever) - 1)))
             for lever in levers]
    size, below, missing = data.draw(st.integers(1, 3)), data.draw(number) * 2, data.draw(st.integers(-5, 40)) + 0.5
    wanted = set()
    for positions in itertools.product(*(range(len(lever)) for lever in levers)):
        cost = sum(lever.costs[at] for lever, at in zip(levers, positions))
        gain = sum(own[at] for own, at in zip(gains, positions))
        if sum(at > 0 for at in positions) == size and cost < below and gain >= missing:
            wanted.add(positions)
    found = reaching(SimpleNamespace(levers=levers), gains, missing, size, below)
    assert {tuple(row) for row in found.tolist()} == wanted and len(found) == len(wanted)
