"""What to ask next: two to four questions, made from the evidence, that can be asked as they stand."""
import math

from dialogue.operations import operations
from dialogue.operations.help import fits
from dialogue.phrasing.selection import MISREAD

MOST = 4


def suggested(parts, words, memory, first=()):
    """Questions for the reader to click: `first`, then those of the parts, then those that always fit.

    Kinds asked already come last.
    """
    texts = {}
    for text, (key, _) in made_from(parts, words, memory):
        texts.setdefault(text, key.split(".")[0] in memory.asked)
    ordered = sorted(texts, key=lambda text: texts[text])
    first = [_text(key, slots, words, parts) for key, slots in first]
    return tuple(dict.fromkeys(first + ordered))[:MOST]


def made_from(parts, words, memory):
    """[(question, (key, slots) that it is made from)] of all that could be offered, in order."""
    wanted = [pair for part in parts for pair in part.suggestions if _answerable(pair[0], words.domain)]
    wanted += [(key, {}) for key in words.language.suggestions["always"] if _fits(key, parts, memory)]
    answered = {part.kind for part in parts}
    wanted = [pair for pair in _for_hoped_for(wanted, parts) if pair[0] not in answered]
    texts = [(slots["text"] if key == "as_is" else _text(key, slots, words, parts), (key, slots)) for key, slots in wanted]
    return [(text, source) for text, source in texts if text]


def _for_hoped_for(wanted, parts):
    """Who has the outcome that people hope for is asked neither to change something nor to disagree."""
    if not any(part.hoped_for for part in parts):
        return wanted
    kept = [("keep", {}) if key == "counterfactual" else (key, slots) for key, slots in wanted if key != "contest"]
    return [(key, slots) for key, slots in kept if key != "counterfactual.without"]


def _answerable(key, domain):
    """Can the kind be answered of this domain (or does it stand for one that can)?"""
    kind = key.split(".")[0]
    return key == "as_is" or kind in operations() and fits(kind, domain)


def _fits(key, parts, memory):
    kind = key.split(".")[0]
    return kind not in {part.kind for part in parts} and (memory.case is not None or kind in ("importance", "help"))


def _text(key, slots, words, parts=()):
    """The question, or None where it could not be understood as it is meant."""
    if words.domain is not None and words.domain.regression:
        if key == "counterfactual":
            amount = next((part.amount for part in parts if part.amount is not None), None)
            goal = None if amount is None else next_up(amount, words)
            return goal and _question("counterfactual.value", {"amount": goal}, words)
        key = f"{key}.estimate" if f"{key}.estimate" in words.language.suggestions["questions"] else key
    if any(misread(slot, words) for slot in slots.values()):
        return None
    return _question(key, {name: _slot(value, words) for name, value in slots.items()}, words)


def _question(key, slots, words):
    found = words.language.suggestions["questions"][key]
    sentence = found if isinstance(found, str) else found[words.turn % len(found)]
    return sentence.format(**slots)


def next_up(amount, words):
    """The next round number half a standard deviation above a regression's estimate, with its unit; None beyond
    the highest value in the data."""
    step = 10.0 ** math.floor(math.log10(words.spread)) if words.spread else 1.0
    goal = step * math.ceil((float(amount) + (words.spread or 1.0) / 2) / step)
    return words.amount_text(goal) if goal <= float(words.domain.target.max()) else None


def misread(slot, words):
    """Is it a value of a category whose name a question cannot carry?"""
    if isinstance(slot, str) or slot[0] != "value":
        return False
    feature = words.domain.features.get(str(slot[2]))
    if feature is None or feature.type == "yes_no":
        return feature is None
    return feature.type == "category" and bool(MISREAD.search(words.value_text(slot[1], slot[2])))


def _slot(value, words):
    """A slot is text or ("feature", name), ("value", value, feature), ("outcome", code)."""
    if isinstance(value, str):
        return value
    return {"feature": words.label_text, "value": words.value_text, "outcome": words.outcome_text}[value[0]](*value[1:])
