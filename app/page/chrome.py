"""Everything on the page that says the same for every case: labels, hints and buttons, in the visitor's language."""

from html import escape

import gradio as gr
from babel import Locale

from app.page.buttons import ways_to_save
from dialogue.phrasing.language import spoken

PARTS = (
    "title",
    "case",
    "level",
    "language",
    "new",
    "question",
    "send",
    "panel",
    "hint",
    "ask",
    "back",
    "heading",
    "talk_frame",
    "save",
)


def words_of(domain, texts):
    """Properties of each part in one language; `build` makes the parts with them, a change of language updates them."""
    return {
        "title": {
            "value": f'<header data-language="{escape(texts["code"])}"><h1>Because <span>{escape(domain.title)}</span></h1></header>'
        },
        "case": {"label": texts["choose_case"][:1].upper() + texts["choose_case"][1:]},
        "language": {
            "choices": [(own_name(code), code) for code in spoken()],
            "label": texts["language"],
        },
        "level": {"choices": [(name, key) for key, name in texts["levels"].items()], "label": texts["level"]},
        "new": {"value": texts["new_talk"]},
        "question": {"label": texts["question"], "placeholder": texts["placeholder"]},
        "send": {"value": texts["send"]},
        "panel": {"label": texts["try_changes"]},
        "hint": {"value": f'<p class="soft">{escape(texts["try_hint"])}</p>'},
        "ask": {"value": texts["ask_about_this"]},
        "back": {"value": texts["back"]},
        "heading": {"value": f'<h2 class="unseen">{escape(texts["conversation"])}</h2>'},
        "talk_frame": {"label": texts["conversation"], "placeholder": _first(domain, texts)},
        "save": {"value": _save(texts)},
    }


def updates(visit):
    """Updates of `PARTS`, in order."""
    words = words_of(visit.domain, visit.texts)
    return [gr.update(**words[part]) for part in PARTS]


def own_name(code):
    """What a language calls itself: `Deutsch`."""
    name = Locale.parse(code).get_display_name(code)
    return name[:1].upper() + name[1:]


def _first(domain, texts):
    """The first screen: what this is, what it is not, what the data are."""
    note = (
        (
            f'<details class="fold" open><summary>{escape(texts["about_data"])}</summary>'
            f'<p class="soft">{escape(domain.file.note)}</p></details>'
        )
        if domain.file.note
        else ""
    )
    return f'<div class="first"><h3>{escape(texts["what"])}</h3><p>{escape(texts["about"])}</p>{note}</div>'


def _save(texts):
    """Ways to keep the conversation, and what to say where the connection is lost."""
    return (
        f'<p class="warning" id="lost" role="alert" hidden>{escape(texts["lost"])}</p>'
        f'<p class="save">{escape(texts["save"])} {ways_to_save("conversation", texts)}</p>'
    )
