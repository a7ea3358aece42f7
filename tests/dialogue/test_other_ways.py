"""Reasons in another way than usual: by path-dependent SHAP, in log-odds; asked for in words, and said so in the answer."""
import pytest

from dialogue.types import Memory, Question
from dialogue.understanding import understand
from tests.dialogue.test_trust_told import asked
from explainers.types import Ask, Query

PATHS, LOG_ODDS = Query(asks=(Ask("why", {"method": "path_dependent"}),)), Query(asks=(Ask("why", {"output": "log_odds"}),))


@pytest.mark.parametrize("text, language, options", [
    ("why, with path-dependent SHAP?", "en", {"method": "path_dependent"}),
    ("Which reasons does path dependent SHAP give?", "en", {"method": "path_dependent"}),
    ("why, in log-odds?", "en", {"output": "log_odds"}), ("explain it in log odds", "en", {"output": "log_odds"}),
    ("Warum, mit pfadabhängigem SHAP?", "de", {"method": "path_dependent"}), ("Warum, in Log-Odds?", "de", {"output": "log_odds"}),
])
def test_the_way_is_read_from_the_question(toy, text, language, options):
    found = understand(Question(text, language, "plain", "", 1), Memory(language=language), toy.speaking(language).domain)
    assert [ask.to_json() for ask in found.asks] == [{"kind": "why", **options}]


@pytest.mark.parametrize("language, said", [("en", "path-dependent SHAP"), ("de", "pfadabhängiges SHAP")])
@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
def test_path_dependent_reasons_say_what_they_are(toy, level, language, said):
    turn = asked(toy, PATHS, level=level, language=language)
    assert turn.evidence[0].result["reference"] == "tree_paths" and said in turn.answer.text
    assert ("Background: none" in turn.answer.text) == (level == "expert" and language == "en")


@pytest.mark.parametrize("language, said", [("en", "in log-odds, not in points"), ("de", "Log-Odds, keine Punkte")])
@pytest.mark.parametrize("level", ["plain", "expert"])
def test_log_odds_are_said_to_be_log_odds(toy, level, language, said):
    turn = asked(toy, LOG_ODDS, level=level, language=language)
    assert turn.evidence[0].output == "log_odds" and said in turn.answer.text
