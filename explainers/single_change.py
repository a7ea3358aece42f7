"""What one feature alone can do: the model's output for every other value it could have, all else the same."""
import numpy as np
import pandas as pd

GRID = 400          # steps of a number that are all tried; beyond that, this many observed values
REFINE = 14         # halvings of the gap in which the outcome turns


def alternatives(domain, player, row):
    """List of (JSON value, {column: raw value}) that the player could take, the present one left out.

    Numbers: every step between the smallest and largest observed value, or observed values where that is too many.
    Categories: every value; families: each column alone, and none where that is allowed.
    """
    if len(player.columns) > 1:
        return _family(domain, player, row)
    feature = domain.features[player.columns[0]]
    now = row[feature.name].iloc[0]
    if feature.type != "number":
        return [(feature.json(raw), {feature.name: raw}) for raw in feature.codes.values() if raw != now]
    return [(feature.json(value), {feature.name: value}) for value in _numbers(domain, feature) if value != now]


def _numbers(domain, feature):
    low, high = feature.low, feature.high
    if low is None:
        return []
    steps = int(round((high - low) / feature.step))
    if steps <= GRID:
        values = low + feature.step * np.arange(steps + 1)
    else:
        values = np.unique(domain.frame[feature.name].dropna().to_numpy(dtype=float))
        if len(values) > GRID:
            values = values[np.linspace(0, len(values) - 1, GRID).round().astype(int)]
    return [rounded(feature, value) for value in values]


def rounded(feature, value):
    """A number as the column writes it: whole, or with the decimals of its step."""
    if feature.whole:
        return int(round(value))
    digits = max(0, int(np.ceil(-np.log10(feature.step)))) + 1
    return float(round(value, digits))


def _family(domain, player, row):
    on = {column: domain.features[column].true for column in player.columns}
    off = {column: domain.features[column].false for column in player.columns}
    choices = [(column, {**off, column: on[column]}) for column in player.columns]
    if domain.file.families[player.name].none_allowed:
        choices.append((None, off))
    same = lambda values: all(row[column].iloc[0] == raw for column, raw in values.items())
    return [(name, values) for name, values in choices if not same(values)]


def with_values(domain, row, choices):
    """n_choices x n_features: the one-row frame with each choice's raw values written in."""
    frame = pd.concat([row] * len(choices), ignore_index=True)
    for column in dict.fromkeys(column for _, values in choices for column in values):
        frame[column] = [values.get(column, row[column].iloc[0]) for _, values in choices]
    return domain.typed(frame)


def alone(scene, player, choices):
    """{"alone_flips", "flips_at", "flips_to", "turning", "lowest", "highest", "tried"}.

    alone_flips   would some value of this feature alone turn the outcome? None for a regression
    flips_at      the nearest such value (numbers: to the feature's step), flips_to its outcome
    turning       of a category or family: all values that turn it
    lowest, highest   {"value", "score"}: the least and most the output can become
    """
    if not choices:
        return {"alone_flips": None if scene.domain.regression else False, "flips_at": None, "flips_to": None, "turning": [],
                "lowest": None, "highest": None, "tried": 0}
    predicted = scene.model.predict(with_values(scene.domain, scene.rows, choices))
    score = predicted if scene.domain.regression else predicted[:, scene.model.classes.index(scene.outcome)]
    ends = {name: {"value": choices[int(at)][0], "score": float(score[at])}
            for name, at in (("lowest", np.argmin(score)), ("highest", np.argmax(score)))}
    if scene.domain.regression:
        return {"alone_flips": None, "flips_at": None, "flips_to": None, "turning": [], **ends, "tried": len(choices)}
    now = scene.workspace.outcomes(scene.rows)[0]
    outcomes = scene.workspace.decide(predicted)
    at, to = _nearest_flip(scene, player, choices, outcomes, now)
    number = scene.domain.features[player.columns[0]].type == "number"
    turning = [] if number else [choices[i][0] for i in np.flatnonzero(outcomes != now)]
    return {"alone_flips": to is not None, "flips_at": at, "flips_to": to, "turning": turning, **ends, "tried": len(choices)}


def _nearest_flip(scene, player, choices, outcomes, now):
    flips = np.flatnonzero(outcomes != now)
    if not len(flips):
        return None, None
    feature = scene.domain.features[player.columns[0]]
    present = scene.rows[player.columns[0]].iloc[0]
    if len(player.columns) > 1 or (feature.type != "number" and not feature.ordered) or pd.isna(present):
        return choices[flips[0]][0], outcomes[flips[0]]
    if feature.type != "number":
        rank = {raw: place for place, raw in enumerate(feature.codes.values())}
        distance = [abs(rank[choices[i][1][feature.name]] - rank[present]) for i in flips]
        nearest = flips[int(np.argmin(distance))]
        return choices[nearest][0], outcomes[nearest]
    values = np.array([values[feature.name] for _, values in choices], dtype=float)
    nearest = flips[int(np.argmin(np.abs(values[flips] - present)))]
    return _refined(scene, feature, present, values, nearest, now)


def _refined(scene, feature, present, values, nearest, now):
    """Halve the gap between the flipping value and its neighbour towards the present one, down to the step."""
    flip = values[nearest]
    between = values[(values - flip) * np.sign(present - flip) > 0]
    hold = between[np.argmin(np.abs(between - flip))] if len(between) else present
    hold = hold if abs(hold - flip) < abs(present - flip) else present
    outcome = scene.workspace.outcomes(with_values(scene.domain, scene.rows, [(None, {feature.name: rounded(feature, flip)})]))[0]
    for _ in range(REFINE):
        middle = rounded(feature, feature.low + round(((hold + flip) / 2 - feature.low) / feature.step) * feature.step)
        if abs(hold - flip) <= feature.step or middle in (hold, flip):
            break
        found = scene.workspace.outcomes(with_values(scene.domain, scene.rows, [(None, {feature.name: middle})]))[0]
        if found == now:
            hold = middle
        else:
            flip, outcome = middle, found
    return feature.json(rounded(feature, flip)), outcome
