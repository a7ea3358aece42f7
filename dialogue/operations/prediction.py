"""What does the model say? With changes: what would it say (a what-if)?"""
from dialogue.phrasing.figures.score import change_figure

ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    """The score told before and after, the changes that are any, and the other outcomes by their scores."""
    result = evidence.result
    if "size" in result:
        counts = result.counts.keyed() if "counts" in result else []
        return {"group": True, "counts": sorted(counts, key=lambda pair: -pair[1])}
    found = {"group": False, "real": [c for c in result.changes if c.get("from") != c.get("to")],
             "same": [c for c in result.changes if c.get("from") == c.get("to") and c.get("to") is not None]}
    if "probabilities" not in result:
        return found
    told, before = str(evidence.outcome), result.before
    others = sorted((pair for pair in result.probabilities.keyed() if pair[0] != told), key=lambda pair: -pair[1])
    return {**found, "score": result.probabilities[told], "before": before.probabilities[told] if before else None,
            "flipped": bool(before) and before.outcome != result.outcome,
            "others": others if len(others) > 1 else []}


def figures(evidence, domain, words):
    """Before and after, for a what-if about one case."""
    result = evidence.result
    if not result.get("before") or "size" in result or not any(c.get("from") != c.get("to") for c in result.changes):
        return []
    if domain.regression:
        return [change_figure(evidence, result.before.value, result.value, words)]
    told = str(evidence.outcome)
    return [change_figure(evidence, result.before.probabilities[told], result.probabilities[told], words)]


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {})]
