"""Which kind of question: patterns over the delexicalised text, see `languages/<code>/lexicon_kinds.yaml`."""

import re
from functools import lru_cache

from dialogue.understanding.wording.lexicon import load_lexicon


@lru_cache
def patterns(language):
    """[(kind, weight, compiled pattern)] of a language."""
    table = dict(load_lexicon(language).kinds)
    parts = table.pop("parts")
    return [
        (kind, float(weight), re.compile(_filled(pattern, parts)))
        for kind, weighted in table.items()
        for weight, found in weighted.items()
        for pattern in found
    ]


def _filled(pattern, parts):
    """Entries of `parts` put in for <NAME>, in entries of `parts` as well."""
    for _ in range(3):
        pattern = re.sub(r"<([A-Z]+)>", lambda match: parts[match[1]], pattern)
    return pattern


def scores(text, language):
    """kind -> weight of its best pattern in `text`, plus a little for every further one."""
    found = {}
    for kind, weight, pattern in patterns(language):
        if pattern.search(text):
            found.setdefault(kind, []).append(weight)
    return {kind: max(weights) + 0.3 * (len(weights) - 1) for kind, weights in found.items()}
