"""Domains of several sorts and evidence made by hand for every kind, in ordinary and in extreme forms."""
import pandas as pd
import yaml

from explainers.domain import load_domain
from explainers.types import Evidence

FEATURES = {
    "age": {"type": "number", "label": "age", "unit": "years", "immutable": True, "sensitive": True},
    "amount": {"type": "number", "label": "loan amount", "unit": "DM", "step": 100},
    "savings": {"type": "category", "label": "savings", "values": {"a": "none", "b": "under 100 DM",
                                                                   "c": "over 100 DM"},
                "ordered": True, "phrases": {"a": "no savings are known"}},
    "account": {"type": "yes_no", "label": "savings account"},
    "rate": {"type": "number", "label": "rate"},
}
ROWS = {"age": [22, 35, 41, 58, 63, 27], "amount": [1500, 4000, 2500, 800, 6100, 3300],
        "savings": list("abcabc"), "account": [0, 1, 1, 0, 1, 0], "rate": [0.5, 1.25, 2.75, 0.25, 3.5, 1.0]}
SORTS = {
    "decision": {"outcomes": {0: "bad credit risk", 1: "good credit risk"}, "favourable": 1, "case": ["applicant",
                                                                                                      "applicants"],
                 "score": {"outcome": 0, "label": "not repaying"},
                 "decision": {"made_by": "the model and a clerk", "review": {"contact": "the loans desk",
                                                                             "within_days": 30}}},
    "good counted": {"outcomes": {0: "fail", 1: "pass"}, "favourable": 1, "score": {"outcome": 1,
                                                                                    "label": "score for passing"},
                     "threshold": 0.7},
    "bare": {},
    "many outcomes": {"outcomes": {0: "red", 1: "green", 2: "blue"}},
    "regression": {"unit": "points"},
}
TARGETS = {"many outcomes": [0, 1, 2, 0, 1, 2], "regression": [3.5, 11.0, 14.5, 8.0, 17.0, 12.0]}


def make_domain(sort, folder):
    """A domain folder of the sort (a key of SORTS), loaded."""
    rows = pd.DataFrame({**ROWS, "target": TARGETS.get(sort, [0, 1, 1, 0, 1, 0])})
    rows.to_csv(folder / "rows.csv", index=False)
    features = {} if sort == "bare" else FEATURES
    file = {"data": "rows.csv", "target": "target", "holdout": 0.5, "features": features, **SORTS[sort]}
    (folder / "domain.yaml").write_text(yaml.safe_dump(file, sort_keys=False), encoding="utf-8")
    return load_domain(folder)


def wrap(kind, result, domain, scope=None, caveats=(), output=None, foil=None):
    """The Evidence around a result."""
    told = None if domain.regression else domain.counted or list(domain.outcomes)[0]
    output = output or ((domain.file.unit or "value") if domain.regression else "probability")
    return Evidence(kind=kind, scope=scope or {"kind": "case", "case": "3"}, outcome=told, foil=foil, output=output,
                    explainer="by_hand", library="because", model_hash="m0d31", data_hash="da7a", seed=20, seconds=0.01,
                    caveats=tuple(caveats), result=result)


def state(domain, told):
    """What the model says when the outcome told has this probability (a regression: this value)."""
    if domain.regression:
        return {"value": told, "unit": domain.file.unit}
    code = domain.counted or list(domain.outcomes)[0]
    rest = [other for other in domain.outcomes if other != code]
    shares = {code: told, **{other: (1 - told) / len(rest) for other in rest}}
    if domain.favourable and len(rest) == 1:
        other = rest[0] if code == domain.favourable else domain.favourable
        favourable = shares[domain.favourable] >= domain.threshold
        outcome = domain.favourable if favourable else next(c for c in domain.outcomes if c != domain.favourable)
    else:
        outcome = max(shares, key=shares.get)
    return {"outcome": outcome, "probabilities": shares}


def prediction(domain, told=0.68, before=None, changes=(), kind="prediction", **more):
    threshold = {"outcome": domain.favourable, "at_least": domain.threshold} \
        if domain.favourable and len(domain.outcomes) == 2 else None
    result = {**state(domain, told), "threshold": threshold, "changes": list(changes),
              "before": None if before is None else state(domain, before)}
    return wrap(kind, result, domain, **more)


VALUES = {"age": 22, "amount": 4000, "savings": "a", "account": False, "rate": 0.75}


def contribution(feature, size, value="own", **more):
    return {"feature": feature, "value": VALUES[feature] if value ==
        "own" else value, "contribution": size, "error": 0.0, **more}


def why(domain, sizes=(0.14, -0.06, 0.05, 0.02, 0.001), baseline=0.4, values=VALUES, **more):
    """A why of as many contributions as sizes; beyond five the features are repeated."""
    names = list(VALUES)
    items = [contribution(names[i % len(names)], size, values[names[i % len(names)]]) for i, size in enumerate(sizes)]
    items.sort(key=lambda item: -abs(item["contribution"]))
    result = {"method": "exact Shapley values", "baseline": baseline, "value": baseline + sum(sizes),
              "contributions": items,
              "additivity_error": 1e-16, "background": {"rows": 100, "which": "training", "outcome": None, "cases": []},
              "exact": True, "stable": True, "players": len(items)}
    return wrap("why", result, domain, **more)


