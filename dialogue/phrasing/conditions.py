"""Conditions in words: which cases are meant."""


def condition_words(condition, words, joined="and"):
    """COND (as in explainers/conditions.py) -> `age under 25 and housing: rented`."""
    phrase = words.phrase
    if "and" in condition or "or" in condition:
        how = "and" if "and" in condition else "or"
        parts = [condition_words(part, words) for part in condition[how]]
        return f" {phrase('conditions.' + how)} ".join(parts)
    if "not" in condition:
        return phrase("conditions.not").format(condition=condition_words(condition["not"], words))
    if "prediction" in condition:
        return phrase("conditions.prediction").format(outcome=words.outcome_text(condition["prediction"]))
    if "label" in condition:
        return phrase("conditions.label").format(outcome=words.outcome_text(condition["label"]))
    feature, value = condition["feature"], condition["value"]
    how = phrase("conditions.is")[str(condition["is"])]
    return how.format(label=words.label_text(feature), value=words.value_text(value, feature))
