"""Which values of this case alone are enough for the model's answer, whatever the others are?"""
ABOUT = "case"
OPTIONS = ()


def facts(evidence, domain):
    return {"conditions": evidence.result.conditions}


def suggestions(evidence, domain):
    return [("why", {}), ("counterfactual", {}), ("keep", {}), ("rules", {})]
