"""What is asked: the text cut into clauses, a kind for each that asks something of its own."""

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from dialogue.understanding.asks.kinds import scores
from dialogue.understanding.learning.kept import load_classifier
from dialogue.understanding.learning.examples import REFUSED

JOINS = {"and", "also", "then", "but", "plus", "as well as", ".", "?", "!", ";", "\n", ",", "&", "or"}
EMPTY = set("""
    COND CHANGE GROUP FEATURE NUM CASE OUTCOME VALUE TARGET the a an of for in at on with and is are was were be
    that who which have has had to my their his her its not no or do as please you me i it this these those they
    them then , ? . ! also too so if were by from ( ) : [ ]
""".split())
ASKING = re.compile(
    r"^(?:and |also |then |but |so |please |now |, )*(?:why|how|what|which|who|when|where|is|are|was|were|do|does|did|can|could"
    r"|would|will|should|show|tell|give|list|"
    r"explain|describe|display|count|name|print|provide|find|get|define|compute|predict|reasons?|the reasons?|predictions?"
    r"|labels?|accuracy|likelihood|whether|any)\b"
)
_SUBJECT = (
    r"(?:i|you|he|she|it|they|we|one|this|that|these|those|the|my|his|her|their|your|its|a|an|any|all|some|there|everyone"
    r"|someone|somebody|people|CASE|GROUP|FEATURE|COND|VALUE|OUTCOME|TARGET|ABSENT|men|women|most|more|other|NUM)"
)
_OPENING = r"^(?:and |also |then |but |so |or |please |now |ok |well |if so |if not |, )*"
_AUXILIARY = r"(?:is|are|was|were|am|do|does|did|can|could|would|will|should|shall|may|might|must|has|have|had)"
# A question by its form: a question word, or a verb before its subject.
_TELL = r"(?:(?:tell|show|explain|say|describe)(?: to)?(?: me| us)? (?:(?:whether|if|that)\b|(?=why|how|what|which|who|when|where)))"
QUESTION = re.compile(rf"{_OPENING}(?:{_TELL}|(?:why|how|what|which|who|whom|whose|when|where|{_AUXILIARY} (?:not )?{_SUBJECT})\b)")
# A verb without a subject goes on with what was said before: "and can not go below 3,000".
_GOES_ON = re.compile(rf"{_OPENING}(?:still\b|{_AUXILIARY} (?!(?:not )?{_SUBJECT}\b))")
_SUPPOSING = re.compile(
    rf"{_OPENING}(?:if|when|suppose|supposing|assuming|given|for|in|among|of|on|with|without|by|at|from|to|between)\b"
)
SENTENCE = {".", "?", "!", ";", "\n"}
SUBORDINATE = re.compile(
    r"^(?:and )?(?:when|while|in|for|by|at|of|after|before|during|if|given) (?:you |the model |it |\w+ )?(?:are |is"
    r" )?(?:predict|determin|decid|mak|classif|diagnos|"
    r"judg|assess|estimat|evaluat|forecast|guess)(?:ing|s|e)?\b"
)
RELATIVE = re.compile(r"^(?:and )?(?:for|among|of|on|with|in) (?:\w+ )?GROUP (?:that|who|which|whom|the model|you)\b")
FORBIDDEN = 14  # weight of the patterns for what is not served whatever else is said
OR_MORE = {"more", "less", "fewer", "higher", "lower", "better", "above", "below", "over", "under"}
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
    forbidden = whole.kind == REFUSED and scores(whole.text, language).get(REFUSED, 0) >= FORBIDDEN
    if not parts or forbidden and not any(part.kind == "why" for part in parts):
        return [whole]
    merged = [parts[0]]
    for part in parts[1:]:
        last = merged[-1]
        if part.kind == "path" and last.kind in ("why", "method") and not QUESTION.search(part.text):
            merged[-1] = replace(last, kind="path", end=part.end)
            continue
        if re.fullmatch(r"how \w+", last.text):
            merged[-1] = replace(last, end=part.end)
            continue
        if part.kind == "more" and last.kind == "counterfactual" or _goes_with(part, last):
            continue
        if part.kind == last.kind and part.kind not in ("performance", "effect"):
            continue
        merged.append(part)
    if len(merged) > 1:
        return merged
    first = merged[0]
    if first.kind in OF_TALK | {"more", "unclear", "refused"}:
        return [whole]
    return [replace(whole, kind=first.kind, ranked=first.ranked) if probability(first.ranked) > probability(whole.ranked) else whole]


_DIFFERING = re.compile(
    r"^(?:and )?how (?:much )?(?:would|will|does|might|could) (?:the |its |his |her |their )?(?:\w+ )?(?:TARGET|OUTCOME|result|prediction"
    r"|decision|outcome|score|it|that|things)\b(?: \w+)? (?:change|differ|look|turn|be|move)\b"
)
OF_VALUES = {"keep", "threshold", "role", "effect", "prediction", "define"}
_BESIDE = re.compile(
    r"^(?:and |but |or )?(?:without|not|nor|only|just|except|keeping|leaving|using)\b.*\b(?:FEATURE|VALUE|COND|CHANGE)\b"
)
_LIMIT = re.compile(r"\b(?:must|can not|could not|may not|has to|have to|should|needs to|will not)\b")


