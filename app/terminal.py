"""Answers as text for a terminal, and how far long work has come."""
import re
import sys
import textwrap
import time
from contextlib import contextmanager

WIDTH = 100
PATIENCE, EVERY = 2.0, 5.0      # seconds until progress is first told, and between two lines of it


def told(answer):
    """An Answer (as JSON) as lines: its text, what is attached, then warnings marked with `!` and what can be asked next with `?`.

    A warning that the text gives already is not repeated.
    """
    parts = [readable(answer["text"])]
    parts += [f"--- {attached['title']} ({attached['name']})\n\n{readable(attached['text'])}\n---"
              for attached in answer.get("attachments") or ()]
    parts += [_marked("!", warning) for warning in answer["warnings"] if warning not in answer["text"]]
    if answer["suggestions"]:
        parts.append("\n".join(_marked("?", suggestion) for suggestion in answer["suggestions"]))
    return "\n\n".join(part for part in parts if part)


def readable(markdown):
    """Markdown without its marks (bold where the terminal can show it), long lines wrapped."""
    on, off = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    text = re.sub(r"\*\*(.+?)\*\*", rf"{on}\1{off}", markdown)
    text = re.sub(r"(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!<>|~-])", r"\1", text)
    return "\n".join(_wrapped(line) for line in text.splitlines()).strip()


def _wrapped(line):
    if line.lstrip().startswith("|") or len(line) <= WIDTH:
        return line
    hang = re.match(r"\s*(?:[-*]\s+|\d+\.\s+)?", line).group()
    return textwrap.fill(line, WIDTH, subsequent_indent=" " * len(hang), break_long_words=False, break_on_hyphens=False)


def _marked(mark, text):
    return f"{mark} " + readable(text).replace("\n", "\n  ")


@contextmanager
def progress_told(language):
    """Long work inside is told on standard error: on a terminal one line that changes, else a line now and then."""
    from dialogue.phrasing.progress import progress_text
    from explainers.progress import watched
    begun, told, alive = time.perf_counter(), 0.0, sys.stderr.isatty()

    def report(*work):
        nonlocal told
        now = time.perf_counter()
        if now - begun > PATIENCE and now - told > (EVERY if not alive else 0.2):
            told = now
            print(progress_text(*work, language), end="\033[K\r" if alive else "\n", file=sys.stderr, flush=True)

    try:
        with watched(report):
            yield
    finally:
        if told and alive:
            print("\033[K", end="", file=sys.stderr, flush=True)
