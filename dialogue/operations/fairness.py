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
    return {"found": [f for f in features if f.groups], "none": [f for f in features if not f.groups],
            "described": {name: text for name, text in described.items() if text}}


def figures(evidence, domain, words):
    if domain.regression:
        return []
    rows = [(condition_words(g.where, words), g.rated) for f in evidence.result.features for g in f.groups]
    figure = rates_figure(rows, "rated", words, outcome=words.outcome_text(evidence.outcome))
    return [figure] if figure else []


def suggestions(evidence, domain):
    named = [("role", {"feature": ("feature", f.feature)}) for f in evidence.result.features[:1]]
    return [*named, ("performance", {}), ("mistakes", {}), ("contest", {})]
