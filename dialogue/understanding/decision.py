"""From what was found to a Query: status, subject, changes, asks, choices and a confidence."""
import re
from dataclasses import dataclass, replace

from dialogue.operations import operations
from dialogue.understanding.clauses import clauses, probability
from dialogue.understanding.examples import REFUSED, UNCLEAR
from dialogue.understanding.followup import continued, fragment
from dialogue.understanding.lexicon import load_terms
from dialogue.understanding.options import features, limits, options
from dialogue.understanding.reading import domain_words, read
from dialogue.understanding.subjects import subject
from explainers.types import Ask, Query

SOCIAL = ("greet", "thanks", "bye")
LOWEST = 0.15


@dataclass(frozen=True)
class Context:
    """What options and decisions look up besides the question."""
    domain: object
    terms: dict
    favourable: str | None
    memory: object


def decide(text, memory, domain, language):
    """Text -> Query."""
    lexicon = domain_words(domain, language)[0]
    context = Context(domain, load_terms(lexicon.language), domain.favourable, memory)
    structure = read(text, domain, language, memory.case is not None)
    if not any(token.word or token.text.isdigit() for token in structure.tagged.tokens):
        return Query(status="unclear", confidence=0.0)
    found = clauses(structure, language)
    confidence = min(probability(clause.ranked) for clause in found)
    asks = [_ask(clause, structure, context) for clause in found]
    kinds = {ask.kind for ask in asks}
    if kinds & {REFUSED, UNCLEAR}:
        rest = [ask for ask in asks if ask.kind not in (REFUSED, UNCLEAR)]
        if not rest and not (UNCLEAR in kinds and fragment(structure.text())):
            return Query(status="unsupported" if REFUSED in kinds else "unclear", confidence=confidence)
        asks = rest
    about = subject(structure, kinds, lexicon.favourable | lexicon.unfavourable)
    if kinds == {"counterfactual"} and about.where is not None and (about.case or memory.case) and not _group(structure):
        asks = [replace(asks[0], options={**asks[0].options, "limits": limits(structure)})]
        about = replace(about, where=None)
    query = Query(status="understood", subject=about, changes=tuple(structure.changes()), asks=tuple(_repeated(asks, structure, about)),
                  confidence=confidence)
    query = continued(query, structure, memory, domain, found)
    if query.status != "understood" or not query.asks:
        return replace(query, status="unclear", asks=(), changes=())
    return replace(query, status=_status(query.asks))


def _repeated(asks, structure, about):
    """"But what if they had ..." asks once more what was asked of them before."""
    if about.previous and [ask.kind for ask in asks] == ["prediction"] and structure.changes() \
            and re.search(r"\bwhat (?:if|happens if|about)\b", structure.text()):
        return [Ask("again")]
    return asks


def counterfactual_options(structure, memory):
    """Options of a counterfactual that a follow-up sets, conditions included."""
    context = Context(None, {}, None, memory)
    found = options("counterfactual", structure, 0, len(structure.tagged.tokens), structure.text(), context)
    said = limits(structure) + [{"feature": c.feature, "is": "=", "value": c.value} for c in structure.changes() if c.how == "to" and c.feature]
    return {**found, "limits": said} if said else found


def _group(structure):
    return any(item.letter == "G" for item in structure.row)


def _ask(clause, structure, context):
    kind = _settled(clause, structure, context)
    return Ask(kind, options(kind, structure, clause.start, clause.end, clause.text, context))


def _settled(clause, structure, context):
    """The kind, where what is named decides between neighbours."""
    kind, text = clause.kind, clause.text
    named = features(structure, clause.start, clause.end)
    one = structure.case is not None or re.search(r"\b(?:my|i|me)\b", text)
    if kind == "role" and not named:
        return "importance" if "importan" in text else "why"
    if kind == "importance" and named and one:
        return "role"
    if kind == "why" and named and re.search(r"\bFEATURE\b.*\b(?:matter|count|important|help|weigh|considered|play)\w*", text):
        return "role"
    if kind == "define" and not named:
        return "term" if "term" not in text else "term"
    if kind == "effect" and not named:
        return "importance"
    return kind


def _status(asks):
    if all(ask.kind in SOCIAL for ask in asks):
        return "social"
    return "understood" if any(ask.kind in operations() for ask in asks) else "unsupported"
