"""How does the model decide in general? Short rules that agree with it mostly, with how often they do."""

import numpy as np

from explainers.explain import Finding
from explainers.rates import share_of
from explainers.surrogate import joined, said, surrogate_of

PRODUCES = ("rules", "path")
ORDER = 10


def misfit(ask, scene):
    if ask.kind == "path" and not scene.one:
        return "needs_one_case"
    constant = not scene.domain.regression and len(set(said(scene, scene.domain.train))) < 2
    return "one_outcome_only" if constant else None


def explain(ask, scene):
    made, fidelity = surrogate_of(scene)
    output = scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    known = {
        "method": "surrogate tree",
        "exact": False,
        "fidelity": fidelity,
        "which": "held-out" if scene.domain.split_known else "data",
    }
    result = _path(scene, made) if ask.kind == "path" else _rules(scene, made)
    return Finding({**known, **result}, output=output, library=_library())


def _library():
    import sklearn

    return f"scikit-learn {sklearn.__version__}"


def _ways(tree):
    """[(leaf, [(split, goes left), ...])] from left to right."""
    found, open_ways = [], [(0, [])]
    while open_ways:
        node, way = open_ways.pop()
        if tree.children_left[node] < 0:
            found.append((node, way))
            continue
        open_ways.append((tree.children_right[node], way + [(node, False)]))
        open_ways.append((tree.children_left[node], way + [(node, True)]))
    return found


def _rules(scene, made):
    """{"rules": [{"conditions", "outcome" or "value", "rows", "share", "agreement"}], "of"}: over held-out rows, widest first."""
    rows = scene.domain.cases
    leaves = made.tree.apply(made.codes(rows))
    model = said(scene, rows)
    found = []
    for leaf, way in _ways(made.tree.tree_):
        met = leaves == leaf
        value = made.tree.tree_.value[leaf][0]
        entry = {
            "conditions": joined([made.condition(*step) for step in way], scene.domain),
            "rows": int(met.sum()),
            "share": float(met.mean()),
        }
        if scene.domain.regression:
            found.append({**entry, "value": float(value[0])})
        else:
            outcome = str(made.tree.classes_[int(np.argmax(value))])
            found.append({**entry, "outcome": outcome, "agreement": share_of(int((model[met] == outcome).sum()), int(met.sum()))})
    return {"rules": sorted(found, key=lambda rule: -rule["rows"]), "of": len(rows)}


def _path(scene, made):
    """{"steps": [{"condition", "value", "before", "after"}], "outcome", "agrees"}: shares of the told outcome (or values)."""
    codes = made.codes(scene.rows)
    tree = made.tree.tree_
    nodes = made.tree.decision_path(codes).indices
    told = 0 if scene.domain.regression else [str(code) for code in made.tree.classes_].index(scene.outcome)
    level = lambda node: float(tree.value[node][0][told])
    steps = []
    for node, following in zip(nodes[:-1], nodes[1:]):
        condition = made.condition(node, tree.children_left[node] == following)
        name = condition["feature"]
        steps.append(
            {
                "condition": condition,
                "feature": name,
                "value": scene.domain.features[name].json(scene.rows[name].iloc[0]),
                "before": level(node),
                "after": level(following),
            }
        )
    ended, model = made.tree.predict(codes)[0], said(scene, scene.rows)[0]
    if scene.domain.regression:
        return {"steps": steps, "value": float(ended), "model_value": float(model), "agrees": None}
    return {
        "steps": steps,
        "outcome": str(ended),
        "model_outcome": str(model),
        "agrees": bool(ended == model),
        "conditions": joined([step["condition"] for step in steps], scene.domain),
    }
