"""Options of a search that were shown, taken up in a later question."""

import re
from dataclasses import replace

from explainers.types import Ask, Change, Subject


def shown_option(query, structure, memory):
    """ "What if I do option 1": the changes of an option that was shown, all at once."""
    text = structure.text()
    named = re.search(r"\b(?:option|suggestion|number|the|do|did|take|took)\b", text)
    if not memory.options or query.changes or not named or not re.search(r"\bif\b|\btry\b|\btake\b", text):
        return query
    found = re.search(r"\b(?:option|suggestion|number) (\d+)\b|\bthe (first|second|third|fourth)\b", _plain(structure))
    place = int(found[1]) if found and found[1] else ["first", "second", "third", "fourth"].index(found[2]) + 1 if found else 0
    if not 1 <= place <= len(memory.options):
        return query
    changes = tuple(Change(part["feature"], "to", part["to"]) for part in memory.options[place - 1])
    return replace(query, status="understood", subject=Subject(previous=True), changes=changes, asks=(Ask("prediction"),))


def _plain(structure):
    return " ".join(token.text for token in structure.tagged.tokens)
