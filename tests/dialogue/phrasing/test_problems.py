"""What went wrong is told in one sentence, in people's words, whatever was in the input."""
import pytest

from dialogue.phrasing import phrase_problem
from dialogue.types import Memory, Question
from explainers.errors import InputProblem


def told(domain, code, **facts):
    return phrase_problem(InputProblem(code, **facts), Question("?"), domain, Memory())


def test_what_would_be_right_is_named_by_its_labels(domains):
    answer = told(domains["decision"], "unknown_feature", feature="salary", known="age, amount, rate")
    assert answer.status == "failed"
    assert "salary" in answer.text and "loan amount" in answer.text


def test_a_long_list_is_cut(domains):
    known = ", ".join(f"column{n}" for n in range(60))
    text = told(domains["decision"], "unknown_feature", feature="x", known=known).text
    assert "column9" in text and "column11" not in text and "and others" in text


@pytest.mark.parametrize("value", ["<script>alert(1)</script>",
                         "{0.__class__}", "`rm`", "**bold**", "[a](b)", "\x00\x1b[31m", "x" * 5000])
def test_markup_and_templates_in_the_input_stay_text(value, domains):
    text = told(
    domains["decision"],
    "unknown_value",
    feature="savings",
    label="savings",
    value=value,
     known="none").text
    assert not any(mark in text for mark in "<>`{}[]*") and len(text) < 600 and "\x1b" not in text


def test_a_problem_without_a_sentence_still_says_so(domains):
    assert "brand_new" in told(domains["decision"], "brand_new", number=3).text
