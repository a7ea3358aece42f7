"""Where everything stands on the page, and which event goes to which handler."""
import gradio as gr

from app.page.chrome import PARTS, words_of
from app.page.controls import changeable, control
from app.page.handlers import Handlers


def build(visits, store):
    """The page of one domain as gradio Blocks; what belongs to a visitor is in the database, not here."""
    workspace, texts, do = visits.workspace, visits.texts, Handlers(visits, store)
    words = words_of(workspace.domain, texts)
    with gr.Blocks(title=texts["title"], analytics_enabled=False, fill_width=True) as page:
        on = _head(words, visits.language_code)
        with gr.Row(elem_id="columns", equal_height=False):
            with gr.Column(scale=4, min_width=280, elem_id="case-column"):
                on["case"] = gr.Dropdown([], value=None, **words["case"], filterable=True, elem_id="case-choice")
                on["glance"] = gr.HTML(elem_id="case-glance")
                on |= _panel(workspace, words)
            with gr.Column(scale=7, min_width=280, elem_id="talk-column"):
                on |= _talk(words)
                on |= _ask_area(words)
        for name in ("act", "stop", "try", "speak"):
            on[f"do_{name}"] = gr.Button(name, elem_id=f"do-{name}", elem_classes="hidden-event")
        _wire(page, do, on)
    return page


def _head(words, code):
    with gr.Row(elem_id="because-head"):
        title = gr.HTML(**words["title"], elem_id="because-title", scale=6)
        level = gr.Dropdown(**words["level"], value="plain", filterable=False, elem_id="level", elem_classes="small-choice", scale=1)
        language = gr.Dropdown(**words["language"], value=code, filterable=False, elem_id="language", elem_classes="small-choice",
                               scale=1)
        new_talk = gr.Button(**words["new"], elem_id="new-talk", size="sm", scale=0)
    return {"title": title, "level": level, "language": language, "new": new_talk}


def _panel(workspace, words):
    with gr.Accordion(**words["panel"], open=False, elem_id="try-changes") as panel:
        hint = gr.HTML(**words["hint"])
        result = gr.HTML(elem_id="try-result")
        with gr.Row(elem_id="try-buttons"):
            ask = gr.Button(**words["ask"], variant="primary", size="sm", elem_id="ask-about-this")
            back = gr.Button(**words["back"], size="sm", elem_id="back-to-real")
        controls = [control(workspace.domain, player) for player in changeable(workspace)]
        fixed = gr.HTML(elem_id="try-fixed")
    return {"panel": panel, "hint": hint, "result": result, "ask": ask, "back": back, "controls": controls, "fixed": fixed}


def _talk(words):
    heading = gr.HTML(**words["heading"], elem_id="talk-heading")
    talk = gr.Chatbot(**words["talk_frame"], elem_id="talk", show_label=False, height="60vh", buttons=[], layout="panel",
                      feedback_options=None, latex_delimiters=[], allow_tags=False, container=False, autoscroll=False,
                      group_consecutive_messages=False)
    return {"heading": heading, "talk": talk, "talk_frame": talk}


def _ask_area(words):
    with gr.Column(elem_id="ask-area"):
        progress = gr.HTML(elem_id="progress")
        limits = gr.HTML(elem_id="limits")
        suggestions = gr.HTML(elem_id="ask-next")
        with gr.Row(elem_id="ask-row"):
            question = gr.Textbox(**words["question"], lines=1, max_lines=4, elem_id="question", scale=8, autofocus=False)
            send = gr.Button(**words["send"], variant="primary", elem_id="send", scale=1)
        save = gr.HTML(**words["save"], elem_id="save")
    return {"progress": progress, "limits": limits, "next": suggestions, "question": question, "send": send, "save": save}


def _wire(page, do, on):
    quiet = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    live = {**quiet, "queue": False}
    whole = [*(on[name] for name in ("talk", "progress", "next", "limits", "question", "level", "language", "case", "glance", "fixed",
                                     "result")), *on["controls"]]
    page.load(do.open, [], whole, **live)
    on["case"].input(do.choose, [on["case"]], whole, **live)
    on["new"].click(do.clear, [], whole, **live).then(**_script("answered"))
    on["level"].input(do.level, [on["level"]], [], **live)
    on["language"].input(do.language, [on["language"]], whole, **live)
    sent = {"js": "(text) => window.because.sent(text)"}
    gr.on([on["question"].submit, on["send"].click], do.ask, [on["question"]], whole, **sent, **quiet).then(**_script("answered"))
    taken = {"js": "() => [window.because.action]"}
    nothing = gr.JSON(visible=False)
    on["do_act"].click(do.act, [nothing], whole, **taken, **quiet).then(**_script("answered"))
    on["do_stop"].click(do.stop, [], [], **live)
    on["do_speak"].click(do.speak, [], [on[name] for name in PARTS], **live)
    panel = [on["result"], *on["controls"]]
    on["do_try"].click(do.try_option, [nothing], panel, **taken, **live).then(**_script("opened"))
    gr.on([each.input for each in on["controls"]], do.try_out, on["controls"], [on["result"]], trigger_mode="always_last", **live)
    on["back"].click(do.back, [], panel, **live)
    on["ask"].click(do.ask_about, on["controls"], whole, **quiet).then(**_script("answered"))


def _script(name):
    """What the page's own script does after an event."""
    return {"fn": None, "js": f"() => {{ window.because.{name}(); }}"}
