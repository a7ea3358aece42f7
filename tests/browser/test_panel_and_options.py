"""Trying changes, comparing options, saying what is not possible."""


def open_panel(visitor):
    visitor.page.locator("#try-changes button.label-wrap").click()
    visitor.page.wait_for_selector("#ask-about-this")


def set_number(visitor, name, value):
    field = visitor.page.locator(f"#try-{name} input[type=number]")
    field.fill(str(value))
    field.press("Enter")


def test_the_panel_tells_the_result_at_once_and_stores_nothing(visitor):
    open_panel(visitor)
    result = visitor.page.locator("#try-result")
    assert "With the real values" in result.inner_text()
    before = visitor.site.records.database.tables["records"].count
    set_number(visitor, "duration", 6)
    visitor.page.wait_for_function("document.querySelector('#try-result').innerText.includes('With these changes')")
    assert "instalment" in result.inner_text()          # it follows from amount and duration
    assert visitor.site.records.database.tables["records"].count == before
    visitor.page.get_by_role("button", name="Back to the real values").click()
    visitor.page.wait_for_function("document.querySelector('#try-result').innerText.includes('With the real values')")


def test_the_panel_warns_beyond_the_data_and_tells_what_is_fixed_and_why(visitor):
    open_panel(visitor)
    feature = visitor.site.visits.workspace.domain.features["duration"]
    assert f"{feature.low:g} to {feature.high:g} months" in visitor.page.locator("#try-duration").inner_text()
    set_number(visitor, "duration", feature.high + 6)
    visitor.page.wait_for_selector("#try-result .warning")
    fixed = visitor.page.locator("#try-fixed").inner_text()
    assert "Age" in fixed and "(" in fixed and "follows from" in fixed


def test_ask_about_this_asks_in_the_talk_with_the_panels_values(visitor):
    open_panel(visitor)
    set_number(visitor, "duration", 6)
    visitor.page.wait_for_function("document.querySelector('#try-result').innerText.includes('With these changes')")
    visitor.told(visitor.page.locator("#ask-about-this").click)
    said = visitor.stored.transcript[-1]
    changes = {change["feature"]: change["to"] for change in said["query"]["changes"]}
    assert changes["duration"] == 6 and "6 months" in said["question"]
    assert visitor.site.records.find(said["record"]).parsed["changes"] == said["query"]["changes"]


def test_options_are_cards_and_what_is_not_possible_is_kept_in_mind_until_lifted(visitor):
    visitor.ask("what would have to change?")
    cards = visitor.last.locator(".card")
    assert cards.count() >= 2
    first = visitor.stored.transcript[-1]["searches"][0]["options"][0]["changes"][0]["feature"]
    visitor.told(cards.first.get_by_role("button", name="Not possible for me").first.click)
    after = visitor.stored
    assert after.memory.limits["without"] == [first]
    assert all(change["feature"] != first for option in after.transcript[-1]["searches"][0]["options"] for change in option["changes"])
    assert visitor.page.locator("#limits .chip").count() == 1
    visitor.told(visitor.page.locator("#limits .chip").click)
    assert not visitor.stored.memory.limits
    assert visitor.page.locator("#limits .chip").count() == 0


def test_an_option_can_be_refused_and_another_one_tried_in_the_panel(visitor):
    visitor.ask("what would have to change?")
    refused = visitor.stored.transcript[-1]["searches"][0]["options"][0]["changes"]
    visitor.told(visitor.last.get_by_role("button", name="Something else than option 1").click)
    search = visitor.stored.transcript[-1]["searches"][0]
    assert refused not in [option["changes"] for option in search["options"]]
    outcome = search["options"][0]["outcome"]
    visitor.last.get_by_role("button", name="Try it").first.click()
    visitor.page.wait_for_selector("#ask-about-this")
    visitor.page.wait_for_function("document.querySelector('#try-result').innerText.includes('With these changes')")
    assert visitor.site.visits.workspace.domain.outcomes[outcome] in visitor.page.locator("#try-result .result").inner_text()


def test_the_case_column_follows_when_the_talk_turns_to_another_case(visitor):
    other = next(case for case in visitor.site.visits.workspace.domain.cases.index if case != visitor.site.visits.first_case)
    visitor.ask(f"why was applicant {other} rated like this?")
    visitor.page.wait_for_function(f"document.querySelector('#case-choice input').value === 'No. {other}'")


def test_the_panels_settings_are_kept_over_a_reload_and_in_another_language(visitor):
    page = visitor.page
    open_panel(visitor)
    set_number(visitor, "duration", 6)
    page.wait_for_function("document.querySelector('#try-result').innerText.includes('With these changes')")
    visitor.open()
    page.wait_for_function("document.querySelector('#try-result')?.innerText.includes('With these changes')")
    assert page.locator("#try-duration input[type=number]").input_value() == "6"
    page.locator("#language input").click()
    page.get_by_role("option", name="Deutsch").click()
    page.wait_for_function("document.querySelector('#try-result').innerText.includes('Mit diesen Änderungen')")
    assert page.locator("#try-duration input[type=number]").input_value() == "6"
    housing = visitor.site.visits.workspace.speaking("de").domain.features["housing"].values.values()
    assert page.locator("#try-housing input").input_value() in housing


def test_a_number_beyond_the_panels_range_is_held_at_its_end(visitor):
    open_panel(visitor)
    field = visitor.page.locator("#try-duration input[type=number]")
    set_number(visitor, "duration", 10_000)
    visitor.page.wait_for_selector("#try-result .warning")
    assert field.input_value() == field.get_attribute("max")
    field.fill("")
    field.press("Tab")
    visitor.page.wait_for_function("document.querySelector('#try-duration input[type=number]').value === '1'")
