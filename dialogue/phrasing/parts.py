"""One thing asked -> its part of the answer: text, warnings, figures, how it was worked out, what to ask next."""
import re
from dataclasses import dataclass

from dialogue.operations import operations
from dialogue.phrasing.render import domain_words, render
from dialogue.phrasing.selection import said
from dialogue.phrasing.trace import Number, traced

TELL_THE_ANSWER = ("prediction", "likelihood")
ESTIMATES = {"why": "value", "prediction": "value", "likelihood": "value", "role": "score"}


@dataclass(frozen=True)
class Part:
    kind: str
    text: str = ""
    figures: tuple = ()
    attachments: tuple = ()
    warnings: tuple = ()
    worked_out: str = ""
    suggestions: tuple = ()
    amount: float | None = None          # a regression's estimate for the case, where it is told
    scope: dict | None = None            # whom the evidence is about
    hoped_for: bool = False              # does the model say what people hope for, of one case?
    answered: bool = True


def part_of_ask(ask, evidence, position, query, domain, words, memory, before=()):
    """The part for one ask; a kind that has no evidence though it needs some is said to be unsupported.

    before: the parts of the same answer that stand above it; what they told of the same case is not told again.
    """
    module = operations().get(ask.kind)
    talk = module is not None and module.ABOUT == "talk"
    if module is None or not words.language.has_template(ask.kind) or (evidence is None and not talk):
        return _unsupported(ask, domain, words, memory)
    options = traced(dict(ask.options), f"query.asks.{position}")
    context = {"d": domain_words(domain), "ask": options, "repeated": _repeated(ask, query, memory),
               "asks": [str(one.kind) for one in query.asks],
               "same_case": memory.subject.case is not None and memory.subject.case == query.subject.case,
               "memory": traced(memory.to_json(), "memory")}
    if evidence is None:
        text = render(words.language.template(ask.kind), words, {
                      **context, **_talk_facts(module, options, domain, memory),
                      **(module.query_facts(query, domain, memory) if hasattr(module, "query_facts") else {})})
        return Part(ask.kind, text, suggestions=_suggestions(module, None, domain))
    wrapped = traced(evidence.to_json(), f"evidence.{position}")
    words.about(evidence).here = query.subject.case or memory.case
    facts = module.facts(wrapped, domain) if hasattr(module, "facts") else {}
    alike = [part for part in before if part.scope == evidence.scope]
    context |= {"e": wrapped, "r": wrapped.result, **facts, "answer_told": any(part.kind in TELL_THE_ANSWER for part in alike)}
    text = render(words.language.template(ask.kind), words, context)
    text = without(text, [line for part in alike for line in part.warnings])
    warnings = tuple(line for line in render(words.language.template("_caveats"), words, context).split("\n") if line)
    worked_out = render(words.language.template("_worked_out"), words, context)
    figures = tuple(module.figures(wrapped, domain, words)) if hasattr(module, "figures") else ()
    return Part(ask.kind, text, figures, _attachments(module, wrapped, domain, words, context), warnings, worked_out,
                _suggestions(module, wrapped, domain), _estimate(evidence, domain), evidence.scope,
                hoped_for(wrapped, facts, domain))


def without(text, lines):
    """The text without the sentences of warnings that stand above it already."""
    for sentence in (sentence for line in lines for sentence in re.split(r"(?<=[.!?]) ", line)):
        text = text.replace(sentence, "")
    return "\n\n".join(part for part in (part.strip() for part in text.replace("  ", " ").split("\n\n")) if part)


def hoped_for(evidence, facts, domain):
    """Is it about one case of which the model says the favourable outcome already?"""
    if domain.favourable is None or domain.regression or evidence.scope.kind not in ("case", "new"):
        return False
    outcome = facts.get("said") or evidence.result.get("outcome")
    if outcome is None and evidence.output == "probability" and isinstance(evidence.result.get("score"), Number):
        outcome = said(evidence, domain, evidence.result.score)
    return outcome is not None and str(outcome) == domain.favourable


def _attachments(module, evidence, domain, words, context):
    """Texts to keep as a file: {"name", "title", "type", "text"}; see `dialogue/phrasing/attachments.py` for the marks in them."""
    if not hasattr(module, "attachments"):
        return ()
    found = []
    for kind, of, template in module.attachments(evidence, domain):
        name = words.phrase(f"files.{kind}.name") + (f"-{of}" if of is not None else "")
        found.append({"name": name, "title": words.phrase(f"files.{kind}.title"), "type": "text/markdown",
                      "text": render(words.language.template(template), words, context) + "\n"})
    return tuple(found)


def _repeated(ask, query, memory):
    """Was it asked before, so that a fuller answer fits? One that asks for another level gets just that."""
    return ask.kind in memory.asked and not any(one.kind == "level" for one in query.asks)


def _estimate(evidence, domain):
    if not domain.regression or evidence.scope["kind"] not in ("case", "new"):
        return None
    return evidence.result.get(ESTIMATES.get(evidence.kind))


def _talk_facts(module, ask, domain, memory):
    return module.talk_facts(ask, domain, memory) if hasattr(module, "talk_facts") else {}


def _suggestions(module, evidence, domain):
    return tuple(module.suggestions(evidence, domain)) if hasattr(module, "suggestions") else ()


def _unsupported(ask, domain, words, memory):
    context = {"d": domain_words(domain), "kinds": [ask.kind], "memory": traced(memory.to_json(), "memory")}
    return Part("unsupported", render(words.language.template("_unsupported"), words, context), answered=False)


def part_of_status(query, domain, words, memory):
    """The part for what is no understood question: greetings, choices, the unclear and the unsupported."""
    kinds = [ask.kind for ask in query.asks]
    context = {"d": domain_words(domain), "memory": traced(memory.to_json(), "memory"), "kinds": kinds,
               "choices": [choice.text for choice in query.choices],
               "lacking": [name for ask in query.asks if ask.kind == "absent" for name in ask.get("features", ())]}
    foreign = query.status == "unsupported" and kinds == ["language"]    # asked in a language that is not spoken here
    if (query.status == "social" or foreign) and kinds and words.language.has_template(kinds[0]):
        module = operations().get(kinds[0])
        context |= {"ask": traced(dict(query.asks[0].options), "query.asks.0"), "repeated": kinds[0] in memory.asked}
        text = render(words.language.template(kinds[0]), words,
                      {**context, **_talk_facts(module, context["ask"], domain, memory)})
        return Part(kinds[0], text, suggestions=_suggestions(module, None, domain), answered=not foreign)
    name = {"choose": "_choose", "unclear": "_unclear", "unsupported": "_unsupported"}.get(query.status, "_unclear")
    text = render(words.language.template(name), words, context)
    chosen = tuple(choice.text for choice in query.choices)
    return Part(query.status, text, suggestions=tuple(("as_is", {"text": text}) for text in chosen), answered=False)
