"""Nothing is told as if understood: suppositions of which no change was found, and what the data do not hold."""

import re

from dialogue.understanding.asks.options import WITH_FEATURES
from explainers.types import Ask, Subject

OF_TALK = {
    "data",
    "help",
    "about",
    "contest",
    "human_review",
    "letter",
    "rights",
    "greet",
    "thanks",
    "bye",
    "level",
    "language",
    "term",
    "method",
    "revise",
}
_ASKING_BACK = {"more", "again", "unclear", "refused", "help", "bye", "thanks", "greet", "revise", "level", "contest"}
_SUPPOSED = re.compile(r"\bwhat if\b|^if\b|^suppos|^imagine\b|\bwhat happens if i\b|^(?:less|higher|lower)\b|^more (?:by|of)\b")
_EMPTY_ANYWAY = {"prediction", "likelihood", "more", "again", "show", "why", "count"}


def absent(kinds, structure):
    """An ask that names what the data do not hold, where the question leans on it; else None."""
    names = list(dict.fromkeys(structure.absent))
    if not names or kinds & (OF_TALK - _ASKING_BACK):
        return None
    text = structure.text()
    if kinds <= {"importance", "rules"} and re.search(r"\b(?:factors?|features?|variables?|inputs?)\b", text):
        return None  # "how are the factors weighted?" asks of no body weight
    if re.search(r"\b(?:why|how come)\b.*\bOUTCOME\b", text):  # "I paid everything, why am I a bad risk?": said beside it
        return None
    named = [s for s, _ in structure.statements if s.options[0]] or structure.mentions
    if named and not (_SUPPOSED.search(text) and re.search(r"\bABSENT\b", text)):
        return None
    leaning = kinds & (WITH_FEATURES | {"prediction", "show", "why", "count", "likelihood", "counterfactual", "keep"})
    if leaning or kinds & _ASKING_BACK and len(text.split()) < 12:
        return Ask("absent", {"features": names})
    return None


def empty_supposition(query, structure, case_shown):
    """ "What if the years were higher?", "what if I pay off all": supposed, and nothing to change was found.

    case_shown: options of a search, which the change may be one of, were shown before.
    """
    kinds = {ask.kind for ask in query.asks}
    text = structure.text()
    if query.changes or query.subject.new or not _SUPPOSED.search(text) or "OUTCOME" in text:
        return False
    if case_shown and re.search(r"\b(?:option|one|that|those|it|suggestion)\b", text):
        return False
    return kinds <= _EMPTY_ANYWAY and query.subject in (Subject(), Subject(previous=True), Subject(case=query.subject.case))


def left_over(query, structure):
    """ "What if I had 2 loans and 1,000": a supposed number that became no change."""
    if not _SUPPOSED.search(structure.text()) or {ask.kind for ask in query.asks} - _EMPTY_ANYWAY:
        return False
    used = {place for s, _ in structure.statements for place in range(s.start, s.end)}
    numbers = [item for place, item in enumerate(structure.row) if item.letter == "N" and place not in used]
    said = {abs(c.value) for c in query.changes if isinstance(c.value, (int, float)) and not isinstance(c.value, bool)}
    return any(
        not item.value.ordinal and abs(item.value.value) not in said and str(item.value.value) != query.subject.case for item in numbers
    )


_SUPERLATIVE = re.compile(
    r"^(?:who|which \w+)\b.*\b(?:highest|lowest|best|worst|richest|poorest|oldest|youngest|largest|biggest|most money)\b"
)


_TAGS = r"(?:FEATURE|COND|CHANGE|VALUE|OUTCOME|TARGET|CASE|GROUP|ABSENT|TERM|NUM)"
_UNKNOWN = (
    re.compile(
        rf"^(?:does|did|is|was|will) (?:my|his|her) (?!.*\b{_TAGS}\b)(?!.*\b(?:case|score|result|decision|data|application|answer)\b)"
        r"(?:\w+ ){1,3}(?:matter|count|important|considered|used|play|relevant|a factor)\b"
    ),
    re.compile(
        rf"^(?:and |but )?(?:what|how) about (?:the|my|his|her) (?!.*\b{_TAGS}\b)"
        r"(?!(?:privacy|rights?|other|others|rest|model|data|reasons?|decision|result|second|first|third|last|next|future"
        r"|accuracy|mistakes|chart)\b)\w+(?: \?)?$"
    ),
)


def unknown_thing(structure):
    """ "Does my vitamin level matter?", "what about the blood?": something that nothing here is called."""
    return any(pattern.search(structure.text()) for pattern in _UNKNOWN)


_OPEN = {"the", "an", "whether", "my", "your", "their", "our", "every", "or", "and", "if", "because", "than", "although"}
_BEGUN = {"when", "if", "because", "whether", "while", "although", "which"}  # "the vibration when it": before a last word


def unfinished(structure):
    """ "I would like to know whether": broken off before what it is about."""
    words = [token.text for token in structure.tagged.tokens if token.text not in ".…-"]
    broken = len(words) > 2 and words[-2] in _BEGUN and words[-1] in ("it", "then", "i", "he", "she", "they")
    return broken or len(words) > 1 and words[-1] in _OPEN and words != ["what", "if"]


def ranking(kinds, structure):
    """ "Who had the highest score": a ranking of people, which is not served."""
    plain = " ".join(token.text for token in structure.tagged.tokens)
    return bool(_SUPERLATIVE.search(plain)) and (
        kinds <= {"show", "likelihood", "prediction", "label", "human_review", "similar", "refused", "unclear", "define"}
        and structure.case is None
    )


def other_language(tokens, lexicon):
    """Code of a language whose words the text is written in, where it is not this one; else None."""
    words = [token.text for token in tokens if token.word]
    counted = {code: sum(word in known for word in words) for code, known in lexicon.foreign.items()}
    code = max(counted, key=counted.get, default=None)
    return code if code and counted[code] >= 2 and counted[code] >= 0.4 * len(words) else None
