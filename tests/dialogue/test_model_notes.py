"""What kind of scores a model gives is said where the method is: a margin is not calibrated, an outcome alone is no score."""
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier, VotingClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC

from app.pipeline import respond
from dialogue.types import Memory
from explainers.types import Ask, Query
from tests.explainers.other_families import with_text
from tests.explainers.test_text_categories import by_save, xgboost_model
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

WHY, MODEL = Query(asks=(Ask("why"),)), Query(asks=(Ask("model"),))
UNCALIBRATED = {"en": "not calibrated", "de": "nicht kalibriert"}


def answered(workspace, query, level, language="en"):
    memory = Memory(level=level, language=language).about(workspace.domain.cases.index[0])
    return respond("...", memory, workspace.speaking(language), picked=query).answer.text


@pytest.fixture(scope="module")
def margin(tmp_path_factory):
    return workspace_of(domain_of(tmp_path_factory.mktemp("margin") / "toy", table()), in_pipeline(LinearSVC(), scale=True))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("query", [WHY, MODEL])
def test_a_margin_is_said_to_be_uncalibrated_beside_the_method(margin, query, language):
    for level in ("practitioner", "expert"):
        assert UNCALIBRATED[language] in answered(margin, query, level, language)
    assert UNCALIBRATED[language] not in answered(margin, query, "plain", language)


def test_a_model_with_outcomes_only_is_said_to_have_no_score(tmp_path):
    parts = [("a", in_pipeline(GaussianNB())), ("b", in_pipeline(RandomForestClassifier(5, random_state=0)))]
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), VotingClassifier(parts, voting="hard"))
    assert "always 0 or 100" in answered(workspace, WHY, "expert")


def test_unnamed_outcomes_are_told_to_experts(tmp_path):
    workspace = with_text(tmp_path, lambda: xgboost_model("XGBClassifier"), by_save, "m.json")
    assert "order of their codes" in answered(workspace, WHY, "expert")
    assert "order of their codes" not in answered(workspace, WHY, "practitioner")


def test_a_model_with_probabilities_of_its_own_needs_no_such_note(tmp_path):
    workspace = workspace_of(domain_of(tmp_path / "toy", table()), in_pipeline(HistGradientBoostingClassifier(max_iter=5)))
    text = answered(workspace, WHY, "expert")
    assert "calibrated" not in text and "order of their codes" not in text
