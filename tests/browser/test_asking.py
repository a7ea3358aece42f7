"""From the first question to the answer, follow-ups, levels, reload, two visitors at once, trouble."""
import threading
import time
from dataclasses import replace

import pytest

import app.page.handlers as handlers
from dialogue.types import Answer
from explainers.types import Ask, Choice, Query


def test_a_new_visitor_meets_a_refused_case_and_four_questions_to_start_with(visitor):
    page = visitor.page
    assert "bad credit risk" in page.locator("#case-glance h2").inner_text()
    assert page.locator("#ask-next button").count() == 4
    assert "a program, not a person" in page.locator("#talk").inner_text()
    assert page.locator("#case-choice input").input_value() == f"No. {visitor.site.visits.first_case}"


def test_a_question_gets_an_answer_with_a_chart_its_numbers_and_how_it_was_worked_out(visitor):
    text = visitor.ask("why was I rejected?")
    assert "bad credit risk" in text
    assert visitor.last.locator("figure svg[role=img]").get_attribute("aria-label")
    visitor.last.get_by_text("The numbers as a table").click()
    assert visitor.last.locator("table th").count() >= 2
    visitor.last.get_by_text("How was this worked out?").click()
    record = visitor.last.locator(".opinion").get_attribute("data-record")
    assert visitor.site.records.find(record).question["text"] == "why was I rejected?"
    assert f"app show {record} --replay" in visitor.last.inner_text()


def test_focus_is_in_the_question_field_after_every_way_to_ask(visitor):
    focused = "document.activeElement === document.querySelector('#question textarea')"
    visitor.ask("why was I rejected?")
    visitor.page.wait_for_function(focused)
    visitor.told(visitor.page.locator("#ask-next button").first.click)
    visitor.page.wait_for_function(focused)
    assert visitor.page.locator("#question textarea").input_value() == ""


def test_a_follow_up_keeps_the_case_and_the_changes(visitor):
    visitor.ask("what if the loan ran 12 months?")
    visitor.ask("why?")
    memory = visitor.stored.memory
    assert memory.case == visitor.site.visits.first_case
    assert [(change.feature, change.value) for change in memory.changes][:1] == [("duration", 12)]


def test_another_level_holds_for_the_next_answer_and_tells_the_last_one_again(visitor):
    plain = visitor.ask("why was I rejected?")
    again = visitor.told(visitor.last.get_by_role("button", name="Everything").click)
    assert "Everything" in visitor.page.locator("#talk .user-row").last.inner_text()
    assert len(again) > len(plain)
    assert visitor.page.locator("#level input").input_value() == "Everything"
    visitor.page.locator("#level input").click()
    visitor.page.get_by_role("option", name="Plain").click()
    visitor.ask("why was I rejected?")
    assert visitor.stored.transcript[-1]["answer"]["level"] == "plain"


def test_asking_for_a_level_moves_the_switch(visitor):
    visitor.ask("can you switch to expert level?")
    assert visitor.page.locator("#level input").input_value() == "Everything"


def test_the_language_can_be_chosen_and_follows_what_the_visitor_writes(visitor):
    page = visitor.page
    page.locator("#language input").click()
    page.get_by_role("option", name="Deutsch").click()
    page.wait_for_function("document.documentElement.lang === 'de'")
    page.wait_for_function("document.querySelector('#question textarea').placeholder.includes('Warum')")
    page.wait_for_function("document.querySelector('#because-title').innerText.includes('Kredit')")
    assert "Das Modell" in visitor.ask("warum?")
    visitor.ask("why was the applicant rejected?")
    page.wait_for_function("document.querySelector('#language input').value === 'English'")


def test_a_browser_in_another_language_gets_the_page_in_it_at_once(visitors):
    page = visitors(locale="de-DE").page
    page.wait_for_function("document.querySelector('#send').innerText === 'Senden'")
    page.wait_for_function("document.querySelector('#talk').innerText.includes('Programm')")
    assert page.evaluate("document.documentElement.lang") == "de"


def test_a_reload_finds_talk_case_and_level_again_and_a_new_conversation_clears_the_talk(visitor):
    page = visitor.page
    page.locator("#case-choice input").click()
    page.locator("#case-choice input").fill("512" if "512" in visitor.site.visits.workspace.domain.cases.index else "2")
    page.locator("[role=option]").first.click()
    page.wait_for_function(f"document.querySelector('#case-choice input').value !== 'No. {visitor.site.visits.first_case}'")
    chosen = page.locator("#case-choice input").input_value()
    visitor.ask("can you switch to expert level?")
    text = visitor.ask("why?")
    visitor.open()
    page.wait_for_selector("#talk .answer")
    assert visitor.last.inner_text() == text
    assert page.locator("#case-choice input").input_value() == chosen
    assert page.locator("#level input").input_value() != "Plain"
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector("#talk .answer", state="detached")
    assert page.locator("#case-choice input").input_value() == chosen


def test_two_visitors_at_once_have_their_own_conversations(visitors):
    first, second = visitors(), visitors()
    for visitor, question in ((first, "why was I rejected?"), (second, "did my age matter?")):
        visitor.page.fill("#question textarea", question)
    for visitor in (first, second):
        visitor.page.press("#question textarea", "Enter")
    for visitor, own, other in ((first, "rejected", "age matter"), (second, "age matter", "rejected")):
        visitor.page.wait_for_selector("#talk .answer")
        said = visitor.page.locator("#talk .user-row").all_inner_texts()
        assert len(said) == 1 and own in said[0] and other not in said[0]


