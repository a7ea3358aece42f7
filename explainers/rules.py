"""How does the model decide in general? Its own tree where it is one; else short rules that mostly agree, with how often."""

import numpy as np

from explainers.explain import Finding
from explainers.rates import share_of
from explainers.surrogate import joined, said, tree_of

PRODUCES = ("rules", "path")
ORDER = 10
DRAWN = 4       # levels of the tree that are drawn
MOST = 16       # rules that are told


def misfit(ask, scene):
    if ask.kind == "path" and not scene.one:
        return "needs_one_case"
    constant = not scene.domain.regression and len(set(said(scene, scene.domain.train))) < 2
    return "one_outcome_only" if constant else None


def explain(ask, scene):
    made, fidelity = tree_of(scene)
    output = scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    known = {
        "method": made.method,
        "exact": made.exact,
        "fidelity": fidelity,
        "which": "held-out" if scene.domain.split_known else "data",
    }
    result = _path(scene, made) if ask.kind == "path" else _rules(scene, made)
    on_path = made.tree.decision_path(made.codes(scene.rows)).indices.tolist() if ask.kind == "path" else []
    return Finding({**known, **result, "tree": drawn(scene, made, on_path)}, output=output, library=_library())


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


def drawn(scene, made, on_path):
    """The upper part of the tree, row by row from the top: [{"depth", "condition", "outcome" or "value", "score", "rows",
    "of", "leaf", "here"}], the node of depth 0 without a condition.

    rows: training rows at the node; leaf: no further split (one that is only not drawn is no leaf); here: on the case's way.
    """
    tree, total = made.tree.tree_, len(scene.domain.train)
    counts = np.asarray(made.tree.decision_path(made.codes(scene.domain.train)).sum(axis=0)).ravel()
    found, open_nodes = [], [(0, 0, None)]
    while open_nodes:
        node, depth, condition = open_nodes.pop()
        leaf = bool(tree.children_left[node] < 0)
        entry = {"depth": depth, "condition": condition, "score": made.level(node, scene.outcome), "rows": int(counts[node]),
                 "of": total, "leaf": leaf, "here": node in on_path}
        found.append({**entry, "value": entry["score"]} if scene.domain.regression else {**entry, "outcome": made.outcome(node)})
        if not leaf and depth < DRAWN:
            open_nodes.append((tree.children_right[node], depth + 1, made.condition(node, False)))
            open_nodes.append((tree.children_left[node], depth + 1, made.condition(node, True)))
    return found


def _rules(scene, made):
    """{"rules": [{"conditions", "outcome" or "value", "rows", "share", "agreement"}], "of", "more"}: over held-out rows,
    the widest first; more: how many further rules there are."""
    rows = scene.domain.cases
    leaves = made.tree.apply(made.codes(rows))
    model = said(scene, rows)
    found = []
    for leaf, way in _ways(made.tree.tree_):
        met = leaves == leaf
        entry = {
            "conditions": joined([made.condition(*step) for step in way], scene.domain),
            "rows": int(met.sum()),
            "share": float(met.mean()),
        }
        if scene.domain.regression:
            found.append({**entry, "value": made.level(leaf, None)})
        else:
            outcome = made.outcome(leaf)
            found.append({**entry, "outcome": outcome, "agreement": share_of(int((model[met] == outcome).sum()), int(met.sum()))})
    found.sort(key=lambda rule: -rule["rows"])
    return {"rules": found[:MOST], "of": len(rows), "more": len(found[MOST:])}


def _path(scene, made):
    """{"steps": [{"condition", "value", "before", "after"}], "outcome", "agrees"}: shares of the told outcome (or values)."""
    tree = made.tree.tree_
    nodes = made.tree.decision_path(made.codes(scene.rows)).indices
    steps = []
    for node, following in zip(nodes[:-1], nodes[1:]):
        condition = made.condition(node, tree.children_left[node] == following)
        name = _feature(condition)
        steps.append(
            {
                "condition": condition,
                "feature": name,
                "value": scene.domain.features[name].json(scene.rows[name].iloc[0]),
                "before": made.level(node, scene.outcome),
                "after": made.level(following, scene.outcome),
            }
        )
    model = said(scene, scene.rows)[0]
    conditions = joined([step["condition"] for step in steps], scene.domain)
    if scene.domain.regression:
        return {"steps": steps, "value": made.level(nodes[-1], None), "model_value": float(model), "agrees": None,
                "conditions": conditions}
    ended = made.outcome(nodes[-1])
    return {"steps": steps, "outcome": ended, "model_outcome": str(model), "agrees": ended == str(model), "conditions": conditions}


def _feature(condition):
    """The feature of a condition, or of the first of several values that it allows."""
    return condition["feature"] if "feature" in condition else condition["or"][0]["feature"]
