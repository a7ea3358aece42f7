"""The panel: its ranges, the changes it makes, what follows from them."""
import pytest

from app.feedback import Feedback
from app.page import controls, whatif
from app.page.case import case_html
from app.page.document import as_markdown
from app.page.visit import Visits
from app.sessions import Sessions
from explainers.explain import changed
from explainers.types import Change
from explainers.workspace import open_workspace

RELATED = """\
data: rows.csv
target: repaid
outcomes: {0: not repaid, 1: repaid}
favourable: 1
features:
  amount: {type: number, unit: EUR, step: 100, min: 0}
  duration: {type: number, unit: months, min: 1}
  rate: {type: number, unit: EUR a month}
relations:
  - amount >= 20 * duration
  - follows: rate
    as: amount / duration
"""


def related_toy(folder):
    """A domain in which the rate follows from amount and duration, and small loans are short."""
    (folder / "domain.yaml").write_text(RELATED, encoding="utf-8")
    rows = [(amount, months, amount / months, int(amount <= 3000)) for amount in range(1200, 6000, 120) for months in (12, 24)]
    lines = ["amount,duration,rate,repaid"] + [",".join(map(str, row)) for row in rows]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_workspace(str(folder))


@pytest.fixture
def visits(toy, database):
    return Visits(toy, Sessions(database), Feedback(database))


def settings(visit, **changed):
    return [changed.get(player.name, controls.setting(visit.domain, player, visit.values))
            for player in controls.changeable(visit.workspace)]


def test_controls_are_for_what_can_change(visits):
    assert [feature.name for feature in controls.changeable(visits.workspace)] == ["income", "duration", "housing"]


def test_the_range_goes_a_quarter_beyond_the_data_on_steps_within_the_worlds_limits(toy):
    assert controls.limits(toy.domain.features["income"]) == (0, 3800)        # 500 to 3200, step 100, never below 0
    assert controls.limits(toy.domain.features["duration"]) == (1, 73)        # 6 to 60 months: every month from 1


def test_real_settings_change_nothing_and_others_are_told_as_changes(visits):
    visit = visits.of("v").about("1")
    assert whatif.changes_from(visit, settings(visit)) == ()
    other = "rent" if visit.values["housing"] == "own" else "own"
    assert whatif.changes_from(visit, settings(visit, income=3000, housing=other)) == (
        Change("income", "to", 3000), Change("housing", "to", other))


def test_the_result_turns_where_the_rule_of_the_data_turns(visits):
    visit = visits.of("v").about("1")            # income 500, duration 6: repaid
    assert "Result: repaid" in whatif.result_html(visit)
    assert "Result: not repaid" in whatif.result_html(visit, settings(visit, duration=60))


def test_beyond_the_data_a_warning_stands_beside_the_result(visits):
    visit = visits.of("v").about("1")
    assert "warning" not in whatif.result_html(visit, settings(visit, income=3200))
    assert "warning" in whatif.result_html(visit, settings(visit, income=3800))


def test_a_value_that_is_not_possible_is_told_in_a_sentence(visits):
    visit = visits.of("v").about("1")
    told = whatif.result_html(visit, settings(visit, income="a lot"))
    assert "warning" in told and "income" in told.lower()


def test_what_nobody_can_change_is_listed_with_its_value(visits):
    assert "50 years" in whatif.fixed_html(visits.of("v").about("1"))


def test_what_follows_is_worked_out_and_a_broken_relation_is_told(tmp_path, database):
    visit = Visits(related_toy(tmp_path), Sessions(database), Feedback(database)).of("v").about("0")
    assert "rate" not in [feature.name for feature in controls.changeable(visit.workspace)]
    assert visit.values["rate"] == 100
    changes = whatif.changes_from(visit, settings(visit, amount=2400))
    assert changes == (Change("amount", "to", 2400), Change("rate", "to", 200))      # 2400 over 12 months
    assert "rate" not in whatif.question_text(visit, changes).replace("duration", "")
    assert "do not go together" in whatif.result_html(visit, settings(visit, amount=600, duration=36))
    assert "do not go together" not in whatif.result_html(visit, settings(visit, amount=1800))


FAMILY = """\
data: rows.csv
target: repaid
outcomes: {0: not repaid, 1: repaid}
favourable: 1
holdout: 0.4
"""


@pytest.fixture
def tenant(tmp_path, database):
    """A visit about somebody who rents, where the home is three yes/no columns."""
    (tmp_path / "domain.yaml").write_text(FAMILY, encoding="utf-8")
    homes = {"own": "1,0,0", "rented": "0,1,0", "with_parents": "0,0,1"}
    rows = [f"{500 + 10 * n},{homes[home]},{int(home == 'own')}" for n in range(60) for home in homes]
    (tmp_path / "rows.csv").write_text("\n".join(["income,home_own,home_rented,home_with_parents,repaid", *rows]), encoding="utf-8")
    visits = Visits(open_workspace(str(tmp_path)), Sessions(database), Feedback(database))
    cases = visits.workspace.domain.cases
    return visits.of("v").about(cases.index[cases["home_rented"] == 1][0])


def test_a_family_of_columns_is_one_value_of_the_case_and_one_control(tenant):
    assert [player.name for player in controls.changeable(tenant.workspace)] == ["income", "home"]
    state, _ = whatif.state_of(tenant)
    shown = case_html(tenant, state)
    assert "<dt>Home</dt><dd>rented</dd>" in shown and "with parents" not in shown
    assert "- Home: rented" in as_markdown(tenant)


def test_another_value_of_a_family_takes_the_place_of_the_one_before(tenant):
    changes = whatif.changes_from(tenant, settings(tenant, home="home_own"))
    assert changes == (Change("home_own", "to", True),)
    assert whatif.question_text(tenant, changes) == "What if the home were own?"
    row = changed(tenant.domain.case(tenant.case), changes, tenant.domain).iloc[0]
    assert [row["home_own"], row["home_rented"], row["home_with_parents"]] == [1, 0, 0]
    assert "Result: not repaid" in whatif.result_html(tenant)
    assert "Result: repaid" in whatif.result_html(tenant, settings(tenant, home="home_own"))
