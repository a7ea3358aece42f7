"""A player's value in a row, and how it compares with the training rows: the numbers behind "longer than for most".

share_below, share_above   share of training rows with a smaller, a larger number
share                      share of training rows with the same category
typical                    middle value (median, or the commonest category) of the training rows that the model
                           gives the favourable outcome; absent where a domain has none
"""

import numpy as np
import pandas as pd


def player_named(domain, name):
    """The player of a feature or family name; a column of a family belongs to the family's player."""
    for player in domain.players:
        if player.name == name or name in player.columns:
            return player
    domain.feature(name)
    raise KeyError(name)


def value_of(domain, player, row):
    """JSON value: the feature's own, or for a family the active column (None if none is active)."""
    return _value(domain, player, {column: row[column].iloc[0] for column in player.columns})


def values_of(domain, row):
    """The value of every player in a one-row frame, in their order."""
    raw = row.astype(object).iloc[0].to_dict()
    return [_value(domain, player, raw) for player in domain.players]


def _value(domain, player, raw):
    if len(player.columns) == 1:
        return domain.features[player.columns[0]].json(raw[player.columns[0]])
    return next((column for column in player.columns if domain.features[column].json(raw[column])), None)


def contribution_entries(scene, values, errors):
    """What each player adds for the scene's case, the largest first, with its value and how that compares."""
    players, here = scene.domain.players, values_of(scene.domain, scene.rows)
    return [{"feature": players[i].name, "value": here[i], "contribution": values[i], "error": errors[i],
             **compared(scene.workspace, players[i], here[i])} for i in np.argsort(-np.abs(values), kind="stable")]


def compared(workspace, player, value):
    """Fields that set a player's value beside the training rows (see the top of this file)."""
    reference = workspace.prepared("comparison", lambda: _reference(workspace))
    column = reference["columns"][player.name]
    if value is None and len(player.columns) == 1:
        return {}
    if isinstance(column, np.ndarray):
        shares = {"share_below": float((column < value).mean()), "share_above": float((column > value).mean())}
    else:
        shares = {"share": float(column.get(value, 0.0))}
    typical = reference["typical"].get(player.name)
    return shares if typical is None else {**shares, "typical": typical}


def _reference(workspace):
    """Sorted numbers or shares of each value among the training rows, and typical values of the favourable ones."""
    domain = workspace.domain
    rows = domain.train
    columns = {player.name: _summary(domain, player, rows) for player in domain.players}
    typical = {}
    if domain.favourable is not None:
        liked = rows[workspace.outcomes(rows) == domain.favourable]
        if len(liked):
            typical = {player.name: _middle(domain, player, liked) for player in domain.players}
    return {"columns": columns, "typical": typical}


def _summary(domain, player, rows):
    feature = domain.features[player.columns[0]]
    if len(player.columns) == 1 and feature.type == "number":
        values = rows[feature.name].to_numpy(dtype=float)
        return values[~np.isnan(values)]
    return codes_of(domain, player, rows).value_counts(normalize=True, dropna=False).to_dict()


def codes_of(domain, player, rows):
    """Series of JSON values of a categorical player."""
    if len(player.columns) == 1:
        feature = domain.features[player.columns[0]]
        return rows[feature.name].map(feature.json)
    active = pd.DataFrame({column: rows[column].map(domain.features[column].json) == True for column in player.columns})  # noqa: E712
    return active.idxmax(axis=1).where(active.any(axis=1), None)


def _middle(domain, player, rows):
    feature = domain.features[player.columns[0]]
    if len(player.columns) == 1 and feature.type == "number":
        return (
            feature.json(rows[feature.name].dropna().quantile(0.5, interpolation="nearest")) if rows[feature.name].notna().any() else None
        )
    commonest = codes_of(domain, player, rows).mode(dropna=True)
    return commonest.iloc[0] if len(commonest) else None
