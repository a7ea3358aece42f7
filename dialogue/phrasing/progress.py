"""How far long work has come, in words."""
from dialogue.phrasing.language import language
from dialogue.phrasing.numbers import figure


def progress_text(what, done, total, code="en"):
    """One short line, such as "Features tried out: 12 of 300"; what: one of explainers.progress.WORDS."""
    spoken = language(code)
    counts = {name: figure(count, 0, spoken.locale) for name, count in (("done", done), ("total", total)) if count is not None}
    return spoken.phrase(f"progress.{what}").format(**counts)
