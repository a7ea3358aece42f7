"""Where everything stands on the page, and which event goes to which handler."""
from html import escape

import gradio as gr

from app.page.handlers import Handlers
from app.page.whatif import changeable, control

STARTERS = 4


def build(workspace, store, sessions, words):
    """The page of one domain as gradio Blocks; what belongs to a visitor is in `sessions`, not here."""
    domain = workspace.domain
    do = Handlers(workspace, store, sessions, words)
    with gr.Blocks(title=f"Because – {domain.title}", analytics_enabled=False, fill_width=True) as page:
        level, new_talk = _head(domain, words)
        with gr.Row(elem_id="columns", equal_height=False):
            with gr.Column(scale=4, min_width=300, elem_id="case-column"):
                case = gr.Dropdown(list(domain.cases.index), value=None, label=words["choose_case"], filterable=True, elem_id="case-choice")
                glance = gr.HTML(elem_id="case-glance")
                panel = _panel(domain, words)
            with gr.Column(scale=7, min_width=320, elem_id="talk-column"):
                talk, buttons, question, send = _talk(words)
        _wire(page, do, level, new_talk, case, glance, panel, talk, buttons, question, send)
    return page


def _head(domain, words):
    with gr.Row(elem_id="because-head"):
        gr.HTML(f'<header><h1>Because <span style="font-weight:400">· {escape(domain.title)}</span></h1>'
                f'<p class="what">{escape(words["what"])}</p></header>', elem_id="because-title", scale=6)
        level = gr.Dropdown([(name, key) for key, name in words["levels"].items()], value="plain", label=words["level"],
                            filterable=False, elem_id="level", elem_classes="small-choice", scale=1)
        new_talk = gr.Button(words["new_talk"], elem_id="new-talk", elem_classes="small-choice", size="sm", scale=1)
    if domain.file.note:
        gr.HTML(f'<details class="note fold" open><summary>{escape(words["about_data"])}</summary><p>{escape(domain.file.note)}</p></details>')
    return level, new_talk


def _panel(domain, words):
    with gr.Accordion(words["try_changes"], open=False, elem_id="try-changes"):
        gr.HTML(f'<p class="fixed">{escape(words["try_hint"])}</p>')
        result = gr.HTML(elem_id="try-result")
        with gr.Row():
            ask = gr.Button(words["ask_about_this"], variant="primary", size="sm", elem_id="ask-about-this")
            back = gr.Button(words["back"], size="sm", elem_id="back-to-real")
        controls = [control(feature) for feature in changeable(domain)]
        fixed = gr.HTML()
    return {"controls": controls, "fixed": fixed, "result": result, "ask": ask, "back": back}


def _talk(words):
    first = f'<div class="first"><h2>{escape(words["what"])}</h2><p>{escape(words["about"])}</p></div>'
    talk = gr.Chatbot(elem_id="talk", label=words["conversation"], show_label=False, height="60vh", buttons=["copy_all"],
                      layout="panel", placeholder=first, feedback_options=None, latex_delimiters=[], allow_tags=False, container=False)
    with gr.Column(elem_id="ask-area"):
        with gr.Row(elem_id="ask-next"):
            buttons = [gr.Button(text, size="sm", elem_classes="suggestion") for text in words["starters"][:STARTERS]]
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(label=words["question"], placeholder=words["placeholder"], lines=1, max_lines=4, max_length=2000,
                                  elem_id="question", scale=8, autofocus=False)
            send = gr.Button(words["send"], variant="primary", elem_id="send", scale=1)
    return talk, buttons, question, send


def _wire(page, do, level, new_talk, case, glance, panel, talk, buttons, question, send):
    quiet = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 8}
    live = {**quiet, "queue": False}
    whole = [talk, *buttons, question, level, case, glance, panel["fixed"], panel["result"], *panel["controls"]]
    after = [talk, *buttons, question, level, case]
    focus = {"fn": None, "js": "() => { window.becauseFocus(); }"}
    page.load(do.open, [], whole, **live)
    case.input(do.choose, [case], whole, **live)
    new_talk.click(do.clear, [], whole, **live).then(**focus)
    talk.clear(do.clear, [], whole, **live)
    gr.on([question.submit, send.click], do.ask, [question, talk], after, **quiet).then(**focus)
    for button in buttons:
        button.click(do.ask, [button, talk], after, **quiet).then(**focus)
    level.input(do.level, [level], [], **live)
    seen = [*panel["controls"]]
    gr.on([control.input for control in panel["controls"]], do.try_out, seen, [panel["result"]], trigger_mode="always_last", **live)
    panel["back"].click(do.back, [], [panel["result"], *panel["controls"]], **live)
    panel["ask"].click(do.ask_about, [talk, *panel["controls"]], after, **quiet).then(**focus)
