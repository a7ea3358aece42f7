"""Are groups treated alike? By the features that the domain calls sensitive, or by those asked for."""
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.figures.rates import rates_figure

ABOUT = "model"
OPTIONS = ("features",)


def facts(evidence, domain):
    """Features with at least one group, those without, and descriptions of codes, which may hold more than one thing."""
    features = evidence.result.features
    described = {str(f.feature): domain.features[str(f.feature)].description for f in features
                 if domain.features[str(f.feature)].type == "category"}
    found = [f for f in features if f.groups]
    return {"found": found, "none": [f for f in features if not f.groups],
            "described": {name: text for name, text in described.items() if text},
            "brief": len(found) > 1 and not evidence.result.asked, "ends": {str(f.feature): _ends(f, domain) for f in found},
            "noted": {name: text for name, text in described.items() if text and "." in text.rstrip(". ")}}


def _ends(feature, domain):
    """The groups with the lowest and the highest estimate (or share rated so), of a feature."""
    told = lambda group: group.estimate.value if domain.regression else group.rated.share
    ordered = sorted(feature.groups, key=told)
    return [ordered[0], ordered[-1]] if len(ordered) > 1 else ordered


def figures(evidence, domain, words):
    if domain.regression:
        return []
    rows = [(condition_words(g.where, words), g.rated) for f in evidence.result.features for g in f.groups]
    figure = rates_figure(rows, "rated", words, outcome=words.outcome_text(evidence.outcome))
    return [figure] if figure else []


def suggestions(evidence, domain):
    named = [("role", {"feature": ("feature", f.feature)}) for f in evidence.result.features[:1]]
    return [*named, ("performance", {}), ("mistakes", {}), ("contest", {})]
