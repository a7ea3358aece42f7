"""What would have to be different for another outcome?"""
ABOUT = "case"
OPTIONS = ("target", "only", "without", "at_most", "limits", "like", "unlike")


def facts(evidence, domain):
    """Options, the outcome aimed at, what was held fixed and why, and where none was found how near it came."""
    result = evidence.result
    constraints = result.get("constraints")
    fixed = constraints.get("fixed") if constraints is not None and len(constraints) else None
    fixed = fixed or []
    target = result.get("target")
    reasons = result.get("none_because")
    return {
        "options": result.options, "target": target.get("outcome") if target is not None and len(target) else None,
        "at_least": target.get("probability") if target is not None and len(target) else None,
        "low": target.get("low") if target is not None and len(target) else None,
        "high": target.get("high") if target is not None and len(target) else None,
        "present": result.get("present"), "constraints": constraints,
        "immutable": [entry.feature for entry in fixed if entry.reason == "immutable"],
        "sensitive": [entry.feature for entry in fixed if entry.reason == "sensitive"],
        "none": reasons, "nearest": reasons.get("nearest") if reasons is not None else None,
        "lift": reasons.get("lift") or [] if reasons is not None else []}


def suggestions(evidence, domain):
    found = []
    if evidence.result.options:
        found.append(("counterfactual.other", {}))
        first = evidence.result.options[0].changes
        if first:
            found.append(("prediction.to", {"feature": ("feature", first[0].feature),
                                            "value": ("value", first[0].to, first[0].feature)}))
            found.append(("counterfactual.without", {"feature": ("feature", first[0].feature)}))
    elif domain.file.decision and domain.file.decision.review:
        found.append(("human_review", {}))
    return found + [("why", {})]
