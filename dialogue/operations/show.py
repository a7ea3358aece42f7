"""What are the values of a case, or which cases are these?"""
ABOUT = "case"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("why", {}), ("prediction", {}), ("correct", {})] if evidence.scope.kind in (
        "case", "new") else [("count", {}), ("importance", {})]
