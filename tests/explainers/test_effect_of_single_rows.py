"""Single rows beside the average: how many go against it, what their own curves are, and that they are drawn."""
import numpy as np
import pytest

from app.pipeline import respond
from dialogue.types import Memory
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, loan_model, loan_rows, workspace


def test_rows_that_go_against_the_average_are_counted_and_their_curves_shown(tmp_path):
    """With home b the score rises with the income, without it falls: the average follows the more, the others are against it."""
    def opposed(rows):
        sign = np.where(rows["home"] == "b", 1, -1)
        score = 0.5 + 0.004 * sign * rows["income"].to_numpy(dtype=float)
        return np.column_stack([1 - score, score])
    space = workspace(tmp_path, LOAN, loan_rows(200), opposed)
    entry = explain(Query(subject=Subject(everyone=True), asks=(Ask("effect", {"features": ["income"]}),)), space)[0].result
    share = (space.domain.train["home"] == "b").mean()
    assert entry["against"] == pytest.approx(min(share, 1 - share))
    assert len(entry["curves"]) == 25 and all(len(curve) == len(entry["points"]) for curve in entry["curves"])
    steps = np.diff([point["value"] for point in entry["points"]])
    for curve in entry["curves"]:
        assert np.abs(np.diff(curve)) == pytest.approx(0.004 * steps)
    assert entry["points"][0]["mean"] != pytest.approx(entry["curves"][0][0])


@pytest.mark.parametrize("language", ["en", "de"])
def test_single_curves_and_local_effects_are_drawn_but_for_plain_readers(tmp_path, language):
    space = workspace(tmp_path, LOAN, loan_rows(200), loan_model).speaking(language)
    for level, lines in (("plain", 1), ("practitioner", 25 + 2 + 3), ("expert", 25 + 2 + 3)):       # and three in the key
        asked = Query(asks=(Ask("effect", {"features": ["income"]}),))
        turn = respond("...", Memory(level=level, language=language), space, picked=asked)
        figure = turn.answer.figures[0]
        assert figure.svg.count("<polyline") == lines and len(figure.table["columns"]) == (2 if level == "plain" else 4)
        assert all(len(row) == len(figure.table["columns"]) for row in figure.table["rows"])
