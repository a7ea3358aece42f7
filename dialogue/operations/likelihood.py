"""What is the score, and how far is it from the line?"""
from dialogue.operations.prediction import facts as prediction_facts
from dialogue.operations.prediction import figures as figures

ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    """Those of a prediction, and the distance of the score from the threshold of the outcome told."""
    found = prediction_facts(evidence, domain)
    threshold = evidence.result.get("threshold")
    if not threshold or "score" not in found:
        return {**found, "distance": None}
    least = threshold.at_least
    if threshold.outcome == evidence.outcome:
        return {**found, "distance": found["score"] - least}
    return {**found, "distance": found["score"] - -(least - 1.0)}


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("performance", {})]
