"""What to ask next: two to four questions, made from the evidence, that can be asked as they stand."""
from dialogue.operations import operations

MOST = 4


def suggested(parts, words, memory):
    """Questions for the reader to click: those of the parts first, then those that always fit.

    Kinds asked already come last.
    """
    wanted = [pair for part in parts for pair in part.suggestions if _answerable(pair[0])]
    wanted += [(key, {}) for key in words.language.suggestions["always"] if _fits(key, parts, memory)]
    texts = {}
    for key, slots in wanted:
        text = slots["text"] if key == "as_is" else _text(key, slots, words)
        texts.setdefault(text, key.split(".")[0] in memory.asked)
    ordered = sorted(texts, key=lambda text: texts[text])
    return tuple(ordered[:MOST])


def _answerable(key):
    """Can the kind be answered (or does it stand for one that can)?"""
    return key == "as_is" or key.split(".")[0] in operations() or key == "again"


def _fits(key, parts, memory):
    kind = key.split(".")[0]
    return kind not in {part.kind for part in parts} and (memory.case is not None or kind in ("importance", "help"))


def _text(key, slots, words):
    found = words.language.suggestions["questions"][key]
    sentence = found if isinstance(found, str) else found[words.turn % len(found)]
    return sentence.format(**{name: _slot(value, words) for name, value in slots.items()})


def _slot(value, words):
    """A slot is text or ("feature", name), ("value", value, feature), ("outcome", code)."""
    if isinstance(value, str):
        return value
    return {"feature": words.label_text, "value": words.value_text, "outcome": words.outcome_text}[value[0]](*value[1:])
