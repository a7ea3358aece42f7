"""What was understood of a domain folder: lines of plain text for `python -m app check`."""
import numpy as np

from explainers.feature import text_of
from explainers.suspicions import suspicions
from explainers.workspace import Workspace

SHOWN = 6


def domain_report(workspace: Workspace):
    """Lines: target, rows, features, rules, model, doubts. Loads the model and rates every case with it."""
    domain = workspace.domain
    yield f"{domain.title} ({domain.path})"
    yield from _target(domain)
    yield from _rows(domain)
    yield from _features(domain)
    yield from _rules(domain)
    yield from _model(workspace)
    doubts = [_doubt(doubt, domain) for doubt in suspicions(domain)]
    yield "Doubts" if doubts else "Doubts: none"
    yield from (f"  - {doubt}" for doubt in doubts)


def _target(domain):
    if domain.regression:
        unit = f" in {domain.file.unit}" if domain.file.unit else ""
        yield f"Target: {domain.file.target}, a number{unit}, {domain.target.min():g} to {domain.target.max():g}"
        return
    shares = domain.target.value_counts(normalize=True)
    names = ", ".join(f"{code} = {label} ({100 * shares.get(code, 0):.0f} %)"
                      for code, label in domain.outcomes.items())
    inferred = "" if domain.file.outcomes else " (names inferred: outcomes gives better ones)"
    yield f"Target: {domain.file.target}: {names}{inferred}"
    if domain.favourable is not None:
        source = "" if domain.file.favourable is not None else " (inferred from the words)"
        yield f"Hoped for: {domain.outcomes[domain.favourable]}{source}, from a probability of {domain.threshold:g} on"
    elif len(domain.outcomes) == 2:
        yield "Hoped for: not said (favourable names the outcome that people hope for); the likelier outcome is the answer"


def _rows(domain):
    named = f"named by {domain.file.id}" if domain.file.id else "named by their row number, from 0"
    if domain.split_known:
        how = "the share in holdout" if isinstance(domain.file.holdout, float) else f"the column {domain.file.holdout}" \
            if domain.file.holdout else "inferred: 30 in 100"
        yield (f"Rows: {len(domain.frame)}, {named}; {len(domain.train)} to learn from and {len(domain.cases)} to ask about "
               f"({how})")
    else:
        yield (f"Rows: {len(domain.frame)}, {named}; all can be asked about (which of them the model learned from is not "
               "known: holdout says it)")


def _features(domain):
    yield f"Features: {len(domain.features)}" + (f", as {len(domain.players)} things that people know" if domain.file.families else "")
    for name, feature in domain.features.items():
        marks = [word for word, on in (("fixed", feature.immutable), ("sensitive", feature.sensitive)) if on]
        marks += [f"only {feature.change}"] if feature.change != "any" else []
        missing = int(domain.frame[name].isna().sum())
        marks += [f"{missing} missing"] if missing else []
        given = domain.file.features.get(name)
        marks += ["type inferred"] if given is None or (given.type is None and given.values is None) else []
        label = f" ({feature.label})" if feature.label != name else ""
        yield f"  {name}{label}: {_kind(feature)}" + (f" [{', '.join(marks)}]" if marks else "")


def _kind(feature):
    if feature.type == "number":
        unit = f" {feature.unit}" if feature.unit else ""
        return f"number, {_short(feature.low)} to {_short(feature.high)}{unit}, in steps of {_short(feature.step)}"
    if feature.type == "yes_no":
        return f"yes or no ({text_of(feature.true)} is yes, {text_of(feature.false)} is no)"
    names = [name if name == code else f"{code} {name}" for code, name in feature.values.items()]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{'levels' if feature.ordered else 'one'} of {', '.join(names[:SHOWN])}{more}"


def _short(number):
    return "nothing" if number is None else f"{number:g}"


def _rules(domain):
    from explainers.relations import read_relations
    for name, family in domain.file.families.items():
        yield f"  {name} (family of columns): {', '.join(family.columns)}"
    found = read_relations(domain)
    if found.rules or found.follows:
        yield f"Relations: {len(found.rules) + len(found.follows)}"
        yield from (f"  {_relation(entry)}" for entry in domain.file.relations)


def _relation(entry):
    """A relation as it stands in domain.yaml, on one line."""
    if not isinstance(entry, dict):
        return str(entry)
    if "when" in entry:
        return f"where {_condition(entry['when'])}, {_condition(entry['then'])}"
    return f"{entry.get('follows')} follows" + "".join(
        f" {key.replace('_', ' ')} {entry[key]}" for key in ("as", "in_proportion_to", "moves_with") if key in entry)


def _condition(condition):
    if not isinstance(condition, dict):
        return str(condition)
    if "feature" in condition:
        return f"{condition['feature']} {condition.get('is')} {condition.get('value')}"
    key, parts = next(iter(condition.items()))
    if key == "not":
        return f"not ({_condition(parts)})"
    return "(" + f" {key} ".join(_condition(part) for part in parts) + ")" if isinstance(parts, list) else f"{key} {parts}"


def _model(workspace):
    domain, model = workspace.domain, workspace.model
    made = {"trained": "trained here, because domain.yaml names none", "file": domain.file.model}[model.origin]
    trees = f", {model.notes['trees']} trees" if model.notes.get("trees") else ""
    yield f"Model: {model.notes.get('estimator', 'unknown')}{trees} ({model.library}; {made})"
    unused = [name for name in domain.features if name not in model.features]
    if unused:
        yield f"  It does not use {', '.join(unused)}."
    if model.notes.get("class_order_assumed"):
        yield f"  It does not name its classes; they are taken in the order {', '.join(model.classes)}."
    if model.notes.get("probabilities") == "margin":
        yield "  It gives no probabilities; its margin is turned into a score between 0 and 1 that is not calibrated."
    predicted = model.predict(domain.cases)
    if domain.regression:
        off = float(np.mean(np.abs(predicted - domain.cases_target.to_numpy(dtype=float))))
        yield f"  On the {len(domain.cases)} cases it is off by {off:.3g} on average."
        return
    right = workspace.decide(predicted) == domain.cases_target.to_numpy()
    note = "" if domain.split_known else " (perhaps rows that it learned from)"
    yield f"  On the {len(domain.cases)} cases it is right in {100 * right.mean():.0f} of 100{note}."


DOUBTS = {
    "copy_of_target": "{feature} alone tells the target in {share} of 100 rows: is it known before the decision?",
    "like_an_id": "{feature} is different in nearly every row: if it names the rows, put it under id or ignore",
    "same_everywhere": "{feature} has the same value in every row: it can tell nothing",
    "same_as_other": "{feature} and {other} say the same",
    "near_copy": "{feature} and {other} say nearly the same ({share} of 100)",
    "many_categories": "{feature} has {count} different values: a number, or fewer categories, would be told better",
    "mostly_missing": "{feature} is missing in {share} of 100 rows",
    "few_of_outcome": "only {count} rows have the outcome {outcome}",
    "few_rows": "there are only {count} rows to learn from",
    "numbers_in_words": "{feature} is read as words, but nearly all its values are numbers ({value} is not)",
}


def _doubt(doubt, domain):
    facts = {**doubt, "share": round(100 * doubt.get("share", 0))}
    if "outcome" in facts:
        facts["outcome"] = domain.outcomes[facts["outcome"]]
    return DOUBTS[doubt["code"]].format(**facts)
