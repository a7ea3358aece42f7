"""The panel "Try changes": one control for each value that can change, the fixed ones shown with their reason."""
from html import escape

import gradio as gr

from explainers.types import Change


def changeable(domain):
    return [feature for feature in domain.features.values() if not feature.immutable]


def control(feature):
    """An empty control of the fitting kind; `setting` fills it for a case."""
    label = feature.label.capitalize()
    if feature.type == "number":
        low, high = limits(feature)
        unit = f" {feature.unit}" if feature.unit else ""
        return gr.Slider(low, high, value=low, step=feature.step, label=label, elem_id=f"try-{feature.name}",
                         info=f"{low:g} – {high:g}{unit}", buttons=[])
    names = [(name, code) for code, name in feature.values.items()]
    return gr.Dropdown(names, value=None, label=label, elem_id=f"try-{feature.name}")


def limits(feature):
    """(lowest, highest) value that the panel offers: the observed range within the world's limits."""
    low = feature.low if feature.min is None else max(feature.low, feature.min)
    return low, feature.high if feature.max is None else min(feature.high, feature.max)


def setting(feature, value):
    """A JSON value -> the control's own value."""
    if feature.type == "number" or value is None:
        return value
    return str(value).lower() if isinstance(value, bool) else feature.code(value)


def changes_from(domain, values, settings):
    """The controls' settings -> Changes against the case's JSON values."""
    found = []
    for feature, chosen in zip(changeable(domain), settings):
        if chosen is None or chosen == setting(feature, values[feature.name]):
            continue
        to = feature.json(feature.read(chosen))
        if to != values[feature.name]:
            found.append(Change(feature.name, "to", to))
    return tuple(found)


def fixed_html(domain, values, texts, words):
    """What nobody can change, each with its value and the reason."""
    lines = [f'<p class="fixed"><b>{escape(feature.label.capitalize())}</b>: {escape(words.value_text(values[name], name))} '
             f'({escape(feature.why_immutable or texts["fixed_default"])})</p>'
             for name, feature in domain.features.items() if feature.immutable]
    return f'<h3 class="fixed"><b>{escape(texts["fixed"])}</b></h3>{"".join(lines)}' if lines else ""
