"""Conditions in words: which cases are meant."""
import operator

from dialogue.phrasing.selection import MISREAD

RANKED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def condition_words(condition, words, joined="and"):
    """COND (as in explainers/conditions.py) -> `age under 25 and housing: rented`."""
    phrase = words.phrase
    if isinstance(condition, (list, tuple)):
        condition = {"and": condition}
    if "and" in condition or "or" in condition:
        how = "and" if "and" in condition else "or"
        parts = condition_list(condition[how], words) if how == "and" else [condition_words(p, words) for p in condition[how]]
        return f" {phrase('conditions.' + how)} ".join(parts)
    if "not" in condition:
        return phrase("conditions.not").format(condition=condition_words(condition["not"], words))
    if "prediction" in condition:
        return phrase("conditions.prediction").format(outcome=words.outcome_text(condition["prediction"]))
    if "label" in condition:
        return phrase("conditions.label").format(outcome=words.outcome_text(condition["label"]))
    feature, value = condition["feature"], condition["value"]
    meant = words.domain.features.get(str(feature))
    if meant is not None and meant.type == "category" and str(condition["is"]) in RANKED:
        met = _ranked(meant, str(condition["is"]), words.code_text(value))
        rest = [code for code in meant.values if code not in met]
        return _listed(meant, *(("!=", rest) if rest and len(rest) < len(met) else ("=", met)), words)
    if meant is not None and meant.type == "yes_no" and str(condition["is"]) == "!=":
        return phrase("conditions.is")["="].format(label=meant.label,
                      value=words.value_text(value in (False, 0, "false"), feature))
    how, text = phrase("conditions.is")[str(condition["is"])], words.value_text(value, feature)
    if str(condition["is"]) == "!=" and meant is not None and meant.type == "category":
        text = phrase("quoted").format(text=text)
    return how.format(label=words.label_text(feature), value=text)


def condition_list(conditions, words):
    """Conditions that all hold, each in words; two limits of one number are one: `age over 29 and up to 38 years`."""
    texts, met = [], set()
    for place, condition in enumerate(conditions):
        if place in met:
            continue
        pair = next((later for later in range(place + 1, len(conditions))
                     if later not in met and _limits(condition, conditions[later], words)), None)
        if pair is not None:
            met.add(pair)
        texts.append(condition_words(condition, words) if pair is None else _limits(condition, conditions[pair], words))
    return texts


def _limits(one, other, words):
    """A lower and an upper limit of the same number in one, else None."""
    if not all("feature" in limit for limit in (one, other)) or str(one["feature"]) != str(other["feature"]):
        return None
    feature, ends = words.domain.features.get(str(one["feature"])), {str(limit["is"])[0]: limit for limit in (one, other)}
    if feature is None or feature.type != "number" or set(ends) != {"<", ">"}:
        return None
    word = lambda end: words.phrase("conditions.limits")[str(ends[end]["is"])]
    return words.phrase("conditions.both").format(
        label=feature.label, lower=word(">"), low=words.before_text(ends[">"]["value"], feature.name),
        upper=word("<"), high=words.value_text(ends["<"]["value"], feature.name))


def _ranked(feature, comparison, value):
    """Codes of an ordered category that meet `< value` and the like, in their order."""
    codes = list(feature.values)
    return [code for place, code in enumerate(codes) if RANKED[comparison](place, codes.index(value))]


def _listed(feature, how, codes, words):
    """`housing: rented or owned`, or `housing other than owned` where that is shorter; names with a comma in quotes."""
    names = [words.value_text(code, feature.name) for code in codes]
    if how == "!=" or len(names) > 1 and any(MISREAD.search(name) or len(name.split()) > 2 for name in names):
        names = [words.phrase("quoted").format(text=name) for name in names]
    if how == "!=" and len(names) > 1:
        first, last = ", ".join(names[:-1]), names[-1]
        return words.phrase("conditions.neither").format(label=feature.label, first=first, last=last)
    value = f" {words.phrase('conditions.or')} ".join(names)
    return words.phrase("conditions.is")[how].format(label=feature.label, value=value)
