"""The technical words that answers use: each can be asked about, in every language, and is told simply."""
import re

import pytest

from dialogue.languages import languages
from dialogue.phrasing.language import language
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from dialogue.understanding.named_term import spaced
from explainers.domain import load_domain
from explainers.types import Ask

# Words for experts that templates and phrases use, by the name of their entry.
USED = {
    "en": {"base value": "baseline", "background": "background", "standard error": "standard error", "additivity error":
           "additivity error", "seed": "seed", "log-odds": "log-odds", "probability": "probability", "rank correlation": "agreement",
           "R²": "R²", "standard deviation": "standard deviation", "Gower distance": "Gower distance", "plausibility": "plausibility",
           "cost": "cost", "LIME": "LIME", "Shapley values": "SHAP", "noise": "noise", "surrogate tree": "surrogate",
           "anchors": "anchor", "permutation importance": "permutation importance", "gradient boosting": "gradient boosting",
           "Brier score": "Brier score", "F1 score": "F1", "log loss": "log loss", "AUC": "AUC", "recall": "recall",
           "precision": "precision", "accuracy": "accuracy", "root mean squared error": "root mean squared error",
           "mean error": "mean absolute error", "record": "record", "fidelity": "fidelity", "calibrated": "calibration"},
    "de": {"Basiswert": "baseline", "Hintergrund": "background", "Standardfehler": "standard error", "Fehler der Summe":
           "additivity error", "Startwert": "seed", "Log-Odds": "log-odds", "Wahrscheinlichkeit": "probability",
           "Rangkorrelation": "agreement", "R²": "R²", "Standardabweichung": "standard deviation", "Gower-Abstand": "Gower distance",
           "Plausibilität": "plausibility", "Aufwand": "cost", "LIME": "LIME", "Shapley-Werte": "SHAP", "Rauschen": "noise",
           "Ersatzbaum": "surrogate", "Anker": "anchor", "Permutationswichtigkeit": "permutation importance",
           "Gradient Boosting": "gradient boosting", "Brier-Wert": "Brier score", "F1-Maß": "F1", "logarithmischer Verlust": "log loss",
           "AUC": "AUC", "Trefferquote": "recall", "Präzision": "precision", "Genauigkeit": "accuracy",
           "Wurzel des mittleren quadrierten Fehlers": "root mean squared error", "mittlerer Fehler": "mean absolute error",
           "Protokoll": "record", "kalibriert": "calibration", "H-Statistik": "H statistic"},
}
ASKED = {"en": ("What is a {}?", "What does {} mean?"), "de": ("Was heißt {}?", "Was ist {}?")}


@pytest.fixture(scope="module")
def domains_of():
    return {code: load_domain("credit", code) for code in languages()}


@pytest.mark.parametrize("code", languages())
def test_the_words_that_templates_use_have_an_entry(code):
    texts = " ".join(path.read_text(encoding="utf-8") for path in language(code).path.rglob("*")
                     if path.suffix in (".jinja", ".yaml") and path.name not in ("terms.yaml", "lexicon.yaml", "suggestions.yaml"))
    texts += " ".join(method for method in ("exact Shapley values", "anchors (beam search)", "surrogate tree", "Gower distance",
                                            "permutation importance")) if code == "en" else ""
    for word, entry in USED[code].items():
        assert word.lower() in texts.lower(), f"{word} is not used any more"
        assert language(code).term(word) and language(code).term(word)["name"] == language(code).term_name(entry), word


@pytest.mark.parametrize("code", languages())
def test_every_term_is_found_by_each_of_its_names(code, domains_of):
    memory, wrong = Memory(language=code, asks=(Ask("why"),), turn=1).about(domains_of[code].cases.index[0]), []
    for name, entry in language(code).terms.items():
        for word in dict.fromkeys((language(code).term_name(name), *entry["names"])):
            for frame in ASKED[code]:
                query = understand(Question(frame.format(word), code), memory, domains_of[code])
                found = language(code).term(query.asks[0].get("term")) if [a.kind for a in query.asks] == ["term"] else None
                if found is None or found["name"] != language(code).term_name(name):
                    wrong.append((frame.format(word), query.to_json()))
    assert not wrong, (len(wrong), wrong[:5])


def test_every_language_explains_the_same_words():
    entries = {code: set(language(code).terms) for code in languages()}
    assert len(set(map(frozenset, entries.values()))) == 1


@pytest.mark.parametrize("code", languages())
def test_a_word_of_the_domain_is_explained_by_the_domain(code):
    """Asked by its label in the set phrases, each feature is defined, in three domains."""
    frames, wrong, asked = {"en": ("What does {} mean?", "What is {}?"), "de": ("Was heißt {}?", "Was bedeutet {}?")}[code], [], 0
    for name in ("credit", "heart", "grades"):
        domain = load_domain(name, code)
        memory = Memory(language=code, asks=(Ask("why"),), turn=1).about(domain.cases.index[0])
        for feature in domain.features.values():
            for frame in frames:
                query = understand(Question(frame.format(feature.label), code), memory, domain)
                if [ask.to_json() for ask in query.asks] != [{"kind": "define", "features": [feature.name]}]:
                    wrong.append((frame.format(feature.label), query.to_json()))
                asked += 1
    assert len(wrong) <= asked // 50, (len(wrong), asked, wrong[:5])


def test_names_of_terms_are_told_apart():
    for code in languages():
        seen = {}
        for name, entry in language(code).terms.items():
            for other in dict.fromkeys(map(spaced, (*([name] if code == "en" else []), *entry["names"]))):
                assert seen.setdefault(other, name) == name, (code, other)
                assert re.search(r"\w", other)
