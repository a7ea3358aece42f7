"""Turns -> what the chat shows: the answer's text, its drawing with the numbers as a table, and what can be done with it."""
from html import escape

from app.page.buttons import action, ways_to_save
from app.page.document import markdown_html, table_html
from app.page.options import with_cards
from dialogue.phrasing.progress import progress_text

FOLDED = ("options",)       # drawings of what cards show already


def talk_of(visit, pending=None, note=None):
    """The whole conversation as messages for the Chatbot.

    pending   a question that is not answered yet
    note      what stands in place of its answer
    """
    told, shown = visit.session.transcript, []
    for place, said in enumerate(told):
        last = place == len(told) - 1 and pending is None
        shown.append({"role": "user", "content": said["question"]})
        shown.append({"role": "assistant", "content": _answer(visit, said, last)})
    if pending is not None:
        shown.append({"role": "user", "content": pending})
        shown.append({"role": "assistant", "content": note})
    return shown


def _answer(visit, said, last):
    answer, texts = said["answer"], visit.texts
    parts = [f'<div class="text">{with_cards(visit, said, last, markdown_html(answer["text"]))}</div>',
             *(_figure_html(figure, texts, figure["name"] in FOLDED) for figure in answer["figures"]),
             *(_attached_html(attached, place, said["record"], texts)
               for place, attached in enumerate(answer.get("attachments") or ())),
             _worked_out_html(answer, texts, said["record"]), _again_html(visit, answer) if last else "",
             _feedback_html(visit, said["record"])]
    html = f'<div class="answer">{"".join(parts)}</div>'
    props = {"value": html, "padding": False}
    return [{"type": "component", "component": "html", "value": html, "constructor_args": {}, "props": props}]


def _figure_html(figure, texts, folded=False):
    ways = "".join(f'<button type="button" class="act" data-save="{kind}" data-name="{escape(figure["name"])}">'
                   f'{escape(texts["download_" + kind])}</button>' for kind in ("svg", "png"))
    shown = (f'<figure class="figure" aria-label="{escape(figure["title"])}">'
             f'<figcaption>{escape(figure["title"])}</figcaption>{figure["svg"]}</figure>')
    if folded:
        shown = f'<details><summary>{escape(texts["picture"])}</summary>{shown}</details>'
    return (f'{shown}'
            f'<details><summary>{escape(texts["table"])}</summary>'
            f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(texts["table"])}">{table_html(figure["table"])}</div>'
            f'<p class="ways">{escape(texts["download"])} {ways}</p></details>')


def _attached_html(attached, place, record, texts):
    """A file that comes with the answer: to read here, and to save."""
    ways = ways_to_save(f"attachment/{record}/{place}", texts, "act") if record else ""
    return (f'<details class="attached"><summary>{escape(attached["title"])}</summary>{markdown_html(attached["text"], 2)}</details>'
            + (f'<p class="ways">{escape(texts["save_attached"])} {ways}</p>' if ways else ""))


def _worked_out_html(answer, texts, record):
    if not answer.get("worked_out") and not record:
        return ""
    stored = (f'<p>{escape(texts["record"])} <code>{escape(record)}</code>. {escape(texts["replay"])} '
              f"<code>python -m app show {escape(record)} --replay</code></p>") if record else ""
    return (f'<details><summary>{escape(texts["worked_out"])}</summary>{markdown_html(answer.get("worked_out") or "")}{stored}</details>')


def _again_html(visit, answer):
    """The same question for another reader."""
    if not answer.get("status") == "understood" or not visit.session.transcript[-1].get("query"):
        return ""
    buttons = "".join(action(name, {"do": "again", "level": level}) for level, name in visit.texts["levels"].items()
                      if level != answer["level"])
    return f'<p class="ways">{escape(visit.texts["again"])} {buttons}</p>'


def _feedback_html(visit, record):
    if not record:
        return ""
    texts, given = visit.texts, visit.feedback.get(record)
    buttons = "".join(f'<button type="button" class="act" data-opinion="{value}" aria-pressed="{str(given == value).lower()}">'
                      f'{escape(texts["helpful_" + value])}</button>' for value in ("yes", "no"))
    said = texts["noted"] if given else ""
    return (f'<div class="opinion" data-record="{escape(record)}"><span>{escape(texts["helpful"])}</span>{buttons}'
            f'<details><summary>{escape(texts["missed"])}</summary><label>{escape(texts["missed_what"])}'
            f'<textarea rows="2" maxlength="2000"></textarea></label><button type="button" class="act" data-opinion="missed">'
            f'{escape(texts["missed_send"])}</button></details>'
            f'<span role="status" data-noted="{escape(texts["noted"])}">{escape(said)}</span></div>')


def progress_html(visit, progress):
    """How far the work has come, see explainers/progress.py; a bar where it is known how much there is."""
    what, done, total = progress
    bar = f'<progress max="{total}" value="{done}" aria-hidden="true"></progress>' if total else ""
    return f'<p class="progress">{bar}{escape(progress_text(what, done, total, visit.session.language))}</p>'


def next_html(visit, working=False):
    """What to ask next, as buttons; while an answer is worked out, the way to stop it."""
    buttons = [action(text, {"do": "ask", "text": text}, "suggestion") for text in visit.suggestions]
    said = ""
    if working:
        buttons = [action(visit.texts["stop"], {"do": "stop"}, "suggestion stop")]
        said = f' data-say="{escape(visit.texts["working"])}"'
    return (f'<div class="next" role="group" aria-label="{escape(visit.texts["ask_next"])}" '
            f'data-language="{visit.session.language}"{said}>{"".join(buttons)}</div>')
