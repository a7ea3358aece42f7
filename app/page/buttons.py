"""Buttons inside the talk."""
import json
from html import escape


def action(text, what, kind="", title=None):
    """A button that the page's script turns into an event: `what` is JSON for the handler of actions."""
    label = f' aria-label="{escape(title)}"' if title else ""
    return (f'<button type="button" class="act {kind}" data-do="{escape(json.dumps(what))}"{label}>{escape(text)}</button>')
