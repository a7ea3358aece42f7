"""Advice that models trained anew confirm, where the domain asks for it: `robust_to_retraining: true`."""
import itertools

import numpy as np
import pytest

from app.pipeline import respond
from dialogue.types import Memory
from explainers.refits import Refits, refits_of
from explainers.search.find import space_of
from explainers.training import SEED
from explainers.types import Ask, Query
from tests.explainers.counterfactual_fixtures import LOAN, asked, boosted, loan, loan_model, refused

ASKS = LOAN + "robust_to_retraining: true\n"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return boosted(tmp_path_factory.mktemp("retrained"), ASKS, rows=150)


def agreeing(work, rows):
    """n_rows: how many of the models fitted anew grant each row, each asked by itself with the complete row."""
    return sum(model.outcomes(rows) == "1" for model in refits_of(work, SEED).good)


def test_every_option_is_confirmed_by_three_in_four_models_trained_anew(work):
    cases = refused(work, 4)
    options = [option for case in cases for option in asked(work, case)["options"]]
    counts = agreeing(work, work.domain.rows([option["row"] for option in options])).tolist()
    of = len(refits_of(work, SEED).good)
    assert [option["retrained"] for option in options] == [{"agree": count, "of": of, "enough": count >= 0.75 * of} for count in counts]
    assert of == 8 and min(counts) >= 6
    others = [option for case in cases for option in asked(work, case, retraining=False)["options"]]
    assert {option["retrained"] is None for option in others} == {True}
    assert min(agreeing(work, work.domain.rows([option["row"] for option in others]))) < 6        # so the check rules some out


def test_the_first_option_is_the_cheapest_confirmed_of_all_single_changes_and_pairs(work):
    for case in refused(work, 2):
        row = work.domain.case(case)
        space, best = space_of(work, row, {"age": "immutable"}), np.inf
        names = [lever.name for lever in space.levers]
        for places in itertools.chain(itertools.combinations(range(len(names)), 1), itertools.combinations(range(len(names)), 2)):
            every = np.array(list(itertools.product(*[range(1, len(space.levers[place])) for place in places])), dtype=np.int16)
            candidates = np.zeros((len(every), len(names)), dtype=np.int16)
            candidates[:, places] = every
            rows = space.frame(space.columns(candidates))
            fine = (work.outcomes(rows) == "1") & (agreeing(work, rows) >= 6)
            best = min(best, space.costs(candidates)[fine].min(initial=np.inf))
        first = asked(work, case, margin=0, plausibility=False, at_most=2)["options"][0]
        assert first["cost"] == pytest.approx(best)


@pytest.fixture
def doubted(tmp_path, tmp_path_factory):
    """A domain whose models trained anew refuse everybody."""
    refusing = lambda rows: np.tile([1.0, 0.0], (len(rows), 1))
    work, other = boosted(tmp_path, ASKS, rows=150), loan(tmp_path_factory.mktemp("other"), ASKS, refusing)
    work.prepared(("refits", SEED), lambda: Refits((other,), {}, "same"))
    return work


def test_what_no_model_confirms_is_offered_with_a_mark(doubted):
    case = refused(doubted)[0]
    found = asked(doubted, case)
    assert found["options"] and {tuple(option["retrained"].values()) for option in found["options"]} == {(0, 1, False)}
    changed = lambda result: [option["changes"] for option in result["options"]]
    assert changed(found) == changed(asked(doubted, case, retraining=False))


@pytest.mark.parametrize("language, level, said", [
    ("en", "plain", "A newly trained version of the model might not agree"),
    ("de", "plain", "Ein neu trainiertes Modell könnte das anders sehen"),
    ("en", "practitioner", "Models trained anew that agree: 0 of 1"), ("de", "expert", "Neu trainierte Modelle, die zustimmen: 0 von 1")])
def test_the_mark_is_told(doubted, language, level, said):
    assert said in told(doubted, language, level)


@pytest.mark.parametrize("language, level, said", [
    ("en", "practitioner", "confirm an option where at least 75% of them agree"),
    ("de", "expert", "wenn mindestens 75 % von ihnen zustimmen")])
def test_what_counts_as_confirmed_is_told(work, language, level, said):
    text = told(work, language, level)
    assert said in text
    assert "might not agree" not in told(work, "en", "plain")


@pytest.mark.parametrize("language, said", [
    ("en", "cannot be trained anew from its file"), ("de", "aus seiner Datei nicht neu trainieren")])
def test_a_finished_model_says_that_it_could_not_be_checked(tmp_path, language, said):
    work = loan(tmp_path, ASKS, loan_model)
    found = asked(work, refused(work)[0])
    assert found["safety"]["retraining"] == {"refitted": 0, "good": 0, "share": 0.75, "none_because": "cannot_be_fitted"}
    assert found["options"] and {option["retrained"] for option in found["options"]} == {None}
    assert said in told(work, language, "practitioner") and said not in told(work, language, "plain")


def test_nothing_is_trained_where_the_domain_does_not_ask_for_it(tmp_path):
    work = boosted(tmp_path, rows=150)
    found = asked(work, refused(work)[0])
    assert found["safety"]["retraining"] is None and {option["retrained"] for option in found["options"]} == {None}
    assert ("refits", SEED) not in work._prepared


def told(work, language, level):
    memory = Memory(language=language, level=level).about(refused(work)[0])
    return respond("What would have to change?", memory, work, picked=Query(asks=(Ask("counterfactual"),))).answer.text
