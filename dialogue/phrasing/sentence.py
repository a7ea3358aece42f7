"""The sentence about a problem where there is no domain at hand to speak of: for the command line."""
from dialogue.phrasing import problem_text
from dialogue.phrasing.language import language
from dialogue.phrasing.words import Words

CASE = {"case_word": "case", "cases_word": "cases"}


def problem_sentence(problem, code="en"):
    """What is wrong and what would be right, on one line; in English where there is no language `code`."""
    return " ".join(problem_text(problem, CASE, Words(None, language(code), "plain")).split())
