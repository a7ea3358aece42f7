"""Evidence -> Answer: text at the reader's level, figures, warnings, what to ask next. Templates only.

    phrase(question, query, evidence, domain, memory)    the answer to a question
    phrase_problem(problem, question, domain, memory)    one clear sentence about what was wrong with it

The words stand in `dialogue/languages/<code>/`; a value gets into a text through a formatter alone, see `words.py`.
"""
from dialogue.operations import operations
from dialogue.phrasing.language import language
from dialogue.phrasing.parts import Part, part_of_ask, part_of_status
from dialogue.phrasing.suggestions import suggested
from dialogue.phrasing.words import Words
from dialogue.types import Answer

__all__ = ["phrase", "phrase_problem", "phrase_traced"]
TALK = "talk"


def phrase(question, query, evidence, domain, memory):
    """The Answer to a resolved Query; several things asked are answered in their order."""
    return phrase_traced(question, query, evidence, domain, memory)[0]


def phrase_traced(question, query, evidence, domain, memory):
    """(Answer, trace): the trace lists each value put into words, with its place in the evidence."""
    words = Words(domain, language(question.language), _level(question, query), question.turn)
    if query.status != "understood" or not query.asks:
        parts = [part_of_status(query, domain, words, memory)]
    else:
        parts = [part_of_ask(ask, found, place, query, domain, words, memory)
                 for place, (ask, found) in enumerate(paired(query.asks, evidence))]
    status = query.status if query.status != "understood" or any(part.answered for part in parts) else "unsupported"
    answer = Answer(
        status=status, text="\n\n".join(part.text for part in parts if part.text), level=words.level,
        language=words.language.code, figures=tuple(figure for part in parts for figure in part.figures),
        warnings=tuple(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        suggestions=suggested(parts, words, memory), worked_out="\n\n".join(p.worked_out for p in parts if p.worked_out))
    return answer, tuple(words.trace)


def paired(asks, evidence):
    """[(ask, its evidence or None)]: the explain step gives evidence in the order of the asks and skips some."""
    left, pairs = list(evidence), []
    for ask in asks:
        found = left.pop(0) if left and left[0].kind == ask.kind else None
        pairs.append((ask, found))
    return pairs


def _level(question, query):
    """The level in force; one that the question itself asks for holds at once."""
    asked = [ask.get("to") for ask in query.asks if ask.kind == "level"]
    return asked[-1] if asked and asked[-1] else question.level


def phrase_problem(problem, question, domain, memory):
    """The Answer to what could not be done: what is wrong and what would be right."""
    words = Words(domain, language(question.language), question.level, question.turn)
    cases = {"case_word": domain.file.case[0], "cases_word": domain.file.case[1]}
    text = problem_text(problem, cases, words)
    return Answer("failed", text, question.level, words.language.code,
                  suggestions=suggested([Part(kind="problem")], words, memory))


def problem_text(problem, cases, words):
    """The sentence for a problem's code with its facts filled in; `cases` are the words for one and several cases."""
    facts = cases | {name: readable(fact, words) for name, fact in problem.facts.items()}
    sentence = words.language.problems.get(problem.code, words.phrase("problem_without_words"))
    return sentence.format_map(_Facts(facts, code=problem.code))


class _Facts(dict):
    """Facts of a problem; one that its sentence names but that is not known reads as a dash."""

    def __missing__(self, name):
        return "-"


def readable(fact, words):
    """A fact of a problem as text; marks that would format or run as markup are taken out."""
    if isinstance(fact, bool):
        return words.phrase("yes" if fact else "no")
    if isinstance(fact, (int, float)):
        return words.number_text(fact)
    if fact is None:
        return "-"
    return "".join(letter for letter in str(fact)[:200] if letter not in "<>`*[]{}" and letter.isprintable())
