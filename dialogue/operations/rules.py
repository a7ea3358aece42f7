"""How does the model decide in general?"""
ABOUT = "model"
OPTIONS = ()
PLAIN = 4


def facts(evidence, domain):
    return {"rules": sorted((rule for rule in evidence.result.rules if rule.rows > 0),
                            key=lambda rule: -rule.rows), "few": PLAIN}


def suggestions(evidence, domain):
    return [("importance", {}), ("interactions", {}), ("model", {})]
