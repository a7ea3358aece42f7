"""What can be asked?"""
from dialogue.operations import operations

ABOUT = "talk"
OPTIONS = ()
TALK = ("help", "greet", "thanks", "bye", "again", "revise", "level", "language", "more")


def talk_facts(ask, domain, memory):
    """The kinds of question that there are, without those about the talk itself."""
    kinds = [kind for kind in operations() if kind not in TALK]
    return {"about_case": [kind for kind in kinds if operations()[kind].ABOUT == "case"],
            "about_model": [kind for kind in kinds if operations()[kind].ABOUT == "model"]}


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("importance", {}), ("about", {})]
