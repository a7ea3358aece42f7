"""Conditions pick the rows that they describe; what is no condition is told."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from explainers.conditions import mask
from explainers.domain import load_domain
from explainers.errors import InputProblem

ROWS = """\
age,grade,job,flag,y
20,1,nurse,yes,0
30,3,clerk,no,1
,2,pilot,yes,0
50,,nurse,,1
"""
TEXT = """\
data: rows.csv
target: y
outcomes: {0: bad, 1: good}
model: none.skops
features:
  grade: {type: category, ordered: true, values: {3: low, 2: middle, 1: high}}
"""


@pytest.fixture(scope="module")
def domain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("conditions")
    (folder / "rows.csv").write_text(ROWS)
    (folder / "domain.yaml").write_text(TEXT)
    return load_domain(folder)


def met(domain, condition):
    return "".join(
        "x" if found else "." for found in mask(condition, domain, domain.cases, lambda: ["1", "1", "0", "0"], domain.cases_target)
    )


def is_(feature, sign, value):
    return {"feature": feature, "is": sign, "value": value}


@pytest.mark.parametrize(
    "condition, wanted",
    [
        (is_("age", "<", 30), "x..."),
        (is_("age", "<=", "30"), "xx.."),
        (is_("age", "!=", 30), "x.xx"),
        (is_("age", ">", -5), "xx.x"),
        (is_("age", "=", None), "..x."),
        (is_("age", "!=", None), "xx.x"),
        (is_("grade", ">=", "middle"), "x.x."),
        (is_("grade", "<", 1), ".xx."),
        (is_("grade", "=", 3.0), ".x.."),
        (is_("grade", "!=", 3), "x.xx"),
        (is_("job", "=", "Nurse"), "x..x"),
        (is_("flag", "=", True), "x.x."),
        (is_("flag", "!=", "yes"), ".x.x"),
        (is_("flag", "=", False), ".x.."),
        ({"prediction": 1}, "xx.."),
        ({"prediction": "0"}, "..xx"),
        ({"label": 1}, ".x.x"),
        ({"and": [is_("age", ">", 25), {"label": "1"}]}, ".x.x"),
        ({"or": [is_("job", "=", "pilot"), is_("age", "=", 50)]}, "..xx"),
        ({"not": is_("age", ">", 25)}, "x.x."),
        ({"not": {"or": [{"label": 0}, {"prediction": 1}]}}, "...x"),
    ],
)
def test_rows_that_meet_a_condition(domain, condition, wanted):
    assert met(domain, condition) == wanted


@pytest.mark.parametrize(
    "condition, code",
    [
        ("age > 3", "bad_condition"),
        ({}, "bad_condition"),
        ({"and": []}, "bad_condition"),
        ({"or": {"label": 1}}, "bad_condition"),
        ({"feature": "age", "is": "~", "value": 1}, "bad_condition"),
        ({"feature": "age", "is": "="}, "bad_condition"),
        (is_("flag", "<", True), "bad_condition"),
        (is_("age", ">", None), "bad_condition"),
        (is_("age", "<", "old"), "not_a_number"),
        (is_("weight", "<", 3), "unknown_feature"),
        (is_("job", "=", "cook"), "unknown_value"),
        (is_("flag", "=", "perhaps"), "not_yes_or_no"),
        ({"prediction": 7}, "unknown_outcome"),
        ({"label": "fine"}, "unknown_outcome"),
    ],
)
def test_what_is_no_condition_is_told(domain, condition, code):
    with pytest.raises(InputProblem) as caught:
        met(domain, condition)
    assert caught.value.code == code


LEAVES = st.sampled_from([is_("age", ">", 25), is_("grade", "<=", 2), is_("job", "=", "nurse"), {"label": 1}, {"prediction": 0}])


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        LEAVES,
        lambda inner: st.builds(lambda part: {"not": part}, inner)
        | st.builds(lambda parts: {"and": parts}, st.lists(inner, min_size=1, max_size=3)),
        max_leaves=6,
    ),
    LEAVES,
)
def test_not_turns_every_row_and_de_morgan_holds(domain, first, second):
    rows = lambda condition: mask(condition, domain, domain.cases, lambda: ["1", "1", "0", "0"], domain.cases_target)
    assert (rows({"not": first}) == ~rows(first)).all()
    both = {"not": {"and": [first, second]}}
    assert np.array_equal(rows(both), rows({"or": [{"not": first}, {"not": second}]}))
