"""Which values work together?"""
from dialogue.phrasing.selection import spread_of
from dialogue.phrasing.sizes import counts, points_of

ABOUT = "model"
OPTIONS = ("features",)


def facts(evidence, domain):
    """Pairs whose joint effect counts at all (1 point), the largest first, and the others."""
    spread = spread_of(domain)
    pairs = sorted(evidence.result.pairs, key=lambda pair: -pair["size"])
    counting = [pair for pair in pairs if counts(points_of(pair["size"], evidence.output, spread))]
    return {"counting": counting, "pairs": pairs}


def suggestions(evidence, domain):
    pairs = evidence.result.pairs
    found = [("effect", {"feature": ("feature", pairs[0].features[0])})] if pairs else []
    return found + [("importance", {}), ("rules", {})]
