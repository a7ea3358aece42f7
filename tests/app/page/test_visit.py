"""Whose conversation it is, and where it starts."""
import pytest

from app.feedback import Feedback
from app.page.chrome import PARTS, updates, words_of
from app.page.visit import Visits
from app.sessions import Sessions


@pytest.fixture
def visits(toy, database):
    return Visits(toy, Sessions(database), Feedback(database))


def test_a_new_conversation_starts_at_the_first_case_with_the_outcome_nobody_hopes_for(visits, toy):
    case = visits.of("new").case
    outcomes = dict(zip(toy.domain.cases.index, toy.outcomes(toy.domain.cases)))
    before = list(outcomes)[:list(outcomes).index(case)]
    assert outcomes[case] == "0" and all(outcomes[other] == "1" for other in before)


def test_visitors_are_kept_apart_and_known_again(visits):
    first = visits.of("one").about("5")
    assert visits.of("two").case != first.case or visits.of("two").session.id != first.session.id
    assert visits.of("one").case == "5" and visits.known("three") is None and visits.known(None) is None


def test_a_conversation_about_a_case_that_is_gone_goes_on_with_the_first_one(visits):
    visits.of("one").saved(case="999")
    assert visits.of("one").case == visits.first_case


def test_the_browsers_language_is_taken_where_there_is_such_a_language(visits):
    assert visits.of("a", "xx-XX,en-GB;q=0.8").session.language == "en"
    assert visits.of("b", "").session.language == "en"


def test_another_case_drops_changes_and_limits_but_not_the_talk(visits):
    visit = visits.of("one").saved(limits={"without": ["income"]}, level="expert").about("6")
    assert visit.memory.limits is None and visit.session.level == "expert" and visit.case == "6"


def test_every_part_of_the_page_has_words_and_an_update(visits):
    visit = visits.of("one")
    assert set(words_of(visit.domain, visit.texts)) == set(PARTS)
    assert len(updates(visit)) == len(PARTS)