def role(domain, size=0.03, rank=3, feature="age", flips=True, value="own", **more):
    other = next(iter(domain.outcomes), None)
    entry = {**contribution(feature, size, value), "rank": rank, "of": 5, "share_of_total": 0.1,
             "alone_flips": None if domain.regression else flips,
             "flips_at": 41 if flips and not domain.regression else None,
             "flips_to": other if flips and not domain.regression else None, "turning": [],
             "lowest": {"value": 19, "score": 0.31}, "highest": {"value": 70, "score": 0.77}, "tried": 40}
    result = {**entry, "features": [entry], "score": 0.68, "method": "exact Shapley values", "baseline": 0.4,
              "additivity_error": 1e-16, "background": {"rows": 100, "which": "training"}, "exact": True,
              "stable": True,
              "players": 5}
    return wrap("role", result, domain, **more)


def option(domain, changes, told=0.42, **more):
    return {"changes": changes, "follows": [], "row": dict(VALUES), **state(domain, told), "cost": 0.75,
            "n_changes": len(changes),
            "plausibility": 0.12, "robust": True, **more}


AMOUNT = {"feature": "amount", "from": 4000, "to": 2500}
SAVINGS = {"feature": "savings", "from": "a", "to": "c"}


def counterfactual(domain, options=None, nearest=None, constraints=None, lift=(), **more):
    options = [option(domain, [AMOUNT]), option(domain, [AMOUNT, SAVINGS], 0.37)] if options is None else options
    fixed = [{"feature": "age", "reason": "sensitive"}]
    target = {"at_least": 12.0} if domain.regression else {"outcome": domain.favourable or list(domain.outcomes)[-1]}
    result = {"options": options, "constraints": {"only": None, "without": [], "at_most": None, "limits": [],
                                                  "unlike": [],
                                                  "fixed": fixed, **(constraints or {})},
              "proven": True, "none_because": None if options else {"code": "out_of_reach", "lift": list(lift),
                                                                    "nearest": nearest},
              "target": target, "present": state(domain, 0.68), "model_calls": 4, "candidates": 1234,
              "seconds_budget": 1.0}
    return wrap("counterfactual", result, domain, foil=target.get("outcome"), **more)


def group_counterfactual(domain, changes, without, scope):
    group = {"size": 45, "without": without, "outcome": domain.favourable or list(domain.outcomes)[-1], "asked": without,
             "changes": [{"changes": [{"feature": c["feature"], "to": c["to"]} for c in changes], "helped": 12,
                          "share": 0.6, "cost": 1.3}] if changes else []}
    empty = counterfactual(domain, []).result
    return wrap("counterfactual", {**empty, "none_because": None, "present": None, "group": group}, domain, scope,
                foil=group["outcome"])


def reached(domain):
    reasons = {"code": "reached_already", "lift": [], "nearest": None}
    found = counterfactual(domain, [])
    return wrap("counterfactual", {**found.result, "none_because": reasons}, domain, foil=domain.favourable)


def importance(domain, values=(0.12, 0.05, 0.01, -0.002), asked=(), **more):
    names = list(VALUES)
    features = [{"feature": names[i % len(names)], "importance": v, "low": v - 0.02,
                                          "high": v + 0.02} for i, v in enumerate(values)]
    result = {"method": "permutation importance", "measure": "auc", "quality": 0.81, "features": features, "rows": 300,
              "which": "held-out", "repeats": 5, "asked": list(asked)}
    return wrap("importance", result, domain, scope={"kind": "everyone", "size": 300}, output="auc", **more)


def scan(domain, runs, now=4000, feature="amount", **more):
    return {"feature": feature, "now": now, "ranges": runs, "exact": True, "low": 500, "high": 7000,
            "seen": {"from": 800, "to": 6100}, "follows": [], **more}


def runs_of(domain):
    words = ("reached", "not_reached") if domain.regression else list(domain.outcomes)[:2]
    return [{"from": 500, "to": 2900, "outcome": words[1]}, {"from": 3000, "to": 7000, "outcome": words[0]}]


def threshold(domain, best=2900, direction="max", **more):
    runs = runs_of(domain)
    entry = scan(domain, runs, direction=direction, target=runs[0]["outcome"], best=best, fixed=None)
    return wrap("threshold", {**entry, "features": [entry]}, domain,
                foil=None if domain.regression else entry["target"], **more)


def keep(domain, bound=True, **more):
    runs = runs_of(domain)
    amount = scan(domain, runs, keeps={"from": 3000, "to": 7000}, any=not bound)
    savings = scan(domain, [{"from": c, "to": c, "outcome": runs[1]["outcome"]} for c in "abc"], now="a",
                   feature="savings",
                   keeps=list("abc"), any=True)
    found = [amount, savings]
    return wrap("keep", {**found[0], "outcome": runs[1]["outcome"], "features": found}, domain, **more)


def letter(domain, told=0.68, ways="counterfactual", **more):
    """A letter with the ways of `counterfactual`, of `reached`, of none found, or without any sought (None)."""
    unit = 12.0 if domain.regression else 1.0
    metric = "mean_absolute_error" if domain.regression else "accuracy"
    sizes = [unit * size for size in (told - 0.53, -0.06, 0.05, 0.02, 0.12)]
    found = {"counterfactual": counterfactual, "reached": reached, "none": lambda d: counterfactual(d, [])}
    result = {"prediction": prediction(domain, unit * told).result, "why": why(domain, sizes, unit * 0.4).result,
              "counterfactual": found[ways](domain).result if ways else None, "values": dict(VALUES),
              "model": {"family": "LogisticRegression", "players": 5, "trained_on": 3, "performance": {
                  "which": "held-out", "metrics": [{"metric": metric, "value": 0.8}]}}}
    return wrap("letter", result, domain, **more)
