"""For everybody: axe on every screen, keyboard alone, small and enlarged screens, headers and closed doors."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_panel_and_options import open_panel, set_number

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def violations(page):
    """What axe-core finds that is serious or critical, with where."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found if rule["impact"] in ("serious", "critical")]


def asked(*questions, fold=False):
    """The screen after these questions in a new conversation, the last answer with all that it folds away."""
    def act(visitor):
        visitor.page.click("#new-talk")
        visitor.page.wait_for_selector("#talk .answer", state="detached")
        for question in questions:
            visitor.ask(question)
        for summary in visitor.last.locator("summary:visible").all():
            summary.click()
    return act


def refuse(visitor):
    visitor.told(visitor.last.get_by_role("button", name="Not possible for me").first.click)


def open_menu(visitor):
    visitor.page.locator("#level input").click()
    visitor.page.wait_for_selector("[role=option]")


def move_panel(visitor):
    open_panel(visitor)
    set_number(visitor, "duration", 100)
    visitor.page.wait_for_selector("#try-result .warning")


SCREENS = {"first": lambda visitor: None, "menu": open_menu, "reasons": asked("why was I rejected?"),
           "options": asked("what would have to change?"), "limits": refuse, "compared": asked("compare option 1 and option 2"),
           "short answers": asked("what if the loan ran 12 months?", "at what duration would it flip?", "what is a baseline?",
                                  "banana helicopter"),
           "letter": asked("write me a letter"), "expert": asked("give me all the details, expert level", "why was I rejected?"),
           "German": asked("Warum wurde ich abgelehnt?"), "panel": move_panel}


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_serious_on_any_screen(visitors, width, scheme):
    visitor = visitors(width=width, color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for name, act in SCREENS.items():
        act(visitor)
        found[name] = violations(visitor.page)
        visitor.page.keyboard.press("Escape")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width, scheme", [(1280, "dark"), (360, "light")])
def test_axe_finds_nothing_serious_in_the_other_colours(visitors, width, scheme):
    visitor = visitors(width=width, color_scheme=scheme, reduced_motion="reduce")
    visitor.ask("what would have to change?")
    assert violations(visitor.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_what_is_saved(visitors, scheme):
    visitor = visitors(color_scheme=scheme)
    visitor.ask("why was I rejected?")
    visitor.ask("write me a letter")
    letter = visitor.last.locator("a[href*=attachment]").first.get_attribute("href")
    for address in ("conversation.html", letter):
        text = visitor.context.request.get(f"{visitor.site.address}/{address}").text()
        for width in (1280, 360):
            visitor.page.set_viewport_size({"width": width, "height": 740})
            visitor.page.set_content(text)
            assert violations(visitor.page) == [], (address, width)
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_answer_is_announced_once_and_not_the_ones_before(visitor):
    visitor.ask("why was I rejected?")
    visitor.page.evaluate("""() => { window.said = []; const voice = document.querySelector('#voice');
        new MutationObserver(() => { if (voice.textContent) { window.said.push(voice.textContent); } })
            .observe(voice, { childList: true }); }""")
    visitor.ask("did my age matter?")
    visitor.page.wait_for_function("window.said.length > 0")
    visitor.page.wait_for_timeout(600)
    said = visitor.page.evaluate("window.said")
    assert len(said) == 1 and "age" in said[0] and "checking account" not in said[0]
    assert visitor.page.locator("#talk [role=log]").get_attribute("aria-live") == "off"


def test_a_question_is_asked_and_an_option_refused_by_keyboard_alone(visitor):
    page = visitor.page
    reach(page, "document.activeElement.closest('#ask-next')")
    visitor.told(lambda: page.keyboard.press("Enter"))
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    page.keyboard.type("what would have to change?")
    visitor.told(lambda: page.keyboard.press("Enter"))
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    reach(page, "document.activeElement.closest('.card')", "Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    visitor.told(lambda: page.keyboard.press("Space"))
    page.wait_for_function("document.activeElement.matches('#question textarea')")


def test_the_whole_way_by_keyboard(visitor):
    page, active = visitor.page, "document.activeElement"
    reach(page, f"{active}.closest('#ask-next')")
    visitor.told(lambda: page.keyboard.press("Enter"))
    reach(page, f"{active}.matches('.answer summary') && {active}.textContent.includes('table')", "Shift+Tab")
    page.keyboard.press("Enter")
    reach(page, f"{active}.dataset.save === 'svg'")
    with page.expect_download():
        page.keyboard.press("Enter")
    reach(page, f"{active}.dataset.opinion === 'yes'")
    with page.expect_response("**/feedback"):
        page.keyboard.press("Space")
    reach(page, f"{active}.matches('#try-changes button.label-wrap')", "Shift+Tab")
    page.keyboard.press("Enter")
    reach(page, f"{active}.closest('#try-duration') && {active}.type === 'range'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelector('#try-result').innerText.includes('With these changes')")
    reach(page, f"{active}.id === 'ask-about-this'", "Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert "duration" in visitor.told(lambda: page.keyboard.press("Enter"))
    for name, key, shown in (("level", "ArrowDown", "More figures"), ("language", "ArrowUp", "Deutsch")):
        reach(page, f"{active}.closest('#{name}')", "Shift+Tab")
        page.wait_for_selector("[role=option]")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelector('#{name} input').value === '{shown}'")
        page.wait_for_function(f"document.querySelector('#{name}').contains(document.activeElement)")
    page.wait_for_function("document.documentElement.lang === 'de'")
    reach(page, f"{active}.matches('#save a[download]')")
    with page.expect_download():
        page.keyboard.press("Enter")
    reach(page, f"{active}.id === 'new-talk'", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .answer", state="detached")
    page.wait_for_function("document.activeElement.matches('#question textarea')")


def reach(page, condition, key="Tab"):
    for _ in range(120):
        if page.evaluate(f"Boolean({condition})"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached by keyboard: {condition}")


@pytest.mark.parametrize("width, height", [(360, 740), (390, 844), (640, 450)], ids=["360 px", "390 px", "1280 px at 200 %"])
def test_nothing_scrolls_sideways_and_the_question_field_stays_in_view(visitors, width, height):
    visitor = visitors(width=width, height=height)
    for question in ("why was I rejected?", "what would have to change?"):
        visitor.ask(question)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        box = visitor.page.locator("#question textarea").bounding_box()
        assert 0 <= box["y"] and box["y"] + box["height"] <= height
    assert visitor.page.locator("#case-glance details.fold").first.get_attribute("open") is None


def test_every_button_link_and_field_is_at_least_24_pixels_high_and_wide(visitor):
    visitor.ask("what would have to change?")
    visitor.page.locator("#try-changes button.label-wrap").click()
    visitor.page.wait_for_selector("#ask-about-this")
    small = visitor.page.evaluate("""[...document.querySelectorAll('button, summary, a, select, textarea, input:not([type=range])')]
        .filter((part) => part.offsetParent && !part.disabled).filter((part) => {
            const box = part.getBoundingClientRect();
            return box.height > 1 && box.height < 23.5 || box.width > 1 && box.width < 23.5;
        }).map((part) => part.outerHTML.slice(0, 60) + ' ' + part.getBoundingClientRect().height)""")
    assert small == []


def test_the_page_has_a_title_a_language_one_first_heading(visitor):
    page = visitor.page
    visitor.ask("why was I rejected?")
    assert page.title() == "Because: Credit decisions"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    levels = page.evaluate("""[...document.querySelectorAll('h1,h2,h3,h4')].filter((head) => head.checkVisibility())
        .map((head) => Number(head.tagName[1]))""")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def test_reduced_motion_is_respected(visitors):
    visitor = visitors(reduced_motion="reduce")
    durations = visitor.page.evaluate("""[...document.querySelectorAll('button')]
        .map((part) => parseFloat(getComputedStyle(part).transitionDuration))""")
    assert max(durations) <= 0.001


def test_headers_forbid_other_hosts_and_gradios_unused_doors_are_closed(visitor):
    request, address = visitor.context.request, visitor.site.address
    policy = request.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "http" not in policy
    for door in ("info", "openapi.json", "file=/etc/passwd", "proxy=http://example.org"):
        assert request.get(f"{address}/gradio_api/{door}").status == 404
    assert request.post(f"{address}/gradio_api/upload").status == 404
    assert request.post(f"{address}/gradio_api/call/ask", data={"data": ["why?"]}).status == 404
    cookie = next(cookie for cookie in visitor.context.cookies() if cookie["name"] == "because")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"


def test_buttons_and_own_questions_keep_an_edge_in_forced_colours(visitors):
    visitor = visitors(forced_colors="active")
    visitor.ask("why was I rejected?")
    visitor.page.locator("#try-changes button.label-wrap").click()
    for part in ("#send", "#new-talk", "#ask-about-this", "#back-to-real", "#talk .user.message"):
        style = visitor.page.locator(part).first.evaluate("part => getComputedStyle(part).borderStyle + getComputedStyle(part).borderWidth")
        assert style == "solid1px", part
