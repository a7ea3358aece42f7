"""Limits that are none, holes on the way to one, and other things that an honest answer may not leave out."""
import numpy as np
import pytest

from app.pipeline import respond
from dialogue.types import Memory
from explainers.explain import explain
from explainers.types import Ask, Change, Query, Subject
from tests.explainers.counterfactual_fixtures import LOAN, asked, loan_rows, workspace
from tests.explainers.test_threshold import banded, graded


def said(space, case, kind, level="plain", changes=(), subject=None, **options):
    query = Query(subject=subject or Subject(case=case), changes=changes, asks=(Ask(kind, options),))
    return respond("?", Memory(level=level).about(case), space, picked=query).answer.text


@pytest.fixture(scope="module")
def bands(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("bands"), LOAN.replace("min: 0", "min: 0, max: 90"), loan_rows(), banded)


@pytest.fixture(scope="module")
def easy(tmp_path_factory):
    """Everybody is granted, whatever the values."""
    return workspace(tmp_path_factory.mktemp("easy"), LOAN, loan_rows(),
                     lambda rows: np.column_stack([np.full(len(rows), 0.2), np.full(len(rows), 0.8)]))


def granted(space, low, high):
    cases = space.domain.cases
    return next(case for case in cases.index[space.outcomes(cases) == "1"] if low <= cases.loc[case, "income"] <= high)


def test_where_every_value_will_do_there_is_no_highest_one(easy):
    case = easy.domain.cases.index[0]
    found = asked(easy, case, "threshold", features=["income"], direction="max")
    assert found["everywhere"] and not found["holes"]
    text = said(easy, case, "threshold", features=["income"], direction="max")
    assert "With every income in the data" in text and "The highest" not in text


def test_a_limit_where_the_data_end_is_called_open(bands):
    case, most = granted(bands, 41, 60), int(bands.domain.train["income"].max())
    found = asked(bands, case, "threshold", features=["income"], direction="max")
    assert (found["best"], found["open"]) == (most, True)
    assert "the data cannot tell" in said(bands, case, "threshold", features=["income"], direction="max")
    lowest = asked(bands, case, "threshold", features=["income"], direction="min")
    assert (lowest["best"], lowest["open"]) == (20, False)


def test_holes_on_the_way_to_a_limit_are_told_at_every_level(bands):
    case = granted(bands, 20, 25)
    found = asked(bands, case, "threshold", features=["income"], direction="max")
    least = int(bands.domain.train["income"].min())
    assert found["holes"] == [{"from": least, "to": 19}, {"from": 26, "to": 40}]
    for level in ("plain", "practitioner", "expert"):
        assert "26 to 40" in said(bands, case, "threshold", level, features=["income"], direction="max")


def test_the_value_needed_is_the_one_for_the_outcome_hoped_for(bands):
    case = granted(bands, 20, 25)
    found = asked(bands, case, "threshold", features=["income"])
    assert found["target"] == "1" and found["best"] == found["now"]
    assert found["around"] == {"from": 20, "to": 25}
    text = said(bands, case, "threshold", features=["income"])
    assert text.startswith("Nothing is needed") and "from 20 to 25" in text
    refusal = asked(bands, case, "threshold", features=["income"], target={"outcome": "0"})
    assert refusal["best"] in (19, 26)


def test_what_may_move_is_told_within_what_the_model_learned_from(bands):
    case, most = granted(bands, 41, 60), int(bands.domain.train["income"].max())
    income = asked(bands, case, "keep", features=["income"])["features"][0]
    assert income["keeps"] == {"from": 41, "to": most}


def test_a_plain_answer_says_that_it_leaves_limits_out(tmp_path):
    """A sum of six values stays over the line by one: each of them is a limit, four are shown."""
    names = [f"v{n}" for n in range(6)]
    rows = loan_rows()[["good"]].assign(**{name: np.arange(len(loan_rows())) % 5 for name in names})
    text = "data: rows.csv\ntarget: good\noutcomes: {0: refused, 1: granted}\nfavourable: 1\n"
    def model(frame):
        met = frame[names].to_numpy(dtype=float).min(axis=1) >= 1
        return np.column_stack([~met, met]).astype(float)
    space = workspace(tmp_path, text, rows, model)
    case = next(case for case in space.domain.cases.index if space.domain.cases.loc[case, "v0"] == 3)
    plain, full = said(space, case, "keep"), said(space, case, "keep", "practitioner")
    assert plain.count("\n- ") == 4 and "Other values have limits too" in plain
    assert full.count("\n- ") == 6 and "Other values" not in full


def test_the_role_under_a_what_if_says_so(bands):
    case = granted(bands, 20, 25)
    plain = said(bands, case, "role", features=["income"])
    changed = said(bands, case, "role", features=["income"], changes=(Change("months", "to", 6),))
    assert "you asked to be different" in changed and "you asked to be different" not in plain


def test_a_range_of_scores_that_reads_as_one_is_left_out(easy):
    text = said(easy, easy.domain.cases.index[0], "role", "practitioner", features=["income"])
    assert "it could take" not in text


def test_how_often_it_is_right_among_one_true_outcome_is_no_tautology(bands):
    where = {"label": "1"}
    evidence = explain(Query(subject=Subject(where=where), asks=(Ask("performance"),)), bands)[0].result
    truth, model = bands.domain.cases_target, bands.outcomes(bands.domain.cases)
    missed = int(((truth == "1") & (model == "0")).sum())
    assert (evidence["one_label"], evidence["wrong"], evidence["rows"]) == ("1", missed, int((truth == "1").sum()))
    text = said(bands, None, "performance", subject=Subject(where=where))
    assert f"missed {missed} of the {evidence['rows']}" in text
    assert "Always saying" not in text and "0 of 100 right" not in text
    rated = said(bands, None, "performance", "practitioner", subject=Subject(where={"prediction": "0"}))
    assert "0 of 100 right" not in rated and "Recall" not in rated


def test_an_estimate_beyond_every_true_value_is_flagged(tmp_path):
    space = graded(tmp_path)
    space.domain.target[:] = space.domain.target.clip(3, 20)
    top = {"hours": 14, "help": True}
    evidence = explain(Query(subject=Subject(new=top), asks=(Ask("prediction"),)), space)[0]
    caveat = next(c for c in evidence.caveats if c["code"] == "estimate_out_of_range")
    assert (caveat["value"], caveat["high"]) == (29.0, 20.0)
    inside = explain(Query(subject=Subject(new={"hours": 5, "help": False}), asks=(Ask("prediction"),)), space)[0]
    assert not [c for c in inside.caveats if c["code"] == "estimate_out_of_range"]
    assert "beyond every true value" in said(space, None, "prediction", subject=Subject(new=top))


def test_as_many_reasons_are_told_as_were_asked_for(space_of_many):
    case = space_of_many.domain.cases.index[0]
    why = explain(Query(subject=Subject(case=case), asks=(Ask("why"),)), space_of_many)[0].result["contributions"]
    counting = [entry for entry in why if abs(entry["contribution"]) >= 0.01]
    assert len(counting) >= 4
    for level in ("plain", "practitioner", "expert"):
        for top in (2, 3):
            text = said(space_of_many, case, "why", level, top=top).split("Method")[0].split("average score")[0]
            lines = [line for line in text.split("\n") if line.startswith("- ") or line[:1].isdigit()]
            assert len(lines) == top, text


@pytest.fixture(scope="module")
def space_of_many(tmp_path_factory):
    from tests.explainers.counterfactual_fixtures import loan
    return loan(tmp_path_factory.mktemp("many"))
