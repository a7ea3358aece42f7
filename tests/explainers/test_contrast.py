"""Contrasts: the rows compared with are those asked for, and the reasons make up the difference to their mean."""
import json

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LinearRegression

from app.pipeline import respond
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.conditions import mask
from explainers.domain import load_domain
from explainers.errors import InputProblem
from explainers.explain import explain
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import brute_force, domain_of, in_pipeline, table, workspace_of


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    domain = domain_of(tmp_path_factory.mktemp("toy") / "toy", table(300))
    return workspace_of(domain, in_pipeline(HistGradientBoostingClassifier(max_iter=20, random_state=0)))


def why(space, foil, case=None):
    case = case or space.domain.cases.index[0]
    evidence = explain(Query(subject=Subject(case=case), asks=(Ask("why", {"foil": foil}),)), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence


GROUPS = [{"feature": "job", "is": "=", "value": "pilot"}, {"feature": "age", "is": ">", "value": 60}, {"label": "1"},
          {"and": [{"feature": "owner", "is": "=", "value": True}, {"prediction": "0"}]}]


@pytest.mark.parametrize("where", GROUPS, ids=json.dumps)
def test_the_reasons_make_up_the_difference_to_the_mean_of_the_group(space, where):
    evidence, domain = why(space, where), space.domain
    result, train = evidence.result, domain.train
    met = mask(where, domain, train, lambda: space.outcomes(train), domain.train_target)
    rows = train.loc[result["background"]["cases"]]
    assert set(rows.index) <= set(train.index[met]) and len(rows) == min(100, met.sum())
    assert result["background"]["where"] == where and evidence.foil is None
    assert result["baseline"] == pytest.approx(space.model.score(rows, evidence.outcome).mean())
    total = sum(entry["contribution"] for entry in result["contributions"])
    assert result["baseline"] + total == pytest.approx(result["value"], abs=1e-9)


def test_contributions_beside_a_group_are_those_of_all_coalitions(space):
    where = {"feature": "age", "is": "<", "value": 23}
    evidence = why(space, where)
    rows = space.domain.train.loc[evidence.result["background"]["cases"]]
    place = space.model.classes.index(evidence.outcome)
    wanted = brute_force(space, space.domain.case(space.domain.cases.index[0]), rows, lambda predicted: predicted[:, place])
    found = {entry["feature"]: entry["contribution"] for entry in evidence.result["contributions"]}
    assert [found[player.name] for player in space.domain.players] == pytest.approx(wanted.tolist(), abs=1e-9)


def test_a_linear_model_counts_the_distance_to_the_mean_of_the_group(tmp_path):
    """Of a sum of weights, a number counts by its weight times its distance to the mean of those compared with."""
    domain = domain_of(tmp_path / "line", table(200, outcomes=0), outcomes=0)
    space = workspace_of(domain, in_pipeline(LinearRegression()))
    where = {"feature": "job", "is": "=", "value": "nurse"}
    result = why(space, where).result
    rows, row = domain.train.loc[result["background"]["cases"]], domain.case(domain.cases.index[0])
    step = float(space.model.predict(row.assign(age=row["age"] + 1))[0] - space.model.predict(row)[0])
    age = next(entry["contribution"] for entry in result["contributions"] if entry["feature"] == "age")
    assert age == pytest.approx(step * (float(row["age"].iloc[0]) - rows["age"].mean()))


def test_those_that_the_model_gives_an_outcome_are_the_same_as_the_outcome(space):
    assert why(space, {"prediction": "1"}).result == why(space, "1").result
    assert why(space, {"prediction": "1"}).foil == "1"


def test_a_group_of_few_is_not_compared_with(space):
    with pytest.raises(InputProblem) as problem:
        why(space, {"and": [{"feature": "age", "is": "=", "value": 18}, {"feature": "amount", "is": "<", "value": 100}]})
    assert problem.value.code == "foil_group_too_small"


ASKED = {
    "why is my score lower than that of the average approved applicant?": {"prediction": "1"},
    "why lower than the average approved applicant": {"prediction": "1"},
    "compared with approved applicants, why was I refused?": {"prediction": "1"},
    "why am i rated lower than other applicants who are older than 50": {"feature": "age", "is": ">", "value": 50},
    "why is it worse than for applicants with a duration under 12 months": {"feature": "duration", "is": "<", "value": 12},
}


@pytest.mark.parametrize("text", ASKED)
def test_those_compared_with_are_read_from_the_question(text):
    domain = load_domain("credit")
    query = understand(Question(text), Memory().about(domain.cases.index[0]), domain)
    assert query.asks == (Ask("why", {"foil": ASKED[text]}),) and query.subject.where is None


@pytest.mark.parametrize("text", ["how many applicants are older than 40", "is my score lower than the average?",
                                  "why are applicants older than 60 refused?"])
def test_other_comparisons_stay_what_they_are(text):
    domain = load_domain("credit")
    query = understand(Question(text), Memory().about(domain.cases.index[0]), domain)
    assert not any(ask.get("foil") for ask in query.asks)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
def test_who_it_is_compared_with_and_their_score_are_told(space, level, language):
    memory = Memory(level=level, language=language).about(space.domain.cases.index[0])
    turn = respond("...", memory, space.speaking(language), picked=Query(asks=(Ask("why", {"foil": GROUPS[0]}),)))
    baseline = 100 * turn.evidence[0].result["baseline"]
    shown = f"{np.round(baseline, 2 if level == 'expert' else 0):g}".replace(".", "," if language == "de" else ".")
    assert "pilot" in turn.answer.text.lower() and f" {shown} " in turn.answer.text
