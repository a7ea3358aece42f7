"""All pairs at once: the same margins as one by one, for trees and for linear models."""
import numpy as np
import pytest

from explainers.search.find import space_of
from explainers.search.scoring import scorer_of
from tests.explainers.counterfactual_fixtures import boosted, linear


@pytest.mark.parametrize("make", [boosted, linear])
def test_margins_of_pairs_are_those_of_the_pairs_scored_one_by_one(tmp_path, make):
    workspace = make(tmp_path)
    for case in workspace.domain.cases.index[:3]:
        space = space_of(workspace, workspace.domain.case(case), {"age": "immutable"})
        scorer = scorer_of(space)
        assert scorer.fast
        owner, position, margins = scorer.pairs(range(len(space.levers)))
        first, second = np.nonzero(owner[:, None] < owner[None, :])
        candidates = np.zeros((len(first), len(space.levers)), dtype=np.int16)
        for side in (first, second):
            candidates[np.arange(len(first)), owner[side]] = position[side]
        expected = workspace.model.predict(space.frame(space.columns(space.extended(candidates)[0])))
        assert len(first) >= 200
        assert scorer.reader.linked(margins[first, second]) == pytest.approx(expected, abs=1e-6)
