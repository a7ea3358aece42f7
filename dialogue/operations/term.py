"""What does a technical word mean? Answered from terms.yaml of the language; the domain's own words are explained too."""
from dialogue.operations.define import described
from dialogue.phrasing.trace import traced

ABOUT = "talk"
OPTIONS = ("term",)
KNOWN = ("score", "baseline", "contribution", "threshold", "counterfactual", "importance", "SHAP", "calibration")


def talk_facts(ask, domain, memory):
    """An outcome or a value of the data that the word names; some of the words that can be explained."""
    wanted = _plain(ask.get("term"))
    outcome = next((code for code, name in domain.outcomes.items() if wanted in _names(code, name, domain)), None)
    feature = next((f for f in domain.features.values() if wanted and wanted in
                    (_plain(f.label), _plain(f.name), *map(_plain, f.synonyms or ()))), None)
    return {"outcome_meant": None if outcome is None else traced({"code": outcome}, "domain.outcomes").code,
            "feature_meant": None if feature is None else traced(described(feature), f"domain.features.{feature.name}"),
            "some_terms": KNOWN}


def _names(code, name, domain):
    synonyms = (domain.file.outcome_synonyms or {}) if hasattr(domain.file, "outcome_synonyms") else {}
    given = next((names for key, names in synonyms.items() if str(key) == str(code)), ())
    return {_plain(name), *(_plain(other) for other in given)}


def _plain(text):
    return " ".join(str(text or "").lower().replace("_", " ").replace("-", " ").split())


def suggestions(evidence, domain):
    return [("why", {}), ("help", {})]
