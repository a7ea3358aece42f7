"""Averages, ranges and shares of values in the data."""
ABOUT = "model"
OPTIONS = ("features",)
SHOWN = {"plain": 5}
VALUES = {"plain": 3, "practitioner": 6}


def facts(evidence, domain):
    return {"stats": list(evidence.result.features), "few": SHOWN["plain"], "shown_values": VALUES}


def suggestions(evidence, domain):
    return [("importance", {}), ("effect", {"feature": ("feature", evidence.result.features[0].feature)}), ("data", {})]
