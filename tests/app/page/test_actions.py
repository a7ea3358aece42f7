"""What a button in the talk means, worked out from the stored conversation."""
from dataclasses import replace

import pytest

from app.feedback import Feedback
from app.page.actions import wish_of
from app.page.options import chips_html, limit_text, limits_of
from app.page.visit import Visits
from app.sessions import Sessions
from explainers.types import Ask, Change, Choice, Query, Subject


@pytest.fixture
def visit(toy, database):
    return Visits(toy, Sessions(database), Feedback(database)).of("visitor")


def said(visit, query, **more):
    """The visit after a turn with this query."""
    entry = {"question": "?", "record": "r", "query": query.to_json(), "searches": [],
             "answer": {"suggestions": [], "level": "plain", "status": query.status}}
    return visit.visits.visit(replace(visit.session, transcript=(entry,), memory=replace(visit.memory, **more)))


def test_a_reading_that_was_offered_is_picked_exactly(visit):
    picked = Query(asks=(Ask("role", {"features": ["age"]}),), confidence=0.4)
    other = Query(asks=(Ask("importance", {"features": ["age"]}),))
    offered = said(visit, Query("choose", choices=(Choice("Did age matter here?", picked), Choice("Does age matter?", other))))
    assert wish_of({"do": "ask", "text": "Did age matter here?"}, offered).query == picked
    assert wish_of({"do": "ask", "text": "did something else"}, offered).query is None


def test_the_last_answer_at_another_level_keeps_its_query_and_moves_the_level(visit):
    query = Query(subject=Subject(case="3"), changes=(Change("income", "to", 900),), asks=(Ask("why"),))
    wish = wish_of({"do": "again", "level": "expert"}, said(visit, query))
    assert wish.query == query and wish.memory.level == "expert"


def test_what_is_not_possible_joins_what_the_search_leaves_alone_and_keeps_its_other_options(visit):
    query = Query(subject=Subject(case="3"), asks=(Ask("why"), Ask("counterfactual", {"without": ["housing"], "at_most": 2, "like": 1})))
    wish = wish_of({"do": "without", "place": 0, "feature": "duration"}, said(visit, query))
    assert wish.query.asks == (Ask("counterfactual", {"without": ["housing", "duration"], "at_most": 2}),)
    assert "duration" in wish.text


def test_an_option_refused_is_avoided_with_those_refused_before(visit):
    shown = ([{"feature": "income", "from": 500, "to": 900}], [{"feature": "duration", "from": 60, "to": 6}])
    earlier = [{"feature": "housing", "from": "own", "to": "rent"}]
    query = Query(subject=Subject(case="3"), asks=(Ask("counterfactual", {"unlike": [earlier]}),))
    wish = wish_of({"do": "unlike", "place": 0, "option": 1}, said(visit, query, options=shown))
    assert [option[0]["feature"] for option in wish.query.asks[0].options["unlike"]] == ["housing", "duration"]


def test_lifting_a_limit_searches_again_with_the_others(visit):
    limits = {"without": ["income", "housing"], "at_most": 1, "limits": [{"feature": "duration", "is": ">=", "value": 12}]}
    limited = said(visit, Query(asks=(Ask("counterfactual"),)), limits=limits)
    wish = wish_of({"do": "lift", "key": "without", "value": "income"}, limited)
    assert wish.memory.limits == {"without": ["housing"], "at_most": 1, "limits": limits["limits"]}
    assert wish.query.asks == (Ask("counterfactual"),)
    last = said(visit, Query(asks=(Ask("counterfactual"),)), limits={"at_most": 1})
    assert wish_of({"do": "lift", "key": "at_most", "value": 1}, last).memory.limits is None


def test_every_limit_has_a_chip_in_words(visit):
    limits = {"without": ["income"], "only": ["duration", "housing"], "at_most": 2,
              "limits": [{"feature": "duration", "is": ">=", "value": 12}],
              "unlike": [[{"feature": "income", "from": 500, "to": 900}]]}
    limited = said(visit, Query(asks=(Ask("counterfactual"),)), limits=limits)
    texts = [limit_text(limited, key, value) for key, value in limits_of(limits)]
    assert len(texts) == 5 and "900 EUR" in texts[4]
    assert "income" in texts[0] and "2 changes" in texts[2] and "duration" in texts[3] and "12" in texts[3]
    assert chips_html(limited).count("<button") == 5 and chips_html(visit) == ""


@pytest.mark.parametrize("action", [
    None, [], {}, {"do": "unknown"}, {"do": "ask"}, {"do": "ask", "text": "  "}, {"do": "again", "level": "genius"},
    {"do": "again", "level": "plain"},
    {"do": "without", "feature": "income"}, {"do": "without", "place": 0, "feature": ["income"]},
    {"do": "unlike", "place": 0, "option": 7},
    {"do": "lift", "key": "without", "value": "income"}, {"do": "stop"}])
def test_an_action_that_does_not_fit_the_conversation_asks_nothing(visit, action):
    assert wish_of(action, visit) is None
