"""Buttons and links inside the talk."""
import json
from html import escape


def action(text, what, kind="", title=None):
    """A button that the page's script turns into an event: `what` is JSON for the handler of actions."""
    label = f' aria-label="{escape(title)}"' if title else ""
    return (f'<button type="button" class="act {kind}" data-do="{escape(json.dumps(what))}"{label}>{escape(text)}</button>')


def ways_to_save(address, texts, kind=""):
    """Links that keep what is at `address`: as a page, as text, and a view that opens the browser's way to a PDF."""
    look = f' class="{kind}"' if kind else ""
    return "".join((
        f'<a{look} href="{escape(address)}.html" download>{escape(texts["save_html"])}</a>',
        f'<a{look} href="{escape(address)}.html?paper=1" target="_blank">{escape(texts["save_pdf"])}</a>',
        f'<a{look} href="{escape(address)}.md" download>{escape(texts["save_markdown"])}</a>'))
