"""What could not be done, in one clear sentence: the code's entry in problems.yaml with its facts."""
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.language import language
from dialogue.phrasing.parts import Part
from dialogue.phrasing.suggestions import suggested
from dialogue.phrasing.words import Words
from dialogue.types import Answer

NAMED = 10
BEGIN = ("{label", "{feature", "{value")


def phrase_problem(problem, question, domain, memory):
    """The Answer to what could not be done: what is wrong and what would be right."""
    words = Words(domain, language(question.language), question.level, question.turn)
    cases = {"case_word": domain.file.case[0], "cases_word": domain.file.case[1]}
    text = problem_text(problem, cases, words)
    return Answer("failed", text, question.level, words.language.code,
                  suggestions=suggested([Part(kind="problem")], words, memory))


def problem_text(problem, cases, words):
    """The sentence for a problem's code with its facts filled in; `cases` are the words for one and several cases."""
    said = {name: told(name, fact, words) for name, fact in problem.facts.items()}
    sentence = words.language.problems.get(problem.code, words.phrase("problem_without_words"))
    text = sentence.format_map(_Facts(cases | said, code=problem.code))
    # A file's name that begins a sentence stays as it is written.
    return words.grammar.capitalised(text) if sentence.startswith(BEGIN) else text


def told(name, fact, words):
    """One fact: a list of what would be right, a condition, or a value."""
    if name == "known":
        return named(fact, words)
    if name == "where":
        return condition_words(fact, words) if fact and words.domain is not None else "-"
    return readable(fact, words)


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


def named(fact, words):
    """A list of what would be right, at most NAMED of them; columns by the names that people use."""
    label = words.label_text if words.domain is not None else str
    names = [label(name) for name in str(fact).split(", ")]
    shown = names[:NAMED] + ([words.phrase("and_others")] if len(names) > NAMED else [])
    return ", ".join(readable(name, words) for name in shown)
