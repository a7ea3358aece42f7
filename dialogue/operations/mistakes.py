"""Where is the model wrong?"""
ABOUT = "model"
OPTIONS = ("style",)
SHOWN = {"sample": 5}


def facts(evidence, domain):
    """Groups in which it is wrong clearly more often than overall."""
    share = evidence.result.share
    clear = [g for g in evidence.result.groups if g.clear and g.share is not None and share is not None and g.share > share]
    return {"worse": clear, "sample": evidence.result.get("style") == "sample"}


def suggestions(evidence, domain):
    return [("performance", {}), ("fairness", {}), ("rules", {})]
