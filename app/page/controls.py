"""The controls of the panel "Try changes": a slider for a number, a list for a category, one list for a family of columns."""
import gradio as gr
import numpy as np

from explainers.comparison import values_of
from explainers.relations import relations_of
from explainers.types import Change

BEYOND = 0.25       # of the observed range: how far beyond it the panel lets people try
FEW = 200
NONE = "none of the family"


def changeable(workspace):
    """Players with a control: neither fixed nor worked out from others."""
    domain, followed = workspace.domain, relations_of(workspace).followed
    fixed = {name for name, feature in domain.features.items() if feature.immutable or name in followed}
    return [player for player in domain.players if not fixed & set(player.columns)]


def control(domain, player):
    """An empty control of the fitting kind; `setting` fills it for a case."""
    name, label, number = f"try-{player.name}", player.label[:1].upper() + player.label[1:], number_of(domain, player)
    if number is not None:
        low, high = limits(number)
        return gr.Slider(low, high, value=low, step=step_of(number), label=label, elem_id=name, buttons=[])
    choices = _choices(domain, player)
    return gr.Dropdown(value=None, label=label, elem_id=name, filterable=len(choices) > 8, choices=choices)


def number_of(domain, player):
    """The player's feature where it is a number, else None."""
    feature = domain.features[player.columns[0]]
    return feature if feature.type == "number" and len(player.columns) == 1 else None


def limits(feature):
    """(lowest, highest) value that the panel offers, on steps: somewhat beyond the observed range, within the world's limits."""
    step, span = step_of(feature), BEYOND * (feature.high - feature.low)
    least = feature.min if feature.min is not None else 0.0 if feature.low >= 0 else -np.inf
    most = np.inf if feature.max is None else feature.max
    low, high = max(feature.low - span, least), min(feature.high + span, most)
    return round(float(np.ceil(round(low / step, 6)) * step), 10), round(float(np.floor(round(high / step, 6)) * step), 10)


def step_of(feature):
    """Step of the control: every whole number where there are few, so that each real value lies on it."""
    few = feature.whole and feature.high - feature.low <= FEW
    return 1.0 if few else feature.step or 1.0


def setting(domain, player, values):
    """JSON values by feature -> the control's own value."""
    if len(player.columns) > 1:
        return next((column for column in player.columns if values[column]), NONE)
    feature, value = domain.features[player.name], values[player.name]
    if feature.type == "number" or value is None:
        return value
    return str(value).lower() if isinstance(value, bool) else feature.code(value)


def change_to(domain, player, chosen, values):
    """The Change from JSON `values` to a control's setting, or None where it is the same."""
    now = setting(domain, player, values)
    if chosen is None or chosen == now:
        return None
    if len(player.columns) > 1:
        return Change(now, "to", False) if chosen == NONE else Change(chosen, "to", True)
    feature = domain.features[player.name]
    to = feature.json(feature.read(chosen))
    return Change(feature.name, "to", to) if to != values[feature.name] else None


def filled(visit, values):
    """An update for each control: the values, labels and choices in the visitor's words, the range seen in the data."""
    return [_update(visit, player, setting(visit.domain, player, values)) for player in changeable(visit.workspace)]


def _update(visit, player, value):
    words = visit.words
    number = number_of(visit.domain, player)
    more = {} if number is not None else {"choices": _choices(visit.domain, player, words)}
    return gr.update(value=value, label=words.capitalised(words.label_text(player.name)), info=_info(visit, player), **more)


def _choices(domain, player, words=None):
    """The values of a category or family, each with its name in the visitor's words."""
    if len(player.columns) == 1:
        return [(name, code) for code, name in domain.features[player.name].values.items()]
    named = [(words.member_text(column, player.name) if words else domain.features[column].label, column) for column in player.columns]
    return named + ([(words.value_text(None, player.name) if words else NONE, NONE)])


def _info(visit, player):
    texts, words, number = visit.texts, visit.words, number_of(visit.domain, player)
    notes = []
    if number is not None:
        notes.append(texts["seen"].format(low=words.bare(number.low, number), high=words.with_unit(number.high, number)))
    way = visit.domain.features[player.columns[0]].change
    if way in ("up", "down") and len(player.columns) == 1:
        notes.append(texts[f"only_{way}"])
    return "; ".join(notes) or None


def of_case(domain, row):
    """What people know of a case: {player's name: JSON value, or the column of a family that it has}."""
    return {player.name: value for player, value in zip(domain.players, values_of(domain, row))}
