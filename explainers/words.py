"""Words about a domain: labels made from column names, and words/<language>.yaml laid over the domain."""
import re
from dataclasses import replace

from explainers.domain_file import line_of, read_yaml
from explainers.errors import DomainProblem
from explainers.feature import text_of

TOP = ("title", "description", "note", "source", "case", "unit", "outcome_synonyms", "absent")


def label_of(name):
    """A column name split into words: LoanAmount -> loan amount, months_in_jail -> months in jail."""
    words = re.sub(r"[_\-.]+", " ", str(name))
    words = re.sub(
        r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z]{2,})", " ", words)
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words.split())


def value_name(code):
    """A value's name where none is given: car_new -> car new, CarNew -> Car New; hyphens, digits and capitals stay."""
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", str(code).replace("_", " ")).strip() or str(code)


def in_language(domain, language):
    """The domain with labels, units and value names from words/<language>.yaml laid over, where that file exists."""
    path = domain.path / "words" / f"{language}.yaml"
    if not path.is_file():
        return domain
    words, node = read_yaml(path)
    if not isinstance(words, dict):
        raise DomainProblem("yaml_not_a_mapping", file=str(path), line=1)
    features = dict(domain.features)
    for name, entry in (words.get("features") or {}).items():
        if name not in features:
            raise DomainProblem("feature_not_in_data", feature=name, known=", ".join(features), file=str(path),
                                line=line_of(node, ("features", name)))
        features[name] = _in_words(features[name], entry or {})
    names = {text_of(code): name for code, name in (words.get("outcomes") or {}).items()}
    outcomes = {code: names.get(code, label) for code, label in domain.outcomes.items()}
    texts = {key: words[key] for key in TOP if key in words}
    if domain.file.decision and words.get("decision"):
        texts["decision"] = _decision_in_words(domain.file.decision, words["decision"])
    return replace(domain, features=features, outcomes=outcomes, file=domain.file.model_copy(update=texts),
                   title=words.get("title", domain.title), score_label=words.get("score", domain.score_label))


def _decision_in_words(decision, entry):
    """The decision with `made_by`, `consequence` and the review's `contact` in other words."""
    texts = {key: entry[key] for key in ("made_by", "consequence") if key in entry}
    if decision.review and "contact" in entry:
        texts["review"] = decision.review.model_copy(update={"contact": entry["contact"]})
    return decision.model_copy(update=texts)


def _in_words(feature, entry):
    new = {key: entry[key] for key in ("label", "description", "unit") if key in entry}
    new["why_immutable"] = entry.get("why_immutable")       # a clause in another language would stand in a sentence of this one

    def by_code(key):
        """Entries by code; those of a yes/no feature may be given by the data's codes."""
        given = {text_of(code): value for code, value in (entry.get(key) or {}).items()}
        if feature.type == "yes_no":
            own = {text_of(feature.true): "true", text_of(feature.false): "false"}
            given = {own.get(code, code): value for code, value in given.items()}
        return given

    synonyms = {code: tuple(names) for code, names in by_code("value_synonyms").items()}
    return replace(feature, **new, synonyms=feature.synonyms + tuple(entry.get("synonyms") or ()),
                   values={**(feature.values or {}), **by_code("values")},
                   phrases={**(feature.phrases or {}), **by_code("phrases")},
                   value_synonyms={**(feature.value_synonyms or {}), **synonyms})
