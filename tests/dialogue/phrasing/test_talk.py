"""What needs no evidence: choices, the unclear, the unsupported, and talk about the talk."""
import pytest

from dialogue.operations import operations
from dialogue.phrasing import phrase
from dialogue.types import LEVELS, Memory, Question
from explainers.types import Ask, Choice, Query
from tests.dialogue.phrasing.evidence import SORTS
from tests.dialogue.phrasing.readability import grade
from tests.dialogue.phrasing.test_every_kind_renders import problems

TALK = [kind for kind, module in operations().items() if module.ABOUT == "talk"]
OPTIONS = {"features": ["age", "savings", "account"], "term": "SHAP values", "to": "expert"}


def answer(query, domain, level="plain"):
    return phrase(Question("?", level=level), query, (), domain, Memory(asks=(Ask("why"),)))


@pytest.mark.parametrize("sort", SORTS)
def test_talk_is_whole_at_every_level(sort, domains):
    for kind in TALK:
        options = {name: OPTIONS[name] for name in operations()[kind].OPTIONS if name in OPTIONS}
        options |= {"to": "en"} if kind == "language" else {}
        for level in LEVELS:
            for asked in (options, {} if kind not in ("level", "language") else options):
                found = answer(Query(asks=(Ask(kind, asked),)), domains[sort], level)
                assert found.text and not problems(found.text), (kind, level, problems(found.text), found.text)


def test_choices_are_offered_as_questions_to_click(domains):
    choices = tuple(Choice(text, Query(asks=(Ask(kind),))) for text, kind in (("step by step?", "path"), ("in general?", "rules")))
    found = answer(Query(status="choose", choices=choices), domains["decision"])
    assert found.status == "choose" and found.suggestions[:2] == ("step by step?", "in general?")
    assert "step by step?" in found.text


def test_what_is_not_possible_yet_is_named(domains):
    found = answer(Query(status="unsupported", asks=(Ask("letter"),)), domains["decision"])
    assert found.status == "unsupported" and "letter" in found.text and len(found.suggestions) >= 2


def test_the_level_asked_for_holds_at_once(domains):
    assert answer(Query(asks=(Ask("level", {"to": "expert"}),)), domains["decision"]).level == "expert"


def test_a_technical_word_is_explained_simply(domains):
    from dialogue.phrasing.language import language
    for name in language("en").terms:
        text = answer(Query(asks=(Ask("term", {"term": name}),)), domains["decision"]).text
        assert "no entry" not in text and grade(text) <= 8, (name, grade(text))
