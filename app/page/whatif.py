"""The panel "Try changes": one control for each value that can change, the others shown with the reason why not."""
import json
from html import escape

import gradio as gr
import numpy as np

from app.page.case import meter_html, result_text
from app.pipeline import compute
from dialogue.phrasing.conditions import condition_words
from dialogue.types import Question
from explainers.errors import Problem
from explainers.explain import changed
from explainers.relations import Conditional, relations_of
from explainers.types import Ask, Change, Query, Subject

BEYOND = 0.25       # of the observed range: how far beyond it the panel lets people try
FEW = 200


def changeable(workspace):
    """Features with a control: neither fixed nor worked out from others."""
    followed = relations_of(workspace).followed
    return [feature for feature in workspace.domain.features.values() if not feature.immutable and feature.name not in followed]


def control(feature):
    """An empty control of the fitting kind; `setting` fills it for a case."""
    label = feature.label[:1].upper() + feature.label[1:]
    if feature.type == "number":
        low, high = limits(feature)
        return gr.Slider(low, high, value=low, step=step_of(feature), label=label, elem_id=f"try-{feature.name}", buttons=[])
    return gr.Dropdown(value=None, label=label, elem_id=f"try-{feature.name}", filterable=len(feature.values) > 8, **_choices(feature))


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


def setting(feature, value):
    """A JSON value -> the control's own value."""
    if feature.type == "number" or value is None:
        return value
    return str(value).lower() if isinstance(value, bool) else feature.code(value)


def filled(visit, values):
    """An update for each control: the values, labels and choices in the visitor's words, the range seen in the data."""
    return [gr.update(value=setting(feature, values[feature.name]), label=visit.words.capitalised(feature.label),
                      info=_info(visit, feature), **_choices(feature))
            for feature in changeable(visit.workspace)]


def _choices(feature):
    """The values of a category, each with its name; nothing for a number."""
    return {} if feature.type == "number" else {"choices": [(name, code) for code, name in feature.values.items()]}


def _info(visit, feature):
    texts, words = visit.texts, visit.words
    notes = []
    if feature.type == "number":
        notes.append(texts["seen"].format(low=words.bare(feature.low, feature), high=words.with_unit(feature.high, feature)))
    if feature.change in ("up", "down"):
        notes.append(texts[f"only_{feature.change}"])
    return "; ".join(notes) or None


def changes_from(visit, settings):
    """The controls' settings -> Changes against the case's values, with what follows from them."""
    found = []
    for feature, chosen in zip(changeable(visit.workspace), settings):
        if chosen is None or chosen == setting(feature, visit.values[feature.name]):
            continue
        to = feature.json(feature.read(chosen))
        if to != visit.values[feature.name]:
            found.append(Change(feature.name, "to", to))
    return tuple(found) + _following(visit, found)[0] if found else ()


def _following(visit, changes):
    """(Changes that follow from `changes`, rules of the domain that the changed case breaks)."""
    domain, relations = visit.domain, relations_of(visit.workspace)
    row = domain.case(visit.case)
    before = {name: row[name].to_numpy() for name in domain.features}
    after_row = changed(row, changes, domain)
    after = {name: after_row[name].to_numpy() for name in domain.features}
    columns, _ = relations.follow(after, before, domain)
    follows = tuple(Change(name, "to", domain.features[name].json(columns[name][0])) for name in relations.followed
                    if domain.features[name].json(columns[name][0]) != visit.values[name])
    broken = [rule for rule in relations.rules if not type(relations)((rule,), ()).hold(columns, before, domain).all()]
    return follows, broken


def query_of(visit, changes):
    return Query(subject=Subject(case=visit.case), changes=tuple(changes), asks=(Ask("prediction"),))


def state_of(visit, changes=()):
    """(result of the prediction evidence, warnings in words) for the case at hand under the changes."""
    question = Question("-", visit.session.language, visit.session.level, visit.session.id)
    turn = compute(question, query_of(visit, changes), visit.memory, visit.workspace)
    return (turn.evidence[0].result, turn.answer.warnings) if turn.evidence else (None, (turn.answer.text,))


def result_html(visit, settings=None):
    """What the model says with the panel's settings; with None, of the case as it is."""
    try:
        changes = changes_from(visit, settings) if settings is not None else ()
    except Problem as problem:
        from dialogue.phrasing.sentence import problem_sentence
        return _result(visit, '<p class="warning">' + escape(problem_sentence(problem, visit.session.language)) + "</p>")
    state, warnings = state_of(visit, changes)
    if state is None:
        return _result(visit, f'<p class="warning">{escape(" ".join(warnings))}</p>')
    head = (f'<p class="soft">{escape(visit.texts["tried" if changes else "real"])}</p>'
            f'<p class="result">{escape(result_text(visit, state))}</p>')
    follows, broken = _following(visit, changes) if changes else ((), [])
    lines = [f'<p class="warning">{escape(warning)}</p>' for warning in warnings if changes]
    lines += [f'<p class="warning">{escape(visit.texts["broken"].format(rule=_rule_text(visit, rule)))}</p>' for rule in broken]
    if follows:
        said = visit.words.listed([_changed_text(visit, change) for change in follows])
        lines.append(f'<p class="soft">{escape(visit.texts["follows"])} {escape(said)}</p>')
    return _result(visit, head + meter_html(visit, state) + "".join(lines), changes)


def _result(visit, inner, changes=()):
    """`changes` stand on it for the page's script, which keeps them for a reload."""
    kept = json.dumps([{"feature": change.feature, "to": change.value} for change in changes])
    return (f'<section class="case try" aria-live="polite" data-case="{escape(str(visit.case))}" data-changes="{escape(kept)}" '
            f'data-language="{visit.session.language}">{inner}</section>')


def _changed_text(visit, change):
    return visit.texts["changed_value"].format(label=visit.words.label_text(change.feature),
                                               value=visit.words.value_text(change.value, change.feature))


def _rule_text(visit, rule):
    if isinstance(rule, Conditional):
        when, then = condition_words(rule.when, visit.words), condition_words(rule.then, visit.words)
        return visit.texts["when_then"].format(when=when, then=then)
    text = rule.text
    for name in sorted(rule.features, key=len, reverse=True):
        text = text.replace(f"`{name}`", name).replace(name, visit.words.label_text(name))
    return text


def question_text(visit, changes):
    """The settings as a question for the talk; what follows is worked out, not said."""
    followed = relations_of(visit.workspace).followed
    said = visit.words.listed([_changed_text(visit, change) for change in changes if change.feature not in followed])
    return visit.texts["if_changed"].format(changes=said)


def fixed_html(visit):
    """What has no control, each with its value and the reason."""
    texts, words, relations = visit.texts, visit.words, relations_of(visit.workspace)
    sources = {follow.feature: follow.features for follow in relations.follows}
    lines = []
    for name, feature in visit.domain.features.items():
        if name in sources:
            reason = texts["follows_from"].format(features=words.listed([words.label_text(source) for source in sources[name]]))
        elif feature.immutable:
            reason = feature.why_immutable or texts["fixed_default"]
        else:
            continue
        lines.append(f'<li><b>{escape(words.capitalised(feature.label))}</b>: {escape(words.value_text(visit.values[name], name))} '
                     f'<span class="soft">({escape(reason)})</span></li>')
    return f'<h3>{escape(texts["fixed"])}</h3><ul class="fixed">{"".join(lines)}</ul>' if lines and visit.values else ""
