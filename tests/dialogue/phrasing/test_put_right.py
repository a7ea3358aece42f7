"""What a question takes for given is put right; scores near the line show it; words of the data are explained."""
import re

from dialogue.phrasing import phrase
from dialogue.types import Memory, Question
from explainers.types import Ask, Query
from tests.dialogue.phrasing import evidence as made
from tests.dialogue.phrasing.said import say


def test_a_false_presupposition_is_put_right_first(domains):
    domain = domains["decision"]
    good = made.why(domain, (-0.3, 0.02), baseline=0.4)
    first = say(good, domain, ask=Ask("why", {"presumed": "0"}))[0].text.split("\n")[0]
    assert "not" in first and "bad credit risk" in first
    assert say(good, domain, ask=Ask("why", {"presumed": "1"}))[0].text == say(good, domain)[0].text


def test_scores_on_both_sides_of_the_line_keep_their_decimals(domains):
    for told, shown in ((0.499, "49.9"), (0.501, "50.1"), (0.5, "50")):
        text = say(made.prediction(domains["decision"], told), domains["decision"])[0].text
        assert re.search(r"\*\*([\d.]+) of 100", text).group(1) == shown


def test_an_outcome_is_explained_and_an_unknown_word_is_named(domains):
    term = lambda word: phrase(Question("?"), Query(asks=(Ask("term", {"term": word}),)), (), domains["decision"], Memory()).text
    assert "one of the outcomes" in term("good credit risk")
    assert '"blurb"' in term("blurb")


def test_undoing_without_anything_to_undo_says_so(domains):
    query = Query(asks=(Ask("revise", {"drop": "last"}),))
    assert "nothing to take back" in phrase(Question("?"), query, (), domains["decision"], Memory()).text


def test_technical_words_bring_an_offer_of_a_fuller_level_but_no_switch(domains):
    query = Query(asks=(Ask("help"),))
    answer = phrase(Question("is the shap baseline calibrated"), query, (), domains["decision"], Memory())
    assert answer.level == "plain" and answer.suggestions[0] == "Show me all the technical details"
