"""A question, and the talk so far, in the program's own words.

    understand(question, memory, domain) -> Query as said: "they" stays `previous`, "do that again" stays `again`
"""
from weakref import WeakKeyDictionary

from dialogue.operations import operations
from dialogue.understanding.kinds import scores
from dialogue.understanding.lexicon import load_lexicon
from dialogue.understanding.tagging import tag
from dialogue.understanding.vocabulary import vocabulary
from explainers.types import Ask, Change, Query, Subject

SOCIAL = ("greet", "thanks", "bye")
_vocabularies = WeakKeyDictionary()


def understand(question, memory, domain):
    """Question (text, language), Memory, Domain -> Query. Never raises, whatever the text holds."""
    lexicon = load_lexicon("en")
    if domain not in _vocabularies:
        _vocabularies[domain] = vocabulary(domain, lexicon)
    tagged = tag(question.text, domain, _vocabularies[domain], lexicon)
    found = scores(tagged.text(), "en")
    if not found:
        return Query(status="unclear", confidence=0.0)
    kind = max(found, key=found.get)
    status = "social" if kind in SOCIAL else "understood" if kind in operations() else "unsupported"
    case = next((span.value for span in tagged.spans if span.tag == "CASE"), None)
    features = [span.value.options[0][0] for span in tagged.spans if span.tag == "FEATURE" and len(span.value.options) == 1]
    named = {"features": features} if features and kind in ("importance", "role", "effect", "define", "statistic") else {}
    return Query(status=status, subject=Subject(case=case), changes=_changes(tagged), asks=(Ask(kind, named),), confidence=0.5)


def _changes(tagged):
    pending, changes = None, []
    if not any(token.text in ("if", "suppose", "assuming") for token in tagged.tokens):
        return ()
    for span in tagged.spans:
        if span.tag == "FEATURE":
            pending = span.value.options[0][0]
        elif span.tag == "NUM" and pending:
            changes.append(Change(pending, "to", span.value.value))
            pending = None
    return tuple(changes)