def _goes_with(part, last):
    """What a supposition would change is no search for changes; what must hold or stay beside a search is one of its limits."""
    if last.kind == "prediction" and part.kind == "counterfactual":
        return bool(re.search(r"\b(?:if|suppose|supposing)\b", last.text) and _DIFFERING.search(part.text))
    if last.kind != "counterfactual" or QUESTION.search(part.text):
        return False
    held = part.kind in ("keep", "threshold") and _LIMIT.search(part.text)
    return bool(held or part.kind in OF_VALUES and _BESIDE.search(part.text))


_EXAMPLES = re.compile(r"(?:give|show|list|print|name)(?: me)? (?:some |a few |the )?(?:examples?|instances|samples?|them)")


def _asking_parts(structure, language):
    """Parts between joining words that ask something by themselves; what lies between belongs to the part before."""
    parts = []
    for start, end in _cut(structure):
        text = structure.text(start, end)
        if parts and parts[-1].kind in ("mistakes", "performance") and _EXAMPLES.fullmatch(text):
            parts.append(replace(_clause(structure, start, end, language), kind="show"))
            continue
        content = [word for word in text.split() if word not in EMPTY]
        rules = scores(text, language)
        best = max(rules, key=rules.get, default=None)
        asks = bool(content) or QUESTION.search(text) and (rules.get(best, 0) >= 6 or re.search(r"\bwhich\b.*\b(?:they|those)\b", text))
        if not asks or best in OF_TALK or any(form.search(text) for form in (SUBORDINATE, RELATIVE, _GOES_ON)):
            continue
        strength = rules.get(best, 0)
        if strength >= 6 or (strength >= 4 and ASKING.search(text)):
            clause = _clause(structure, start, end, language)
            if clause.kind not in OF_TALK and _own_words(text, clause.kind, language):
                parts.append(clause)
                continue
        sure = _needed(text, start, structure.tagged.tokens)
        if sure is not None:
            clause = _clause(structure, start, end, language)
            if clause.kind not in OF_TALK | {"unclear", "refused", "revise", "more"} and probability(clause.ranked) > sure:
                parts.append(clause)
    return _widened(_headed(parts, structure, language), structure)


def _headed(parts, structure, language):
    """ "Which counts more, this or that, and how does this act?": a list cut the first question up, it is one of its own."""
    start = parts[0].start if parts else 0
    text = structure.text(0, start)
    if len(text.split()) < 4 or not QUESTION.search(text) or _SUPPOSING.search(text):
        return parts
    head = _clause(structure, 0, start, language)
    own = head.kind not in OF_TALK | {"unclear", "refused", "revise", "more", parts[0].kind} and probability(head.ranked) > 0.6
    return [head, *parts] if own else parts


def _needed(text, start, tokens):
    """How sure the kind of a part has to be, by its form, for it to ask something of its own; None where it can not."""
    if _SUPPOSING.search(text) or len(text.split()) < 2:
        return None
    if len(text.split()) > 2 and QUESTION.search(text):
        return 0.4
    if len(text.split()) > 2 and re.search(r"\b(?:what|which|whom|where)$", text):
        return 0.6
    if len(text.split()) > 2 and ASKING.search(text):
        return 0.8
    alone = start == 0 or tokens[start - 1].text in SENTENCE
    return 0.95 if alone else None


def _widened(parts, structure):
    """Each part up to where the next begins: what lies between belongs to the part before, what stands first to the first."""
    ends = [part.start for part in parts[1:]] + [len(structure.tagged.tokens)]
    starts = [0, *(part.start for part in parts[1:])]
    return [replace(part, start=start, end=end) for part, start, end in zip(parts, starts, ends)]


def _own_words(text, kind, language):
    """The kind is said by words of the part itself, not only guessed."""
    return scores(text, language).get(kind, 0) >= 4


def _or_more(place, tokens):
    """Is it the "or" of an amount: "15 points or more"?"""
    return tokens[place].text == "or" and place + 1 < len(tokens) and tokens[place + 1].text in OR_MORE


def _cut(structure):
    """(start, end) of the parts between joining words and signs; a sign inside a span does not cut."""
    tokens, spans = structure.tagged.tokens, structure.spans
    inside = {place for span in spans for place in range(span.start, span.end)}
    start, found = 0, []
    for place, token in enumerate(tokens):
        if token.text in JOINS and place not in inside and not _between_alike(place, spans, tokens) and not _or_more(place, tokens):
            if place > start:
                found.append((start, place))
            start = place + 1 if not token.word else place + 1
    if start < len(tokens):
        found.append((start, len(tokens)))
    return found


def _between_alike(place, spans, tokens):
    """ "savings and the income": a join between two of a kind cuts nothing."""
    if tokens[place].text not in ("and", "or", "&", "plus"):
        return False
    before = next((span for span in spans if span.end == place), None)
    after = next((span for span in spans if span.start in (place + 1, place + 2)), None)
    alike = before is not None and after is not None and before.tag == after.tag
    return alike and (after.start == place + 1 or tokens[place + 1].text in ("the", "my", "his", "her", "their", "a", "an"))


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
