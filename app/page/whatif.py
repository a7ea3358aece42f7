"""The panel "Try changes": one control for each value that can change, the others shown with the reason why not."""
import json
from html import escape

from app.page.case import meter_html, result_text
from app.page.controls import change_to, changeable
from app.pipeline import compute
from dialogue.phrasing.conditions import condition_words
from dialogue.types import Question
from explainers.comparison import player_named
from explainers.errors import Problem
from explainers.explain import changed
from explainers.relations import Conditional, relations_of
from explainers.types import Ask, Change, Query, Subject


def changes_from(visit, settings):
    """The controls' settings -> Changes against the case's values, with what follows from them."""
    found = [change_to(visit.domain, player, chosen, visit.values) for player, chosen in zip(changeable(visit.workspace), settings)]
    found = [change for change in found if change]
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
        said = visit.words.listed([_changed_text(visit, change, "changed_value") for change in follows])
        lines.append(f'<p class="soft">{escape(visit.texts["follows"])} {escape(said)}</p>')
    return _result(visit, head + meter_html(visit, state) + "".join(lines), changes)


def _result(visit, inner, changes=()):
    """`changes` stand on it for the page's script, which keeps them for a reload."""
    kept = json.dumps([{"feature": change.feature, "to": change.value} for change in changes])
    return (f'<section class="case try" aria-live="polite" data-case="{escape(str(visit.case))}" data-changes="{escape(kept)}" '
            f'data-language="{visit.session.language}">{inner}</section>')


def _changed_text(visit, change, key):
    name, value = change.feature, change.value
    player = player_named(visit.domain, name)
    if len(player.columns) > 1:
        name, value = player.name, name if value else None
    return visit.texts[key].format(label=visit.words.label_text(name), value=visit.words.value_text(value, name))


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
    said = visit.words.listed([_changed_text(visit, change, "asked_value") for change in changes if change.feature not in followed])
    return visit.texts["if_changed"].format(changes=said)


def fixed_html(visit):
    """What has no control, each with its value and the reason."""
    texts, words, relations = visit.texts, visit.words, relations_of(visit.workspace)
    sources = {follow.feature: follow.features for follow in relations.follows}
    lines = []
    for player in visit.domain.players:
        name, feature = player.name, visit.domain.features[player.columns[0]]
        if name in sources:
            reason = texts["follows_from"].format(features=words.listed([words.label_text(source) for source in sources[name]]))
        elif any(visit.domain.features[column].immutable for column in player.columns):
            reason = feature.why_immutable or texts["fixed_default"]
        else:
            continue
        lines.append(f'<li><b>{escape(words.capitalised(words.label_text(name)))}</b>: '
                     f'{escape(words.value_text(visit.told[name], name))} <span class="soft">({escape(reason)})</span></li>')
    return f'<h3>{escape(texts["fixed"])}</h3><ul class="fixed">{"".join(lines)}</ul>' if lines and visit.values else ""
