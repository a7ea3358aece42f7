"""A conversation as a document."""
import pytest

from app.feedback import Feedback
from app.page.document import as_html, as_markdown, markdown_html
from app.page.visit import Visits
from app.pipeline import respond
from app.records import Records
from app.sessions import Sessions
from explainers.types import Ask, Query


@pytest.fixture
def visit(toy, database):
    visit = Visits(toy, Sessions(database), Feedback(database)).of("v")
    question, query = "<script>alert(1)</script> | why?", Query(asks=(Ask("why"),))
    turn = respond(question, visit.memory, toy, visit.session.id, Records(database), picked=query)
    return visit.after(turn)


def test_the_page_holds_question_answer_picture_numbers_and_record_and_loads_nothing(visit):
    html = as_html(visit)
    said = visit.session.transcript[0]
    assert "&lt;script&gt;alert(1)" in html and "<script" not in html
    assert said["record"] in html and said["answer"]["figures"][0]["svg"] in html
    assert all(cell in html for cell in said["answer"]["figures"][0]["table"]["columns"])
    assert "src=" not in html and "href=" not in html and "url(" not in html


def test_markdown_holds_the_same_with_the_numbers_as_a_table(visit):
    text, said = as_markdown(visit), visit.session.transcript[0]
    assert said["answer"]["text"] in text and said["record"] in text
    first = said["answer"]["figures"][0]["table"]["rows"][0]
    assert "| " + " | ".join(first) + " |" in text


def test_labels_keep_their_capital_letters(visit, monkeypatch):
    """Python's own capitalize would make "ecg at rest, Dr. Lee" of it."""
    monkeypatch.setattr(type(visit.words), "label_text", lambda words, name: "resting ECG of Dr. Lee")
    assert visit.values and "- Resting ECG of Dr. Lee: " in as_markdown(visit)


def test_html_in_an_answers_text_is_shown_as_text():
    assert markdown_html("a <b>bold</b> claim") == "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n"
