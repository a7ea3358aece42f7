"""What is asked: the text cut into clauses, a kind for each that asks something of its own."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from dialogue.understanding.classifier import load_classifier
from dialogue.understanding.kinds import scores

JOINS = {"and", "also", "then", "but", "plus", "as well as", ".", "?", "!", ";", "\n", ",", "&", "or"}
EMPTY = set("""
    COND CHANGE GROUP FEATURE NUM CASE OUTCOME VALUE TARGET the a an of for in at on with and is are was were be
    that who which have has had to my their his her its not no or do as please you me i it this these those they
    them then , ? . ! also too so if were by from
""".split())
ASKING = re.compile(
    r"^(?:and |also |then |but |so |please |now |, )*(?:why|how|what|which|who|when|where|is|are|was|were|do|does|did|can|could"
    r"|would|will|should|show|tell|give|list|"
    r"explain|describe|display|count|name|print|provide|find|get|define|compute|predict|reasons?|the reasons?|predictions?"
    r"|labels?|accuracy|likelihood|whether|any)\b"
)
SUBORDINATE = re.compile(
    r"^(?:and )?(?:when|while|in|for|by|at|of|after|before|during|if|given) (?:you |the model |it |\w+ )?(?:are |is"
    r" )?(?:predict|determin|decid|mak|classif|diagnos|"
    r"judg|assess|estimat|evaluat|forecast|guess)(?:ing|s|e)?\b"
)
RELATIVE = re.compile(r"^(?:and )?(?:for|among|of|on|with|in) (?:\w+ )?GROUP (?:that|who|which|whom|the model|you)\b")
OF_TALK = {"greet", "thanks", "bye", "again"}


@dataclass(frozen=True)
class Clause:
    """Tokens start to end ask `kind`; `ranked`: all kinds with their score, best first."""

    start: int
    end: int
    kind: str
    text: str
    ranked: tuple


def clauses(structure, language):
    """The Clauses of a question, in order; at least one."""
    whole = _clause(structure, 0, len(structure.tagged.tokens), language)
    parts = _asking_parts(structure, language)
    if len(parts) < 2:
        return [whole]
    merged = [parts[0]]
    for part in parts[1:]:
        last = merged[-1]
        if part.kind == last.kind and part.kind not in ("performance", "effect"):
            continue
        merged.append(part)
    if len(merged) == 1:
        return [whole]
    return merged


def _asking_parts(structure, language):
    """Parts between joining words that ask something by themselves; what lies between belongs to the part before."""
    parts = []
    for start, end in _cut(structure):
        text = structure.text(start, end)
        content = [word for word in text.split() if word not in EMPTY]
        rules = scores(text, language)
        best = max(rules, key=rules.get, default=None)
        if not content or best is None or best in OF_TALK or SUBORDINATE.search(text) or RELATIVE.search(text):
            continue
        strength = rules[best]
        if strength >= 6 or (strength >= 4 and ASKING.search(text)):
            clause = _clause(structure, start, end, language)
            if clause.kind not in OF_TALK and _own_words(text, clause.kind, language):
                parts.append(clause)
                continue
        if ASKING.search(text) and len(text.split()) > 2:
            clause = _clause(structure, start, end, language)
            if clause.kind not in OF_TALK | {"unclear", "refused", "revise", "more"} and probability(clause.ranked) > 0.8:
                parts.append(clause)
    return parts


def _own_words(text, kind, language):
    """The kind is said by words of the part itself, not only guessed."""
    return scores(text, language).get(kind, 0) >= 4


def _cut(structure):
    """(start, end) of the parts between joining words and signs; a sign inside a span does not cut."""
    tokens, spans = structure.tagged.tokens, structure.spans
    inside = {place for span in spans for place in range(span.start, span.end)}
    start, found = 0, []
    for place, token in enumerate(tokens):
        if token.text in JOINS and place not in inside:
            if place > start:
                found.append((start, place))
            start = place + 1 if not token.word else place + 1
    if start < len(tokens):
        found.append((start, len(tokens)))
    return found


def _clause(structure, start, end, language):
    text = structure.text(start, end)
    ranked = rank(re.sub(r"\bABSENT\b", "FEATURE", text), language)
    return Clause(start, end, ranked[0][0], text, tuple(ranked))


RULE, MEANING = 0.08, 0.2
SURE = 0.9


def rank(text, language):
    """[(kind, score)] best first: what the patterns say and what was learnt from words and from meaning, added.

    The embedding takes most of the time; it is left out where words and patterns agree anyway.
    """
    return list(_ranked(text, language))


@lru_cache(maxsize=2048)
def _ranked(text, language):
    rules, classifier = scores(text, language), load_classifier(language)
    margins = classifier.margins(text)
    kinds = set(rules) | set(margins)
    total = {kind: margins.get(kind, -1.0) + RULE * rules.get(kind, 0.0) for kind in kinds}
    first, second = sorted(total, key=total.get, reverse=True)[:2]
    if not (total[first] - total[second] > SURE and max(rules, key=rules.get, default=None) == first):
        meanings = classifier.meanings(text)
        total = {kind: score + MEANING * max(meanings.get(kind, -12.0), -12.0) for kind, score in total.items()} if meanings else total
    return tuple(sorted(total.items(), key=lambda pair: -pair[1]))


def probability(ranked, sharpness=3.0):
    """Share of the best in a softmax over the scores."""
    best = ranked[0][1]
    return 1.0 / sum(math.exp(sharpness * (score - best)) for _, score in ranked)
