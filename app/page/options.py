"""Options of a counterfactual as cards, and the limits in force as chips that can be lifted."""
import re
from html import escape

from app.page.buttons import action
from app.page.case import bar_html, score_text
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.selection import told_options


LIST = re.compile(r"<ol>.*?</ol>", re.DOTALL)
LISTED = ("without", "limits", "unlike")      # limits that hold several, each lifted by itself


def with_cards(visit, said, last, html):
    """The answer's text as HTML with cards in place of the list of options; only those of the last turn can be acted on."""
    for place, found in enumerate(said.get("searches") or ()):
        search = {**found, "options": told_options(found["options"], said["answer"]["level"])}
        cards = _search_html(visit, search, place, last)
        if cards:
            listed = next((found for found in LIST.finditer(html) if _is_of(visit, search, found[0])), None)
            html = html[: listed.start()] + cards + html[listed.end():] if listed else html + cards
    return html


def _is_of(visit, search, listed):
    """Is this numbered list the one that tells the options of this search?"""
    firsts = [visit.words.value_text(option["changes"][0]["to"], option["changes"][0]["feature"]) for option in search["options"]]
    entries = listed.split("<li>")[1:]
    return len(entries) == len(firsts) and all(escape(first) in entry for first, entry in zip(firsts, entries))


def _search_html(visit, search, place, last):
    if not search["options"]:
        return ""
    texts = visit.texts
    cards = "".join(_card_html(visit, search, place, number, option, last) for number, option in enumerate(search["options"], 1))
    return f'<section class="options" aria-label="{escape(texts["options"])}"><ul>{cards}</ul></section>'


def _card_html(visit, search, place, number, option, last):
    texts, words = visit.texts, visit.words
    title = texts["option"].format(number=number)
    changes = "".join(_change_html(visit, change, place, last) for change in option["changes"] if change.get("needed", True))
    spare = "".join(f"<li>{_moved_html(visit, change)}</li>" for change in option["changes"] if not change.get("needed", True))
    spare = f'<p class="soft">{escape(texts["option_spare"])}</p><ul class="follows">{spare}</ul>' if spare else ""
    follows = "".join(f"<li>{_moved_html(visit, change)}</li>" for change in option["follows"])
    follows = f'<p class="soft">{escape(texts["option_follows"])}</p><ul class="follows">{follows}</ul>' if follows else ""
    score = score_text(visit, option) if option.get("probabilities") else words.amount_text(option["value"])
    before = _present(visit, search["present"])
    same = len(option["row"]) - len(option["changes"]) - len(option["follows"])
    buttons = action(texts["try_option"], {"do": "try", "changes": option["changes"] + option["follows"]}) + (
        action(texts["other"], {"do": "unlike", "place": place, "option": number - 1},
               title=texts["not_this"].format(number=number)) if last else "")
    return (f'<li class="card"><h3>{escape(title)}</h3><ul class="changes">{changes}</ul>{spare}{follows}'
            f'<div class="then"><p><b>{escape(score)}</b> '
            f'<span class="soft">({escape(texts["option_now"].format(score=before))})</span></p>'
            f'{bar_html(visit, option)}<p class="soft">{escape(texts["option_same"].format(count=same))}</p>'
            f'<p class="buttons">{buttons}</p></div></li>')


def _present(visit, present):
    if not present.get("probabilities"):
        return visit.words.amount_text(present["value"])
    told = visit.domain.counted or present["outcome"]
    return visit.words.score_text(present["probabilities"][told], visit.words.threshold_told())


def _change_html(visit, change, place, last):
    label = visit.words.label_text(change["feature"])
    button = action(visit.texts["not_possible"], {"do": "without", "place": place, "feature": change["feature"]},
                    title=visit.texts["not_possible_for"].format(feature=label)) if last else ""
    return f"<li>{_moved_html(visit, change)}{button}</li>"


def _moved_html(visit, change):
    words, name = visit.words, change["feature"]
    return (f'<span class="moved"><span class="what">{escape(words.capitalised(words.label_text(name)))}: </span>'
            f'<b>{escape(words.value_text(change["to"], name))}</b> '
            f'<span class="soft">{escape(visit.texts["from_to"])} {escape(words.value_text(change["from"], name))}</span></span>')


def limits_of(limits):
    """Memory's limits -> one entry each: (key, value) as `lift` takes it."""
    found = []
    for key, value in (limits or {}).items():
        if key in LISTED:
            found += [(key, item) for item in value]
        elif value:
            found.append((key, value))
    return found


def limit_text(visit, key, value):
    """One limit in words."""
    texts, words = visit.texts, visit.words
    if key == "without":
        return texts["limit_without"].format(feature=words.label_text(value))
    if key == "only":
        return texts["limit_only"].format(features=words.listed([words.label_text(name) for name in value]))
    if key == "unlike":
        changes = value if isinstance(value, (list, tuple)) else [value]
        return texts["limit_unlike"].format(changes=words.listed([
            texts["changed_value"].format(label=words.label_text(change["feature"]),
                                          value=words.value_text(change["to"], change["feature"])) for change in changes]))
    if key == "at_most":
        forms = texts["limit_at_most"]
        return forms[words.plural(value, forms)].format(count=value)
    return texts["limit_condition"].format(condition=condition_words(value, words))


def chips_html(visit):
    """What a search for changes keeps in mind, each with a way to lift it; empty where there is nothing."""
    limits = limits_of(visit.memory.limits)
    if not limits:
        return ""
    texts = visit.texts
    chips = "".join(action(f"{text} ✕", {"do": "lift", "key": key, "value": value}, "chip", texts["lift"].format(limit=text))
                    for key, value in limits for text in [limit_text(visit, key, value)])
    return f'<div class="chips" role="group" aria-label="{escape(texts["limits"])}"><span>{escape(texts["limits"])}:</span>{chips}</div>'
