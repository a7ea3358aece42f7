"""For everybody: axe on every screen, keyboard alone, small and enlarged screens, headers and closed doors."""
import pytest
from axe_playwright_python.sync_playwright import Axe


def violations(page):
    """What axe-core finds that is serious or critical, with where."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found if rule["impact"] in ("serious", "critical")]


SCREENS = {"desk": {}, "desk dark": {"color_scheme": "dark"}, "phone": {"width": 390, "height": 844},
           "phone dark": {"width": 390, "height": 844, "color_scheme": "dark"}}


@pytest.mark.parametrize("options", SCREENS.values(), ids=SCREENS)
def test_axe_finds_nothing_serious_on_any_screen(visitors, options):
    visitor = visitors(**options)
    page = visitor.page
    assert violations(page) == [], "first screen"
    visitor.ask("why was I rejected?")
    for summary in visitor.last.locator("summary").all():
        summary.click()
    assert violations(page) == [], "answer unfolded"
    visitor.ask("what would have to change?")
    visitor.told(visitor.last.get_by_role("button", name="Not possible for me").first.click)
    assert violations(page) == [], "options and limits"
    page.locator("#try-changes button.label-wrap").click()
    page.wait_for_selector("#ask-about-this")
    assert violations(page) == [], "panel"


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


def test_the_page_has_a_title_a_language_one_first_heading_and_announces_answers(visitor):
    page = visitor.page
    visitor.ask("why was I rejected?")
    assert page.title() == "Because: Credit decisions"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    levels = page.evaluate("""[...document.querySelectorAll('h1,h2,h3,h4')].filter((head) => head.checkVisibility())
        .map((head) => Number(head.tagName[1]))""")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:]))
    assert page.locator("#talk [role=log][aria-live=polite] .answer").count() == 1


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
