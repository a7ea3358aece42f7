"""Saving the conversation and its pictures, and saying whether an answer helped."""
import json
import struct
from pathlib import Path


def test_the_conversation_is_saved_as_a_page_that_needs_nothing_else(visitor, browser, tmp_path):
    visitor.ask("why was I rejected?")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="as a page").click()
    saved = tmp_path / "saved.html"
    download.value.save_as(saved)
    assert download.value.suggested_filename.endswith(".html")
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    text = page.locator("main").inner_text()
    assert "why was I rejected?" in text and "bad credit risk" in text
    assert page.locator("svg[role=img]").count() == 1 and page.locator("table").count() == 1
    assert asked == [saved.as_uri()]
    context.close()


def test_the_conversation_is_saved_as_markdown(visitor):
    visitor.ask("why was I rejected?")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="as text").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# ") and "why was I rejected?" in text and "| --- |" in text


def test_nobody_gets_a_conversation_without_its_cookie(visitor, browser):
    visitor.ask("why was I rejected?")
    stranger = browser.new_context()
    assert stranger.request.get(f"{visitor.site.address}/conversation.html").status == 404
    assert stranger.request.get(f"{visitor.site.address}/conversation.md").status == 404
    stranger.close()


def test_a_chart_is_saved_as_svg_and_png(visitor):
    visitor.ask("why was I rejected?")
    visitor.last.get_by_text("The numbers as a table").click()
    files = {}
    for kind in ("SVG", "PNG"):
        with visitor.page.expect_download() as download:
            visitor.last.get_by_role("button", name=kind).click()
        files[kind] = Path(download.value.path()).read_bytes()
    assert files["SVG"].startswith(b"<svg")
    assert files["PNG"][:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", files["PNG"][16:24])
    assert width >= 1000 and height >= 300


def test_what_was_thought_of_an_answer_is_stored_once_and_shown_after_a_reload(visitor):
    visitor.ask("why was I rejected?")
    record = visitor.last.locator(".opinion").get_attribute("data-record")
    opinion = visitor.last.locator(".opinion")
    opinion.get_by_role("button", name="Yes").click()
    opinion.get_by_text("Thank you").wait_for()
    opinion.get_by_role("button", name="No", exact=True).click()
    opinion.get_by_text("This did not answer my question").click()
    opinion.locator("textarea").fill("what my bank sees")
    with visitor.page.expect_response("**/feedback"):
        opinion.get_by_role("button", name="Send").click()
    rows = list(visitor.site.records.database.tables["feedback"].rows_where("record = ?", [record]))
    assert [(row["value"], row["missing"]) for row in rows] == [("missed", "what my bank sees")]
    opinion.get_by_role("button", name="Yes").click()
    visitor.page.wait_for_function("document.querySelector('.opinion [data-opinion=yes]').getAttribute('aria-pressed') === 'true'")
    visitor.open()
    visitor.page.wait_for_selector(".opinion [data-opinion=yes][aria-pressed=true]")


def test_feedback_on_somebody_elses_answer_is_refused(visitors):
    first, second = visitors(), visitors()
    first.ask("why was I rejected?")
    record = first.last.locator(".opinion").get_attribute("data-record")
    second.ask("why was I rejected?")
    sent = json.dumps({"record": record, "value": "no"})
    reply = second.context.request.post(f"{second.site.address}/feedback", data=sent, headers={"Content-Type": "application/json"})
    assert reply.status == 404


def test_a_conversation_and_a_letter_become_a_pdf_by_the_print_view(visitor):
    visitor.ask("why was I rejected?")
    visitor.ask("write me a letter")
    links = visitor.page.get_by_role("link", name="as PDF")
    assert links.count() == 2
    for address in links.evaluate_all("(links) => links.map((link) => link.href)"):
        view = visitor.context.new_page()
        view.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
        view.emulate_media(color_scheme="dark")
        view.goto(address)
        view.wait_for_function("window.printed === 1")
        view.emulate_media(media="print")
        assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert view.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        file = view.pdf()
        assert file.startswith(b"%PDF-") and len(file) > 10_000
        view.close()
