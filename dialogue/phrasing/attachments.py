"""Files that come with an answer: what only storing it settles, its number and date, is filled in here."""
import re
from dataclasses import replace
from datetime import datetime

from babel.dates import format_date

RECORD, DATE = "[[record]]", "[[date]]"


def completed(answer, record=None, created=None):
    """The Answer with the record's number and date in its attachments; lines that need them are left out where there are none.

    created: the record's UTC time in ISO format.
    """
    if not answer.attachments:
        return answer
    date = format_date(datetime.fromisoformat(created).date(), "long", answer.language) if created else None
    marks = {RECORD: record, DATE: date}
    return replace(answer, attachments=tuple({**attached, "text": _filled(attached["text"], marks)}
                                             for attached in answer.attachments))


def _filled(text, marks):
    kept = [line for line in text.split("\n") if not any(mark in line and not said for mark, said in marks.items())]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept))
    for mark, said in marks.items():
        text = text.replace(mark, said or "")
    return text
