"""What are the values of a case, or which cases are these?"""
ABOUT = "case"
OPTIONS = ()


def suggestions(evidence, domain):
    if evidence.scope.kind in ("case", "new"):
        return [("why", {}), ("correct", {}), ("counterfactual", {})]
    return [("count", {}), ("importance", {})]
