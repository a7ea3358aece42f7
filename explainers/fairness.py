"""How do groups fare with the model? Shares rated favourable, error rates and the direct use of a sensitive feature.

Groups are the values of a category, or thirds of a number (cut on the training rows), of every feature that the domain
calls sensitive, or of those asked for. Rates are counted on held-out rows, each with Wilson's 95 % interval; a group
of fewer than SMALLEST rows is only named. Measures: demographic parity (`rated`), the two sides of equalised odds
(`missed`, `passed`; Hardt, Price, Srebro 2016) and accuracy (`right`). `chance` is the share of random reshufflings of
the rows among the groups (a permutation test) that give a gap at least as wide. None of it is a proof: groups may
differ in what the model is meant to see, and what was recorded as true may itself be unfair.
"""
import numpy as np

from explainers.conditions import mask
from explainers.errors import InputProblem
from explainers.explain import Finding
from explainers.rates import mean_of, share_of

PRODUCES = ("fairness",)
ORDER = 10
SMALLEST = 10       # rows; rates of fewer say nothing and may give a person away
DRAWS, MOST = 2000, 20_000_000      # reshufflings, and how many values they may move in all
SELDOM = 0.05       # a gap that chance makes less often than this is called clear


def misfit(ask, scene):
    return None


def explain(ask, scene):
    domain = scene.domain
    rows = domain.cases if scene.one else scene.rows
    names = ask.features or [name for name, feature in domain.features.items() if feature.sensitive]
    names = list(dict.fromkeys(column for name in names for column in _columns(domain, name)))
    target = domain.target.loc[rows.index].to_numpy()
    predicted = scene.model.predict(rows)
    known = {"rows": len(rows), "which": "held-out" if domain.split_known else "data", "smallest": SMALLEST,
             "asked": bool(ask.get("features"))}
    if domain.regression:
        measures = _amounts(predicted, target.astype(float))
        found = [_feature(scene, rows, name, measures, None) for name in names]
        return Finding({**known, "outcome": None, "features": found}, output=domain.file.unit or "value",
                       library=scene.model.library)
    wanted = domain.favourable if domain.favourable in scene.model.classes else scene.outcome
    said = scene.workspace.decide(predicted)
    measures = _rates(said, target, wanted)
    found = [_feature(scene, rows, name, measures, said) for name in names]
    return Finding({**known, "outcome": wanted, "features": found}, output="probability", outcome=wanted,
                   library=scene.model.library)


def _columns(domain, name):
    if name in domain.features:
        return (name,)
    player = next((player for player in domain.players if player.name == name), None)
    if player is None:
        raise InputProblem("unknown_feature", feature=str(name)[:60], known=", ".join(domain.features))
    return player.columns


def _rates(said, target, wanted):
    """{measure: (yes/no of each row, which rows it is counted on)}."""
    rated, true = said == wanted, target == wanted
    everybody = np.ones(len(said), dtype=bool)
    return {"rated": (rated, everybody), "true": (true, everybody), "missed": (~rated, true), "passed": (rated, ~true),
            "right": (said == target, everybody)}


def _amounts(predicted, target):
    everybody = np.ones(len(predicted), dtype=bool)
    return {"estimate": (predicted, everybody), "true": (target, everybody), "error": (predicted - target, everybody),
            "off": (np.abs(predicted - target), everybody)}


def _feature(scene, rows, name, measures, said):
    """The groups by one feature: {"feature", "groups", "small", "missing", "gaps", "flips"}."""
    feature = scene.domain.features[name]
    groups, small, masks = [], [], []
    for value, condition, met in parts(feature, rows[name], scene.domain.train[name]):
        group = {"value": value, "where": condition, **_ends(feature, rows[name][met]), "size": int(met.sum())}
        if met.sum() < SMALLEST:
            small.append(group)
            continue
        masks.append(met)
        groups.append({**group,
                       **{measure: _measured(values[met & on], said is None) for measure, (values, on) in measures.items()}})
    return {"feature": name, "sensitive": feature.sensitive, "groups": groups, "small": small,
            "missing": int(rows[name].isna().sum()),
            "gaps": {measure: _gap(masks, values, on, scene.seed) for measure, (values, on) in measures.items()
                     if measure not in ("true", "right")},
            "flips": _flips(scene, rows, feature, said) if said is not None else None}


