"""What can be asked? What people ask most comes first; in plain words only that."""
from dialogue.operations import operations

ABOUT = "talk"
OPTIONS = ()
TALK = ("help", "greet", "thanks", "bye", "again", "revise", "level", "language", "more")
PERSON = ("contest", "correct", "human_review", "rights", "letter")
FIRST = ("why", "counterfactual", "prediction", "role", "likelihood", "similar", "threshold", "keep", "importance", "performance",
         "fairness", "data", "rules", "mistakes", "contest", "letter", "rights")
FEW = {"case": 6, "model": 4, "person": 3}


def talk_facts(ask, domain, memory):
    """The kinds of question that there are, without those about the talk itself and those that do not fit the domain."""
    place = lambda kind: FIRST.index(kind) if kind in FIRST else len(FIRST)
    kinds = sorted((kind for kind in operations() if kind not in TALK and fits(kind, domain)), key=place)
    about = lambda what: [kind for kind in kinds if operations()[kind].ABOUT == what and kind not in PERSON]
    return {"about_case": about("case"), "about_model": about("model"), "about_person": [k for k in kinds if k in PERSON], "few": FEW}


def fits(kind, domain):
    """Can the kind be answered of this domain? Some need outcomes to tell apart."""
    return not (domain is not None and domain.regression and getattr(operations()[kind], "NEEDS_OUTCOMES", False))


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("importance", {}), ("about", {})]
