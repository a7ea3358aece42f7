"""Relations between features: parsed with clear problems, kept in every option, followed values worked out again."""
import numpy as np
import pytest

from explainers.errors import DomainProblem
from explainers.relations import read_relations
from tests.explainers.counterfactual_fixtures import LOAN, asked, loan, loan_rows, refused, workspace

FREE = LOAN.replace("age: {type: number, immutable: true, sensitive: true}", "age: {type: number}")


def with_relations(folder, *lines, text=FREE):
    return loan(folder, text + "relations:\n" + "".join(f"  - {line}\n" for line in lines))


def columns(**values):
    return {name: np.array(value) for name, value in values.items()}


@pytest.mark.parametrize("line, income, age, met", [
    ("income <= age - 15", [20, 30], [40, 40], [True, False]), ("2 * income + 1 < age", [10, 20], [22, 22], [True, False]),
    ("income / 2 >= age", [80, 79], [40, 40], [True, False]), ("income = age", [40, 41], [40, 40], [True, False]),
    ("-income > -30", [29, 30], [1, 1], [True, False])])
def test_an_inequality_holds_row_by_row(tmp_path, line, income, age, met):
    space = with_relations(tmp_path, line)
    relations = read_relations(space.domain)
    before = columns(income=[99], age=[99])
    assert relations.rules[0].holds(columns(income=income, age=age), space.domain).tolist() == met
    assert relations.hold(columns(income=income, age=age), before, space.domain).tolist() == met


def test_what_was_broken_before_may_stay_so_while_nothing_it_speaks_of_changes(tmp_path):
    space = with_relations(tmp_path, "income <= age - 15")
    relations = read_relations(space.domain)
    held = relations.hold(columns(income=[50, 51], age=[40, 40]), columns(income=[50], age=[40]), space.domain)
    assert held.tolist() == [True, False]


def test_when_then_holds_in_every_option(tmp_path):
    space = with_relations(tmp_path, "{when: {feature: grade, is: '=', value: 3}, then: {feature: home, is: '=', value: b}}")
    seen = 0
    for case in refused(space):
        now = space.domain.values(space.domain.case(case))
        for option in asked(space, case, margin=0, plausibility=False)["options"]:
            touched = {change["feature"] for change in option["changes"]} & {"grade", "home"}
            if touched and option["row"]["grade"] == 3:
                seen += 1
                assert option["row"]["home"] == "b"
            assert touched or (option["row"]["grade"], option["row"]["home"]) == (now["grade"], now["home"])
    assert seen


def test_inequalities_hold_in_every_option_where_what_they_speak_of_changed(tmp_path):
    space = with_relations(tmp_path, "income <= age - 15")
    seen = 0
    for case in refused(space):
        for option in asked(space, case)["options"]:
            if {change["feature"] for change in option["changes"]} & {"income", "age"}:
                seen += 1
                assert option["row"]["income"] <= option["row"]["age"] - 15
    assert seen


def test_what_follows_is_worked_out_again_and_told_apart_from_what_is_asked(tmp_path):
    """income stands for the instalment: income x months stays what it was."""
    text = FREE.replace("months: {type: number, step: 6, change: down}", "months: {type: number, step: 6}")
    space = with_relations(tmp_path, "{follows: income, in_proportion_to: 1 / months}", text=text)
    seen = 0
    for case in refused(space):
        now = space.domain.values(space.domain.case(case))
        for option in asked(space, case, margin=0, plausibility=False)["options"]:
            assert "income" not in {change["feature"] for change in option["changes"]}
            if option["row"]["months"] != now["months"]:
                seen += 1
                wanted = round(now["income"] * now["months"] / option["row"]["months"])
                assert option["row"]["income"] == pytest.approx(wanted, abs=1)
                assert {change["feature"] for change in option["follows"]} <= {"income"}
            assert space.outcomes(space.domain.rows([option["row"]]))[0] == "1"
    assert seen


def follow(space, **after):
    relations = read_relations(space.domain)
    before = {name: np.array([value]) for name, value in dict(income=30, months=24, grade=2, age=40).items()}
    changed = {name: np.array([after.get(name, value[0])]) for name, value in before.items()}
    found, possible = relations.follow(changed, before, space.domain)
    return {name: found[name][0] for name in found}, bool(possible[0])


def test_a_category_follows_in_proportion_by_its_bands(tmp_path):
    """Grade 2 stands for 20 to 30, so 25; half the months doubles it to 50: grade 3. Twice the months halves it: grade 1."""
    space = with_relations(tmp_path, "{follows: grade, in_proportion_to: income / months, bands: {1: [10, 20], 2: [20, 30], 3: [30, 60]}}")
    assert follow(space, months=12)[0]["grade"] == 3
    assert follow(space, months=48)[0]["grade"] == 1
    assert follow(space, months=24)[0]["grade"] == 2


def test_a_value_may_follow_as_arithmetic_or_move_with_another(tmp_path):
    space = with_relations(tmp_path, "{follows: income, as: months + age}")
    assert follow(space, months=30)[0]["income"] == 70
    space = with_relations(tmp_path, "{follows: age, moves_with: months / 12}")
    assert follow(space, months=36)[0]["age"] == 41


def test_a_followed_value_out_of_the_world_rules_the_change_out(tmp_path):
    space = with_relations(tmp_path, "{follows: income, moves_with: months}")
    found, possible = follow(space, months=-12)
    assert not possible and found["income"] == 30


@pytest.mark.parametrize("line, told", [
    ("income age", "exactly one of"), ("income <= wages", "wages"), ("income <= age ** 2", "not arithmetic"),
    ("income <= __import__('os')", "not arithmetic"), ("{when: {feature: income, is: '<', value: 3}}", "neither"),
    ("{follows: income}", "exactly one of"), ("{follows: income, as: income + 1}", "itself"),
    ("{follows: grade, in_proportion_to: income}", "bands"), ("{follows: grade, in_proportion_to: income, bands: {9: [1, 2]}}", "no code"),
    ("{follows: grade, in_proportion_to: income, bands: {1: [2, 1]}}", "lower one first"),
    ("{when: {feature: income, is: like, value: 3}, then: {feature: age, is: '>', value: 3}}", "bad condition")])
def test_a_wrong_relation_is_told_with_its_line(tmp_path, line, told):
    space = with_relations(tmp_path, line)
    with pytest.raises(DomainProblem) as problem:
        read_relations(space.domain)
    written = (tmp_path / "domain.yaml").read_text(encoding="utf-8").splitlines()
    assert line in written[problem.value.facts["line"] - 1]
    assert told in problem.value.facts["reason"]


def test_what_is_fixed_cannot_follow(tmp_path):
    space = loan(tmp_path, LOAN + "relations:\n  - {follows: age, moves_with: months}\n")
    with pytest.raises(DomainProblem) as problem:
        read_relations(space.domain)
    assert "fixed" in problem.value.facts["reason"]


def test_names_that_are_no_plain_words_stand_in_backticks(tmp_path):
    frame = loan_rows().rename(columns={"income": "net income"})
    text = FREE.replace("income:", '"net income":') + "relations:\n  - '`net income` <= age * 2'\n"
    space = workspace(tmp_path, text, frame, lambda rows: np.full((len(rows), 2), 0.5))
    rule = read_relations(space.domain).rules[0]
    assert rule.holds({"net income": np.array([80, 81]), "age": np.array([40, 40])}, space.domain).tolist() == [True, False]
