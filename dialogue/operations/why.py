"""What counted most towards the model's answer, and what the other way?

Options: `foil`, the outcome it is contrasted with ("why not approved?"); `presumed`, the outcome that the question takes
for given ("why was I refused?"). Where the model says something else than presumed, that is put right first. `method`:
shap, lime or path_dependent; `output`: log_odds; `checks`: how far the explanation can be trusted, which experts are told.
"""
from dataclasses import replace

from dialogue.phrasing.figures.contributions import contribution_figure
from dialogue.phrasing.figures.force import force_figure
from dialogue.phrasing.figures.waterfall import waterfall_figure
from dialogue.phrasing.words import Words
from dialogue.phrasing.selection import MISREAD, few, reached, said, sides

ABOUT = "case"
OPTIONS = ("foil", "method", "output", "top", "presumed", "checks")


def at_level(ask, level):
    """For experts an explanation is checked as well."""
    options = {name: value for name, value in ask.options.items() if name != "checks"}
    return replace(ask, options={**options, "checks": True} if level == "expert" else options)


def facts(evidence, domain):
    """The outcome said and the reasons: `first` speak for it, `other` against it; `top_*` are those for a plain answer.

    For a regression `first` are those that raised or lowered the estimate, whichever way it ended up.
    """
    result = evidence.result
    if domain.regression:
        positive_first = result.value >= result.baseline
        outcome = None
    else:
        outcome = said(evidence, domain, result.value)
        positive_first = outcome == evidence.outcome
    first, other, rest = sides(result.contributions, evidence, domain, positive_first)
    top_first, top_other = few(first, other)
    return {"group": "size" in result, "said": outcome, "positive_first": positive_first, "first": first,
            "other": other, "rest": rest, "top_first": top_first, "top_other": top_other,
            "is_probability": evidence.output == "probability",
            "contrasted": not result.get("fidelity") and bool(evidence.foil or (result.get("background") or {}).get("where")),
            "contrary_start": not result.get("fidelity") and (result.value >= result.baseline) != positive_first,
            "decided_by_threshold": reached(0.0, evidence, domain) is not None}


def figures(evidence, domain, words):
    """Signed bars; for experts also the way from the base value to the output, and what pushes and pulls (of LIME, whose
    weights need not add up to the output, the bars only)."""
    found = [contribution_figure(evidence, domain, words)]
    if words.level == "expert" and not evidence.result.get("fidelity"):
        found += [waterfall_figure(evidence, words), force_figure(evidence, words)]
    return [figure for figure in found if figure]


def suggestions(evidence, domain):
    if "size" in evidence.result:
        return [("rules", {}), ("fairness", {}), ("importance", {}), ("mistakes", {})]
    first, other, _ = sides(evidence.result.contributions, evidence, domain)
    found = [("counterfactual", {})]
    change = what_if_slot(evidence, domain, first + other)
    if change:
        found.append(change)
    found.append(("contest", {}) if domain.file.decision else ("importance", {}))
    return found


def what_if_slot(evidence, domain, contributions):
    """A what-if about the largest contribution against of a feature that may change: what is typical of the others.

    Values whose names a question cannot carry are left out.
    """
    hoped = str(evidence.outcome) == domain.favourable
    if domain.favourable:
        contributions = [c for c in contributions if (c.contribution > 0) != hoped]
    for item in sorted(contributions, key=lambda c: -abs(c.contribution)):
        feature = domain.features.get(str(item.feature))
        typical = item.get("typical")
        if feature is None or feature.immutable or feature.sensitive or typical is None or typical == item.value:
            continue
        if MISREAD.search((feature.values or {}).get(Words.code_text(typical), "")):
            continue
        return ("prediction.to", {"feature": ("feature", item.feature), "value": ("value", typical, item.feature)})
    return None
