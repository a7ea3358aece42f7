"""A letter by the pipeline: numbered and dated as its record, the same when worked out again, to be saved from the page."""
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.feedback import Feedback
from app.page.document import as_html, as_markdown
from app.page.messages import talk_of
from app.page.routes import add_routes
from app.page.visit import Visits
from app.page.web import COOKIE
from app.pipeline import respond
from app.records import Records, replay
from app.sessions import Sessions
from app.terminal import told
from dialogue.types import Memory
from explainers.types import Ask, Change, Query, Subject

LETTER = Query(asks=(Ask("letter"),))


@pytest.fixture
def visits(toy, database):
    return Visits(toy, Sessions(database), Feedback(database))


@pytest.fixture
def visit(visits, toy, database):
    visit = visits.of("v")
    turn = respond("I want this in writing", visit.memory, toy, visit.session.id, Records(database), picked=LETTER)
    return visit.after(turn)


def letter_of(visit):
    said = visit.session.transcript[0]
    return said["answer"]["attachments"][0], said["record"]


def test_a_letter_bears_its_record_and_is_the_same_when_worked_out_again(visit, toy, database):
    attached, id = letter_of(visit)
    record = Records(database).find(id)
    assert id in attached["text"] and record.created[:4] in attached["text"] and "[[" not in attached["text"]
    assert record.answer["attachments"] == [attached]
    assert replay(record, toy)[1] == []
    changed = replace(record, answer={**record.answer, "attachments": [{**attached, "text": attached["text"] + "!"}]})
    assert replay(changed, toy)[1] == ["attachments"]


def test_a_letter_that_is_not_stored_has_no_number(toy):
    turn = respond("letter", Memory().about(toy.domain.cases.index[0]), toy, picked=LETTER)
    assert "[[" not in turn.answer.attachments[0]["text"] and "--replay" not in turn.answer.attachments[0]["text"]


def test_a_letter_is_about_the_case_as_it_is_whatever_was_tried_before(toy):
    case = toy.domain.cases.index[0]
    number = next(f.name for f in toy.domain.features.values() if f.type == "number")
    plain = respond("letter", Memory().about(case), toy, picked=LETTER)
    what_if = Query(subject=Subject(case=case), changes=(Change(number, "times", 2),), asks=(Ask("letter"),))
    assert respond("letter", Memory(), toy, picked=what_if).answer.attachments == plain.answer.attachments


def test_a_letter_about_a_group_is_declined_in_one_sentence(toy):
    turn = respond("letter", Memory(), toy, picked=Query(subject=Subject(everyone=True), asks=(Ask("letter"),)))
    assert turn.answer.status == "failed" and "one case" in turn.answer.text


def test_a_letter_is_read_and_saved_from_the_page(visit, visits):
    attached, id = letter_of(visit)
    web = FastAPI()
    add_routes(web, visits)
    client = TestClient(web, cookies={COOKIE: "v"})
    html = talk_of(visit)[-1]["content"][0]["value"]
    assert f"attachment/{id}/0.html" in html and f"attachment/{id}/0.md" in html and "<h4>What counted most</h4>" in html
    page, text = client.get(f"/attachment/{id}/0.html"), client.get(f"/attachment/{id}/0.md")
    assert text.text == attached["text"] and f'{attached["name"]}.md' in text.headers["content-disposition"]
    assert "<h2>What counted most</h2>" in page.text and "<script" not in page.text and 'lang="en"' in page.text
    for address in (f"/attachment/{id}/1.html", f"/attachment/{id}/0.exe", "/attachment/other/0.html"):
        assert client.get(address).status_code == 404
    assert TestClient(web, cookies={COOKIE: "another"}).get(f"/attachment/{id}/0.html").status_code == 404


def test_a_letter_is_part_of_the_saved_conversation_and_of_the_terminal(visit):
    attached, _ = letter_of(visit)
    assert attached["text"] in as_markdown(visit) and "<h5>What counted most</h5>" in as_html(visit)
    shown = told(visit.session.transcript[0]["answer"])
    assert attached["title"] in shown and "What counted most" in shown