def test_a_fault_is_a_calm_sentence_and_the_conversation_is_kept(visitor, monkeypatch, capfd):
    visitor.ask("why was I rejected?")
    with monkeypatch.context() as broken:
        broken.setattr(handlers, "respond", lambda *given, **named: 1 / 0)
        visitor.page.fill("#question textarea", "and now?")
        visitor.page.press("#question textarea", "Enter")
        visitor.page.locator("#talk").get_by_text("Something went wrong on our side").wait_for()
    assert visitor.page.locator("#question textarea").input_value() == "and now?"
    assert visitor.answers.count() == 1
    assert "ZeroDivisionError" in capfd.readouterr().err
    visitor.ask("did my age matter?")


def test_long_work_says_so_and_can_be_stopped(visitor, monkeypatch):
    go_on, respond = threading.Event(), handlers.respond
    monkeypatch.setattr(handlers, "respond", lambda *given, **named: go_on.wait(15) and respond(*given, **named))
    visitor.page.fill("#question textarea", "why was I rejected?")
    visitor.page.press("#question textarea", "Enter")
    talk = visitor.page.locator("#talk")
    talk.get_by_text("Working out the answer").wait_for()
    assert visitor.page.locator("#question textarea").input_value() == ""
    visitor.page.keyboard.type("and my age?")
    visitor.page.get_by_role("button", name="Stop").click()
    talk.get_by_text("Stopped.").wait_for()
    go_on.set()
    assert visitor.stored.transcript == ()
    assert visitor.page.locator("#question textarea").input_value() == "and my age?"
    visitor.ask("why was I rejected?")
    assert visitor.answers.count() == 1


def test_how_far_long_work_has_come_is_shown_and_stopping_ends_the_work_itself(visitor, monkeypatch):
    from explainers.explain import methods
    from explainers.progress import Stopped, steps
    ended, importance = [], methods()["importance"][0]

    def long_work(ask, scene):
        try:
            for _ in steps("features", range(4000)):
                time.sleep(0.01)
        except Stopped:
            ended.append("stopped")
            raise
        raise AssertionError("went on to its end")

    page, question = visitor.page, "which features matter most to the model?"
    visitor.ask("why was I rejected?")
    with monkeypatch.context() as slow:
        slow.setattr(importance, "explain", long_work)
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.wait_for_function("() => /Features tried out: [1-9]\\d* of 4,000/.test(document.querySelector('#progress').innerText)")
        first = page.locator("#progress progress").get_attribute("value")
        page.get_by_role("button", name="Stop").focus()
        page.wait_for_function("n => document.querySelector('#progress progress').value > Number(n)", arg=first)
        assert page.evaluate("document.activeElement.innerText") == "Stop"
        page.keyboard.press("Enter")
        page.locator("#talk").get_by_text("Stopped.").wait_for()
        deadline = time.monotonic() + 5
        while not ended and time.monotonic() < deadline:
            time.sleep(0.02)
    assert ended == ["stopped"]
    assert page.locator("#progress").inner_text().strip() == ""
    assert [said["question"] for said in visitor.stored.transcript] == ["why was I rejected?"]
    assert "matter" in visitor.ask(question) and visitor.answers.count() == 2


@pytest.mark.parametrize("text", ["   ", "x" * 10_000])
def test_nothing_to_answer_is_answered_by_a_sentence_or_left_alone(visitor, text):
    visitor.page.fill("#question textarea", text)
    visitor.page.press("#question textarea", "Enter")
    if text.strip():
        visitor.page.wait_for_selector("#talk .answer")
        assert "2,000" in visitor.last.inner_text()
    else:
        time.sleep(0.5)
        assert visitor.answers.count() == 0


def test_a_reading_that_is_offered_can_be_clicked_and_is_answered_exactly(visitor):
    picked = Query(asks=(Ask("role", {"features": ["age"]}),), confidence=0.5)
    other = Query(asks=(Ask("importance", {"features": ["age"]}),), confidence=0.4)
    choose = Query("choose", choices=(Choice("Did age count here?", picked), Choice("Does age count overall?", other)))
    answer = Answer("choose", "What do you mean?", "plain", "en", suggestions=tuple(choice.text for choice in choose.choices))
    said = {"question": "age?", "answer": answer.to_json(), "record": "r", "query": choose.to_json(), "searches": []}
    visitor.site.visits.sessions.save(replace(visitor.stored, transcript=(said,)))
    visitor.open()
    visitor.told(visitor.page.get_by_role("button", name="Did age count here?").click)
    query = visitor.stored.transcript[-1]["query"]
    assert query["asks"] == [{"kind": "role", "features": ["age"]}] and query["confidence"] == 0.5


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_lost_connection_is_told_on_the_page_and_the_question_is_kept(visitor, monkeypatch, when):
    page, go_on, respond = visitor.page, threading.Event(), handlers.respond
    monkeypatch.setattr(handlers, "respond", lambda *given, **named: go_on.wait(15) and respond(*given, **named))
    if when == "before":
        visitor.context.set_offline(True)
    page.fill("#question textarea", "why was I rejected?")
    page.press("#question textarea", "Enter")
    if when == "while":
        page.locator("#talk").get_by_text("Working out the answer").wait_for()
        visitor.context.set_offline(True)
    page.locator("#lost").get_by_text("The connection is lost").wait_for()
    assert page.locator("#question textarea").input_value() == "why was I rejected?"
    assert not page.locator(".toast-body.error").filter(visible=True).count()
    visitor.context.set_offline(False)
    go_on.set()
    visitor.open()
    visitor.ask("why was I rejected?")
    assert not page.locator("#lost").is_visible()