def group_of(scene, name):
    """How the case's own group by a feature is rated beside all others: {"where", "outcome", "group", "others"}, or None.

    None for a regression, an unknown value, or where either side has fewer than SMALLEST held-out rows.
    """
    domain, feature = scene.domain, scene.domain.features[name]
    if domain.regression or domain.favourable not in scene.model.classes:
        return None
    said = scene.workspace.outcomes(domain.cases) == domain.favourable
    for _, condition, met in parts(feature, domain.cases[name], domain.train[name]):
        if mask(condition, domain, scene.rows).all():
            others = ~met & domain.cases[name].notna().to_numpy()
            if min(met.sum(), others.sum()) < SMALLEST:
                return None
            return {"where": condition, "outcome": domain.favourable, "group": share_of(said[met].sum(), met.sum()),
                    "others": share_of(said[others].sum(), others.sum())}
    return None


def _ends(feature, column):
    """The smallest and largest value of a number in the group."""
    number = feature.type == "number" and len(column)
    return {"from": feature.json(column.min()) if number else None, "to": feature.json(column.max()) if number else None}


def parts(feature, column, trained_on):
    """[(value or None, COND, mask)]: each value of a category in its order, or each third of a number."""
    name = feature.name
    if feature.type != "number":
        present = set(column.dropna())
        return [(feature.json(raw), {"feature": name, "is": "=", "value": feature.json(raw)}, (column == raw).to_numpy())
                for raw in feature.codes.values() if raw in present]
    low, high = (feature.json(trained_on.quantile(share, interpolation="nearest")) for share in (1 / 3, 2 / 3))
    if low is None:
        return []
    values = column.to_numpy(dtype=float)
    below = {"feature": name, "is": "<=", "value": low}
    found = [(None, below, values <= low)]
    if low < high:
        between = {"and": [{"feature": name, "is": ">", "value": low}, {"feature": name, "is": "<=", "value": high}]}
        found.append((None, between, (values > low) & (values <= high)))
    return found + [(None, {"feature": name, "is": ">", "value": high}, values > high)]


def _measured(values, amounts):
    if len(values) < SMALLEST:
        return {"value" if amounts else "share": None, "size": len(values)}
    return {**mean_of(values), "size": len(values)} if amounts else share_of(values.sum(), len(values))


def _gap(masks, values, on, seed):
    """{"lowest", "highest": places of groups, "difference", "chance", "clear"}; None where fewer than two are known."""
    places = [place for place, met in enumerate(masks) if (met & on).sum() >= SMALLEST]
    if len(places) < 2:
        return None
    number = np.full(len(values), -1)
    for order, place in enumerate(places):
        number[masks[place] & on] = order
    kept = number >= 0
    number, values = number[kept], np.asarray(values, dtype=float)[kept]
    means = _means(number, values, len(places))
    difference = float(means.max() - means.min())
    random = np.random.default_rng(seed)
    draws = int(np.clip(MOST // len(values), 100, DRAWS))
    wide = 0
    for _ in range(draws):
        shuffled = _means(number, random.permutation(values), len(places))
        wide += np.ptp(shuffled) >= difference - 1e-12
    chance = float((wide + 1) / (draws + 1))
    return {"lowest": places[int(means.argmin())], "highest": places[int(means.argmax())], "difference": difference,
            "chance": chance, "clear": bool(chance < SELDOM)}


def _means(number, values, count):
    """Mean of the values of each of `count` groups."""
    return np.bincount(number, weights=values, minlength=count) / np.bincount(number, minlength=count)


def _flips(scene, rows, feature, said):
    """Rows whose outcome another value of this feature alone would turn; numbers take the middle of the other thirds.

    None for a column of a family, which cannot change by itself.
    """
    if any(feature.name in family.columns for family in scene.domain.file.families.values()):
        return None
    turned = np.zeros(len(rows), dtype=bool)
    for raw in _tried(feature, scene.domain.train[feature.name]):
        other = rows.copy()
        other[feature.name] = raw
        turned |= scene.workspace.outcomes(scene.domain.typed(other)) != said
    return share_of(int(turned.sum()), len(rows))


def _tried(feature, trained_on):
    if feature.type != "number":
        present = set(trained_on.dropna())
        return [raw for raw in feature.codes.values() if raw in present]
    present = trained_on.dropna()
    return list(dict.fromkeys(present.quantile(share, interpolation="nearest") for share in (1 / 6, 1 / 2, 5 / 6)))
