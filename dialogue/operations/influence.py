"""Which training cases shaped the model's answer to this case?"""
from dialogue.phrasing.figures.influence import influence_figure

ABOUT = "case"
OPTIONS = ()
PLAIN = 3


def facts(evidence, domain):
    """Groups that do more than chance would, and the others; the largest effect first."""
    groups = list(evidence.result.groups)
    clear = [group for group in groups if group.beyond_chance]
    return {"clear": clear, "unclear": [group for group in groups if not group.beyond_chance], "few": PLAIN,
            "none_because": evidence.result.none_because}


def figures(evidence, domain, words):
    figure = influence_figure(evidence.result, words)
    return [figure] if figure else []


def suggestions(evidence, domain):
    return [("similar", {}), ("why", {}), ("data", {}), ("counterfactual", {})]
