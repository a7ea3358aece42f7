"""Evidence -> Answer: text at the reader's level, figures, warnings, what to ask next. Templates only.

    phrase(question, query, evidence, domain, memory)    the answer to a question
    phrase_problem(problem, question, domain, memory)    one clear sentence about what was wrong with it

The words stand in `dialogue/languages/<code>/`; a value gets into a text through a formatter alone, see `words.py`.
"""
from dialogue.memory import level_in_force
from dialogue.phrasing.language import language
from dialogue.phrasing.reader import fitting
from dialogue.phrasing.parts import part_of_ask, part_of_status
from dialogue.phrasing.problem import phrase_problem, problem_text
from dialogue.phrasing.suggestions import suggested
from dialogue.phrasing.words import Words
from dialogue.types import Answer

__all__ = ["phrase", "phrase_problem", "phrase_traced", "problem_text"]


def phrase(question, query, evidence, domain, memory):
    """The Answer to a resolved Query; several things asked are answered in their order."""
    return phrase_traced(question, query, evidence, domain, memory)[0]


def phrase_traced(question, query, evidence, domain, memory):
    """(Answer, trace): the trace lists each value put into words, with its place in the evidence."""
    words = Words(domain, language(question.language), level_in_force(question.level, query.asks, memory.asked), question.turn)
    if query.status != "understood" or not query.asks:
        parts = [part_of_status(query, domain, words, memory)]
    else:
        parts = []
        for place, (ask, found) in enumerate(paired(query.asks, evidence)):
            parts.append(part_of_ask(ask, found, place, query, domain, words, memory, parts))
    status = query.status if query.status != "understood" or any(part.answered for part in parts) else "unsupported"
    answer = Answer(
        status=status, text="\n\n".join(part.text for part in parts if part.text), level=words.level,
        language=words.language.code, figures=tuple(figure for part in parts for figure in part.figures),
        attachments=tuple(attached for part in parts for attached in part.attachments),
        warnings=tuple(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        suggestions=suggested(parts, words, memory, fitting(question, words, memory)),
        worked_out="\n\n".join(p.worked_out for p in parts if p.worked_out))
    return answer, tuple(words.trace)


def paired(asks, evidence):
    """[(ask, its evidence or None)]: the explain step gives evidence in the order of the asks and skips some."""
    left, pairs = list(evidence), []
    for ask in asks:
        found = left.pop(0) if left and left[0].kind == ask.kind else None
        pairs.append((ask, found))
    return pairs
