"""How often is the model right?"""
ABOUT = "model"
OPTIONS = ("metric",)


def facts(evidence, domain):
    """The measures by their names, and the one asked for."""
    metrics = {str(entry.metric): entry for entry in evidence.result.metrics}
    asked = evidence.result.get("asked")
    return {"metrics": list(metrics.values()), "by_name": metrics, "asked": metrics.get(str(asked)) if asked else None}


def suggestions(evidence, domain):
    return [("mistakes", {}), ("fairness", {}), ("data", {}), ("model", {})]
