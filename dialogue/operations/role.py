"""Did one value (or which of two) matter for this case, and would it alone have turned the outcome?"""
ABOUT = "case"
OPTIONS = ("features", "output")


def facts(evidence, domain):
    """The features asked about, each with its role; whether it may be changed, and whether it is sensitive."""
    roles = evidence.result.get("features") or [evidence.result]
    features = {str(role.feature): domain.features.get(str(role.feature)) for role in roles}
    ranked = sorted(roles, key=lambda role: role.rank)
    return {"roles": roles, "ranked": ranked, "group": "size" in evidence.result or evidence.scope.kind in ("group",
                                                                                                            "everyone"),
            "differs": any(getattr(change, "from") != change.to for change in evidence.result.get("changes") or ()),
            "fixed": {name for name, feature in features.items() if feature is not None and feature.immutable},
            "sensitive": {name for name, feature in features.items() if feature is not None and feature.sensitive}}


def suggestions(evidence, domain):
    result, found = evidence.result, []
    feature = domain.features.get(str(result.feature))
    other = result.get("flips_at")
    if feature is not None and other is not None and other != result.get("value"):
        slots = {"feature": ("feature", result.feature), "value": ("value", other, result.feature)}
        found.append(("prediction.to", slots))
    if feature is not None and feature.sensitive:
        found.append(("fairness", {}))
    return found + [("why", {}), ("counterfactual", {})]
