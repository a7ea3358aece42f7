"""What stands in drawings: every reason of the text, where a band turns, even decimals, many values in short, nothing cut."""
import re

import pytest

from app.pipeline import respond
from dialogue.phrasing.figures.effect import BARS, _kept
from dialogue.phrasing.figures.svg import wrapped
from dialogue.types import Memory
from explainers.types import Ask, Change, Query
from explainers.workspace import open_workspace


@pytest.fixture(scope="module")
def credit():
    return open_workspace("credit")


def answered(space, *asks, changes=(), level="plain", case=None):
    case = case or space.domain.cases.index[0]
    return respond("-", Memory(level=level, language="en").about(case), space, picked=Query(asks=asks, changes=changes)).answer


def texts(figure):
    return re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg)


def test_lines_break_at_spaces_but_not_within_what_belongs_together():
    assert wrapped("good credit risk (255\u00a0of\u00a0700)", 150) == ["good credit risk", "(255\u00a0of\u00a0700)"]


def test_a_band_tells_the_first_value_of_every_other_outcome(credit):
    refused = next(case for case in credit.domain.cases.index
                   if len(turns(answered(credit, Ask("threshold", {"features": ["duration"]}), case=case))) == 2)
    figure = answered(credit, Ask("threshold", {"features": ["duration"]}), case=refused).figures[0]
    second = turns_of(figure)[1]
    assert second.split(" to ")[0].split()[0] + " months" in texts(figure)


def turns(answer):
    return turns_of(answer.figures[0]) if answer.figures else []


def turns_of(figure):
    return [row[1] for row in figure.table["rows"]]


@pytest.mark.parametrize("level, digits", [("plain", 3), ("practitioner", 3), ("expert", 4)])
def test_importance_has_the_same_decimals_in_every_row(credit, level, digits):
    rows = answered(credit, Ask("importance"), level=level).figures[0].table["rows"]
    assert len(rows) > 3 and all(len(row[1].partition(".")[2]) == digits for row in rows)


def test_the_chart_has_every_reason_that_the_text_names(credit):
    for case in credit.domain.cases.index[:12]:
        answer = answered(credit, Ask("why"), case=case)
        reasons = re.findall(r"^(?:\d+\.|-) (.+)$", answer.text, re.MULTILINE)
        drawn = " ".join(texts(answer.figures[0]))
        assert reasons and all(reason in drawn for reason in reasons), (case, reasons, drawn)


def test_a_what_if_says_above_the_bars_what_is_changed(credit):
    figure = answered(credit, Ask("prediction"), changes=(Change("duration", "to", 60),)).figures[0]
    assert any(text.startswith("Duration of the loan:") and "60 months" in text for text in texts(figure))


def test_of_many_values_the_own_one_and_those_furthest_from_the_middle_get_a_bar():
    class Point:
        def __init__(self, value, mean):
            self.value, self.mean = value, mean
    points = [Point(str(number), 0.5) for number in range(40)]
    points[3].mean, points[30].mean = 0.9, 0.1
    kept = _kept(points, "20")
    assert {3, 20, 30} <= set(kept) and len(kept) == BARS and kept == sorted(kept)


def test_nothing_is_said_to_turn_where_all_pairs_have_one_outcome(credit):
    for case in credit.domain.cases.index[:6]:
        answer = answered(credit, Ask("boundary", {"features": ["telephone", "people_liable"]}), case=case)
        outcomes = {part for name in credit.domain.outcomes.values() for part in re.findall(rf"\*\*{name}\*\* for 100 of 100", answer.text)}
        assert ("does not turn" in answer.text) == bool(outcomes)
