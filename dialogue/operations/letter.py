"""The explanation in writing: a letter to keep, about one case."""
from dialogue.operations import counterfactual, model, why
from dialogue.phrasing.trace import Record

ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    """What the templates of the parts select from: the reasons, the ways to another outcome, the model's quality."""
    result = evidence.result
    found = {**why.facts(part(evidence, "why"), domain), **model.facts(part(evidence, "model"), domain),
             "score": None if domain.regression else result.prediction.probabilities[evidence.outcome],
             "own": [(f.feature, f.value) for f in result.get("features") or []] or result["values"].keyed(), "ways": result.counterfactual}
    if result.counterfactual is not None:
        found |= counterfactual.facts(part(evidence, "counterfactual"), domain)
    return found


def part(evidence, name):
    """The evidence as if it were of the kind `name`, whose result it holds; places stay those of the letter's."""
    return Record({**evidence._entries, "kind": name, "result": evidence.result[name]}, evidence._place)


def attachments(evidence, domain):
    case = evidence.scope.get("case")
    return [("letter", case, "_letter")]


def suggestions(evidence, domain):
    return [("correct", {}), ("rights", {}), ("human_review", {}), ("counterfactual", {})]
