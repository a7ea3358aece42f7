"""What kind of model is this?"""
ABOUT = "model"
OPTIONS = ()


def facts(evidence, domain):
    """Its quality on held-out cases: the share that it gets right, or the mean error of a regression."""
    metrics = {str(entry.metric): entry for entry in evidence.result.performance.metrics}
    return {"quality": metrics.get("accuracy") or metrics.get("mean_absolute_error")}


def suggestions(evidence, domain):
    return [("performance", {}), ("importance", {}), ("data", {}), ("rules", {})]
