"""What would change it: options reach the target, respect what is fixed, and cost no more than exhaustive search finds."""
import itertools

import numpy as np
import pytest

from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.counterfactual_fixtures import loan


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return loan(tmp_path_factory.mktemp("loan"))


def refused(workspace, count=8):
    cases = workspace.domain.cases
    return list(cases.index[workspace.outcomes(cases) == "0"][:count])


def asked(workspace, case, **options):
    return explain(Query(subject=Subject(case=case), asks=(Ask("counterfactual", options),)), workspace)[0].result


def test_every_option_put_through_the_model_gives_the_other_outcome(space):
    for case in refused(space):
        result = asked(space, case)
        assert result["options"]
        for option in result["options"]:
            row = space.domain.rows([option["row"]])
            assert space.outcomes(row)[0] == "1" == option["outcome"]
            assert space.model.predict(row)[0, 1] == pytest.approx(option["probabilities"]["1"])


def test_changes_are_the_difference_between_the_row_and_the_case(space):
    for case in refused(space):
        now = space.domain.values(space.domain.case(case))
        for option in asked(space, case)["options"]:
            told = {change["feature"]: (change["from"], change["to"]) for change in option["changes"]}
            assert told == {name: (now[name], value) for name, value in option["row"].items() if now[name] != value}


def test_what_is_fixed_stays_and_directions_and_steps_hold(space):
    for case in refused(space):
        now = space.domain.values(space.domain.case(case))
        for option in asked(space, case)["options"]:
            assert option["row"]["age"] == now["age"]
            assert option["row"]["months"] <= now["months"]
            assert option["row"]["months"] % 6 == 0


def plain_optimum(workspace, case):
    """Cheapest flip over every combination of at most three changes, by trying them all."""
    domain, frame = workspace.domain, workspace.domain.case(case)
    now = domain.values(frame)
    mad = {name: np.median(np.abs(domain.train[name] - domain.train[name].median())) for name in ("income", "months")}
    values = {
        "income": [(value, abs(value - now["income"]) / mad["income"]) for value in range(10, 60)],
        "months": [(value, abs(value - now["months"]) / mad["months"]) for value in range(6, now["months"] + 1, 6)],
        "grade": [(value, abs(value - now["grade"]) / 2) for value in (1, 2, 3)],
        "home": [(value, float(value != now["home"])) for value in "abc"]}
    rows, costs = [], []
    for combination in itertools.product(*values.values()):
        changed = {name: value for name, (value, _) in zip(values, combination)}
        if sum(changed[name] != now[name] for name in changed) <= 3:
            rows.append({**now, **changed})
            costs.append(sum(cost for _, cost in combination))
    reached = workspace.outcomes(domain.rows(rows)) == "1"
    return np.array(costs)[reached].min()


def test_without_margin_and_plausibility_the_first_option_is_the_cheapest_flip_there_is(space):
    for case in refused(space, 5):
        result = asked(space, case, margin=0, plausibility=False)
        assert result["options"][0]["cost"] == pytest.approx(plain_optimum(space, case))


def test_a_target_that_is_the_present_outcome_is_refused_in_words(space):
    with pytest.raises(InputProblem) as problem:
        asked(space, refused(space)[0], target={"outcome": "0"})
    assert problem.value.code == "target_is_present"


def test_only_what_cannot_change_is_refused_in_words(space):
    with pytest.raises(InputProblem) as problem:
        asked(space, refused(space)[0], only=["age"])
    assert problem.value.code == "only_fixed"
