"""Where everything stands on the page, and which event goes to which handler."""
from html import escape

import gradio as gr

from app.page.handlers import Handlers
from app.page.whatif import changeable, control


def build(visits, store, texts):
    """The page of one domain as gradio Blocks; what belongs to a visitor is in the database, not here."""
    workspace, do = visits.workspace, Handlers(visits, store)
    domain = workspace.domain
    with gr.Blocks(title=texts["title"], analytics_enabled=False, fill_width=True) as page:
        level, new_talk = _head(domain, texts)
        with gr.Row(elem_id="columns", equal_height=False):
            with gr.Column(scale=4, min_width=280, elem_id="case-column"):
                case = gr.Dropdown([], value=None, label=texts["choose_case"].capitalize(), filterable=True, elem_id="case-choice")
                glance = gr.HTML(elem_id="case-glance")
                panel = _panel(workspace, texts)
            with gr.Column(scale=7, min_width=280, elem_id="talk-column"):
                talk = _talk(domain, texts)
                after, question, send = _ask_area(texts)
        hidden = {name: gr.Button(name, elem_id=f"do-{name}", elem_classes="hidden-event") for name in ("act", "stop", "try")}
        _wire(page, do, {"level": level, "new": new_talk, "case": case, "glance": glance, "talk": talk, "question": question,
                         "send": send, **after, **panel, **{f"do_{name}": button for name, button in hidden.items()}})
    return page


def _head(domain, texts):
    with gr.Row(elem_id="because-head"):
        gr.HTML(f'<header><h1>Because <span>{escape(domain.title)}</span></h1></header>', elem_id="because-title", scale=6)
        level = gr.Dropdown([(name, key) for key, name in texts["levels"].items()], value="plain", label=texts["level"],
                            filterable=False, elem_id="level", elem_classes="small-choice", scale=1)
        new_talk = gr.Button(texts["new_talk"], elem_id="new-talk", size="sm", scale=0)
    return level, new_talk


def _panel(workspace, texts):
    with gr.Accordion(texts["try_changes"], open=False, elem_id="try-changes"):
        gr.HTML(f'<p class="soft">{escape(texts["try_hint"])}</p>')
        result = gr.HTML(elem_id="try-result")
        with gr.Row(elem_id="try-buttons"):
            ask = gr.Button(texts["ask_about_this"], variant="primary", size="sm", elem_id="ask-about-this")
            back = gr.Button(texts["back"], size="sm", elem_id="back-to-real")
        controls = [control(feature, texts) for feature in changeable(workspace)]
        fixed = gr.HTML(elem_id="try-fixed")
    return {"controls": controls, "fixed": fixed, "result": result, "ask": ask, "back": back}


def _talk(domain, texts):
    note = (f'<details class="fold" open><summary>{escape(texts["about_data"])}</summary><p class="soft">{escape(domain.file.note)}</p>'
            "</details>") if domain.file.note else ""
    first = f'<div class="first"><h3>{escape(texts["what"])}</h3><p>{escape(texts["about"])}</p>{note}</div>'
    gr.HTML(f'<h2 class="unseen">{escape(texts["conversation"])}</h2>', elem_id="talk-heading")
    return gr.Chatbot(elem_id="talk", label=texts["conversation"], show_label=False, height="60vh", buttons=[], layout="panel",
                      placeholder=first, feedback_options=None, latex_delimiters=[], allow_tags=False, container=False,
                      autoscroll=False, group_consecutive_messages=False)


def _ask_area(texts):
    with gr.Column(elem_id="ask-area"):
        limits = gr.HTML(elem_id="limits")
        suggestions = gr.HTML(elem_id="ask-next")
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(label=texts["question"], placeholder=texts["placeholder"], lines=1, max_lines=4,
                                  elem_id="question", scale=8, autofocus=False)
            send = gr.Button(texts["send"], variant="primary", elem_id="send", scale=1)
        gr.HTML(f'<p class="save">{escape(texts["save"])} <a href="conversation.html" download>{escape(texts["save_html"])}</a> '
                f'<a href="conversation.md" download>{escape(texts["save_markdown"])}</a></p>', elem_id="save")
    return {"limits": limits, "next": suggestions}, question, send


def _wire(page, do, on):
    quiet = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    live = {**quiet, "queue": False}
    whole = [on["talk"], on["next"], on["limits"], on["question"], on["level"], on["case"], on["glance"], on["fixed"], on["result"],
             *on["controls"]]
    page.load(do.open, [], whole, **live)
    on["case"].input(do.choose, [on["case"]], whole, **live)
    on["new"].click(do.clear, [], whole, **live).then(**_script("answered"))
    on["level"].input(do.level, [on["level"]], [], **live)
    gr.on([on["question"].submit, on["send"].click], do.ask, [on["question"]], whole, **quiet).then(**_script("answered"))
    taken = {"js": "() => [window.because.action]"}
    nothing = gr.JSON(visible=False)
    on["do_act"].click(do.act, [nothing], whole, **taken, **quiet).then(**_script("answered"))
    on["do_stop"].click(do.stop, [], [], **live)
    panel = [on["result"], *on["controls"]]
    on["do_try"].click(do.try_option, [nothing], panel, **taken, **live).then(**_script("opened"))
    gr.on([each.input for each in on["controls"]], do.try_out, on["controls"], [on["result"]], trigger_mode="always_last", **live)
    on["back"].click(do.back, [], panel, **live)
    on["ask"].click(do.ask_about, on["controls"], whole, **quiet).then(**_script("answered"))


def _script(name):
    """What the page's own script does after an event."""
    return {"fn": None, "js": f"() => {{ window.because.{name}(); }}"}
