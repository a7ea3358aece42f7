"""Which cases are most like this one, and what came of them?"""
ABOUT = "case"
OPTIONS = ()
SHOWN, DIFFERENCES = 3, 3


def facts(evidence, domain):
    return {"near": evidence.result.cases, "shown": SHOWN, "differences": DIFFERENCES}


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("performance", {})]
