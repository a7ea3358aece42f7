"""A question, and the talk so far, in the program's own words.

    understand(question, memory, domain) -> Query as said: "they" stays `previous`, "do that again" stays `again`

    wording/   the text as tokens, each with what it stands for: number, feature, value, outcome, case
    sentence/  what is said of features, and in which role: about whom, a change, a mention
    asks/      the clauses that ask something of their own: a kind for each, with its options
    learning/  the classifier behind the kind, learnt from example questions
    followup   what the talk so far adds; decision: all of it as one Query
"""
import re
from dataclasses import replace

from dialogue.understanding.decision import decide
from dialogue.understanding.named_term import named_term, term_within
from dialogue.understanding.talk.picks import picked
from dialogue.understanding.wording.gloss import gloss, read_domain


def understand(question, memory, domain):
    """Question (text, language), Memory, Domain -> Query. Never raises, whatever the text holds."""
    words, term = gloss(question.language), named_term(question, domain)
    if term is not None:
        return term
    if words is None:
        chosen = picked(question.text, question.text.lower(), memory.offered)
        return chosen or decide(question.text, memory, domain, question.language)
    spoken, own = read_domain(domain, question.language)
    read = words.text(question.text, own)
    chosen = picked(question.text, read, memory.offered)
    if chosen is not None:
        return chosen
    query = decide(read, memory, spoken, question.language)
    labels = {feature.label: domain.features[name].label for name, feature in spoken.features.items()}
    choices = tuple(replace(choice, text=_labelled(choice.text, labels)) for choice in query.choices)
    changes = tuple(_as_written(change, domain, question.text) for change in query.changes)
    asks = tuple(_term(_absent(ask, domain, words), question) for ask in query.asks)
    return replace(query, changes=changes, choices=choices, asks=asks)


def _labelled(text, labels):
    """A choice under the domain's own name of the feature that it begins with."""
    name, colon, rest = text.partition(":")
    return labels.get(name, name) + colon + rest


def _as_written(change, domain, text):
    """A word that is no value, as the person wrote it: the gloss keeps only its stem."""
    if not isinstance(change.value, str) or domain.features[change.feature].code(change.value) is not None:
        return change
    written = [next((word for word in re.findall(r"\w+", text) if word.lower().startswith(stem)), stem) for stem in change.value.split()]
    return replace(change, value=" ".join(written))


def _absent(ask, domain, words):
    """What the data do not hold, by the names that the domain has for it."""
    if ask.kind != "absent":
        return ask
    names = {words.name(name): name for name in getattr(domain.file, "absent", None) or {}}
    return replace(ask, options={**ask.options, "features": [names.get(name, name) for name in ask.get("features")]})


def _term(ask, question):
    """A technical word that the gloss does not know, by its name in the question's own language."""
    term = term_within(question) if ask.kind == "term" and not ask.get("term") else None
    return ask if term is None else replace(ask, options={**ask.options, "term": term})
