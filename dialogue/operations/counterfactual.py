"""What would have to be different for another outcome?"""
from dialogue.phrasing.figures.score import options_figure

ABOUT = "case"
OPTIONS = ("target", "only", "without", "at_most", "limits", "like", "unlike")


def facts(evidence, domain):
    """Options, the outcome aimed at, what was held fixed and why, and where none was found how near it came."""
    result = evidence.result
    constraints = result.get("constraints")
    fixed = constraints.get("fixed") if constraints is not None and len(constraints) else None
    fixed = fixed or []
    target = result.get("target")
    reasons = result.get("none_because")
    lift = list(reasons.get("lift") or []) if reasons is not None else []
    nearest, goal = reasons.get("nearest") if reasons is not None else None, ends(target)
    said = lambda *names: [entry for entry in lift if entry.constraint in names and entry.get("feature")]
    return {
        "options": result.options, "target": target.get("outcome") if target is not None and len(target) else None,
        "at_least": target.get("probability") if target is not None and len(target) else None,
        **goal,
        "present": result.get("present"), "constraints": constraints,
        "immutable": [entry.feature for entry in fixed if entry.reason == "immutable"],
        "sensitive": [entry.feature for entry in fixed if entry.reason == "sensitive"],
        "already": reasons is not None and reasons.code == "reached_already", "group": _group(result),
        "target_default": result.get("target_chosen_by") == "default",
        "goal_default": domain.regression and (domain.file.better is None or isinstance(domain.file.better, str)),
        "lift_unlike": lift != [] and all(entry.constraint == "unlike" for entry in lift),
        "none": reasons, "nearest": nearest,
        "near_miss": nearest is not None and bool(nearest.get("changes")), "goal_told": any(end is not None for end in goal.values()),
        "lift_immutable": [entry for entry in said("fixed") if entry.get("reason") != "sensitive"],
        "lift_sensitive": [entry for entry in said("fixed") if entry.get("reason") == "sensitive"],
        "lift_asked": said("only", "without"),
        "wished": constraints is not None and any(constraints.get(name) for name in ("only", "without", "at_most", "limits", "unlike")),
        **_wishes(lift, constraints)}


def _wishes(lift, constraints):
    """What the person asked for besides features that stay, as far as it stands in the way."""
    limits = [constraints.limits[int(entry.number)] for entry in lift if entry.constraint == "limits"]
    at_most = constraints.at_most if any(entry.constraint == "at_most" for entry in lift) else None
    shown = any(entry.constraint == "unlike" for entry in lift)
    return {"lift_limits": limits, "lift_at_most": at_most, "lift_shown": shown,
            "lift_other": bool(limits or shown) or at_most is not None}


def _group(result):
    """The part about many cases, or None."""
    group = result.get("group")
    return group if group is not None and len(group) else None


def ends(target):
    """Ends of what a regression's estimate shall reach, and the value where one was named."""
    if target is None or not len(target):
        return {"low": None, "high": None, "exactly": None}
    first = lambda *names: next((target.get(name) for name in names if target.get(name) is not None), None)
    return {"low": first("from", "at_least"), "high": first("to", "at_most"), "exactly": target.get("value")}


def figures(evidence, domain, words):
    return [options_figure(evidence, words)] if evidence.result.options else []


def suggestions(evidence, domain):
    found, reasons = [], evidence.result.get("none_because")
    if reasons is not None and reasons.code == "reached_already":
        other = [code for code in domain.outcomes if code != evidence.result.target.outcome]
        found.append(("counterfactual.reverse", {"outcome": ("outcome", other[0])}))
    elif evidence.result.options:
        found.append(("counterfactual.other", {}))
        first = evidence.result.options[0].changes
        if first:
            found.append(("prediction.to", {"feature": ("feature", first[0].feature),
                                            "value": ("value", first[0].to, first[0].feature)}))
            found.append(("counterfactual.without", {"feature": ("feature", first[0].feature)}))
    elif domain.file.decision and domain.file.decision.review:
        found.append(("human_review", {}))
    return found + [("why", {})]
