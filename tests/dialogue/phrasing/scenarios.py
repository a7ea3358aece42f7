"""Named evidence for every kind that has any: ordinary, none, one, forty, zero, missing and extreme."""
from tests.dialogue.phrasing import evidence as made

CAVEATS = (
    {"code": "near_boundary", "score": 0.48, "threshold": 0.5, "distance": 0.02},
    {"code": "unlike_data", "distance": 0.31, "usual": 0.2, "feature": "amount"},
    {"code": "out_of_range", "feature": "amount", "value": 90000, "low": 800, "high": 6100},
    {"code": "missing_value", "feature": "rate"})
MISSING = tuple({"code": "missing_value", "feature": name} for name in made.VALUES)
CHANGES = ({"feature": "amount", "from": 4000, "to": 2500}, {"feature": "savings", "from": "a", "to": "c"})
GROUP = {"kind": "group", "where": {"feature": "age", "is": "<", "value": 30}, "size": 45}


def scenarios(domain):
    """[(name, Evidence)] for a domain; values that only make sense for outcomes are left out of a regression."""
    unit = 12.0 if domain.regression else 1.0
    sizes = lambda *values: tuple(unit * value for value in values)
    start = dict(baseline=unit * 0.4)
    found = [
        ("prediction", made.prediction(domain, unit * 0.68)),
        ("prediction close", made.prediction(domain, unit * 0.4996, caveats=CAVEATS)),
        ("prediction of one value changed", made.prediction(domain, unit * 0.45, unit * 0.68, CHANGES[:1])),
        ("prediction of two values changed", made.prediction(domain, unit * 0.66, unit * 0.68, CHANGES)),
        ("prediction changed to the same", made.prediction(domain, unit * 0.68, unit * 0.68,
                                                           ({"feature": "amount", "from": 4000, "to": 4000},))),
        ("prediction that stays level", made.prediction(domain, unit * 0.68, unit * 0.68, CHANGES)),
        ("prediction with values missing", made.prediction(domain, unit * 0.2, unit * 0.3, (
            {"feature": "amount", "from": None, "to": 2500}, {"feature": "savings", "from": "b", "to": None}),
            caveats=MISSING)),
        ("prediction at the top", made.prediction(domain, unit * 1.0)),
        ("prediction at the bottom", made.prediction(domain, unit * 0.0)),
        ("prediction nearly sure", made.prediction(domain, unit * 0.99999)),
        ("likelihood", made.prediction(domain, unit * 0.68, kind="likelihood")),
        ("likelihood close", made.prediction(domain, unit * 0.5004, kind="likelihood", caveats=CAVEATS[:1])),
        ("likelihood changed", made.prediction(domain, unit * 0.6, unit * 0.5, CHANGES, kind="likelihood")),
        ("why", made.why(domain, sizes(0.14, -0.06, 0.05, 0.02, 0.001), **start)),
        ("why of one reason", made.why(domain, sizes(0.28), **start)),
        ("why of one reason against", made.why(domain, sizes(-0.28), **start)),
        ("why of no reason", made.why(domain, sizes(0.001, -0.001), **start)),
        ("why of nothing at all", made.why(domain, (), **start)),
        ("why of zeros", made.why(domain, sizes(0.0, 0.0, 0.0), **start)),
        ("why of forty", made.why(domain, sizes(*[0.03 - 0.0014 * i for i in range(40)]), **start)),
        ("why of missing values", made.why(domain, sizes(0.1, -0.05, 0.04),
         values=dict.fromkeys(made.VALUES), caveats=MISSING, **start)),
        ("why of extreme values", made.why(domain, sizes(0.5, -0.3, 0.09), values={
            "age": 0, "amount": 1e12, "savings": "c", "account": True, "rate": 1e-7}, caveats=CAVEATS, **start)),
        ("why with a foil", made.why(domain, sizes(0.1, -0.1),
         foil=None if domain.regression else list(domain.outcomes)[-1], **start)),
        ("role", made.role(domain, unit * 0.03)),
        ("role of nothing", made.role(domain, 0.0, rank=5, flips=False)),
        ("role of the largest", made.role(domain, unit * -0.3, rank=1, feature="savings", flips=False)),
        ("role of a missing value", made.role(domain, unit * 0.08, feature="rate", flips=False, value=None)),
        ("importance", made.importance(domain)),
        ("importance of none", made.importance(domain, (0.001, -0.004))),
        ("importance of one", made.importance(domain, (0.2,))),
        ("importance of forty", made.importance(domain, tuple(0.4 - 0.012 * i for i in range(40)))),
        ("importance asked", made.importance(domain, asked=["savings"])),
        ("importance asked of chance", made.importance(domain, asked=["account"])),
        ("threshold", made.threshold(domain)),
        ("threshold of none", made.threshold(domain, best=None, direction=None)),
        ("threshold met already", made.threshold(domain, best=4000, direction=None)),
        ("threshold of least", made.threshold(domain, direction="min")),
        ("keep", made.keep(domain)),
        ("keep always", made.keep(domain, bound=False)),
        ("counterfactual", made.counterfactual(domain)),
        ("counterfactual of one option", made.counterfactual(domain, [made.option(domain, [made.AMOUNT])])),
        ("counterfactual like a real case", made.counterfactual(domain, [
            made.option(domain, [made.AMOUNT]),
            made.option(domain, [made.AMOUNT, {**made.SAVINGS, "needed": False}],
                        real_case={"case": "7", "needed_alone": 0.2, "option": 1})])),
        ("counterfactual like a real case alone", made.counterfactual(domain, [
            made.option(domain, [made.AMOUNT, {**made.SAVINGS, "needed": False}],
                        real_case={"case": "7", "needed_alone": 0.2, "option": None})])),
        ("counterfactual that follows", made.counterfactual(domain, [made.option(
            domain, [made.AMOUNT], follows=[{"feature": "rate", "from": 0.75, "to": 1.5}], robust=False)],
            caveats=CAVEATS)),
        ("counterfactual that models trained anew doubt", made.counterfactual(domain, [
            made.option(domain, [made.AMOUNT], retrained={"agree": 3, "of": 8, "enough": False})])),
        ("counterfactual under limits", made.counterfactual(domain, constraints={
            "without": ["savings"], "only": ["amount", "rate"], "at_most": 1,
            "limits": [{"feature": "amount", "is": "<=", "value": 5000}]})),
        ("counterfactual of none", made.counterfactual(domain, [])),
        ("counterfactual of a near miss", made.counterfactual(domain, [], nearest={
            "changes": [made.AMOUNT], "score": unit * 0.46, "needed": unit * 0.5, "row": {}}, lift=[
                {"constraint": "fixed", "feature": "age", "reason": "sensitive"}])),
        ("counterfactual against wishes", made.counterfactual(domain, [], constraints={
            "at_most": 1, "limits": [{"feature": "amount", "is": "<=", "value": 5000}]}, lift=[
            {"constraint": "limits", "feature": "amount", "reason": "limits", "number": 0},
            {"constraint": "without", "feature": "savings", "reason": None}, {"constraint": "fixed", "feature": "rate",
                                                                              "reason": "immutable"},
            {"constraint": "at_most", "feature": None, "reason": None}])),
    ]
    found += [("letter", made.letter(domain)), ("letter of no way", made.letter(domain, ways="none", caveats=CAVEATS)),
              ("letter without ways", made.letter(domain, 0.3, ways=None))]
    found.append(("counterfactual of no more", made.counterfactual(domain, [], lift=[
        {"constraint": "unlike", "feature": None, "reason": "unlike", "number": 0}])))
    if not domain.regression:
        for changes, without in (([made.AMOUNT], 20), ([], 20), ([], 0), ([made.AMOUNT, made.SAVINGS], 45)):
            found.append((f"counterfactual of a group, {len(changes)} for {without}",
                          made.group_counterfactual(domain, changes, without, GROUP)))
        if domain.favourable:
            found.append(("counterfactual of what is well", made.reached(domain)))
            found.append(("letter of what is well", made.letter(domain, 0.2, ways="reached")))
        size = {
    "size": 45, "counts": {
        code: 15 for code in domain.outcomes}, "mean_probabilities": {
            c: 0.4 for c in domain.outcomes}}
        log_odds = made.why(domain, (1.4, -0.6, 0.2, 0.01), baseline=-0.4, output="log_odds")
        found += [("prediction of a group", made.wrap("prediction", size, domain, GROUP)), ("why in log-odds",
                                                                                            log_odds)]
    group = made.why(domain, sizes(0.1, -0.06, 0.03), values=dict.fromkeys(made.VALUES), scope=GROUP, **start)
    found.append(("why of a group", made.wrap("why", {**group.result, "size": 45, "sampled": 40}, domain, GROUP)))
    return found
