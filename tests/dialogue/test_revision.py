"""What is taken back or put right changes what the next answer is about."""

from dialogue.memory import resolve
from dialogue.types import Memory
from explainers.types import Ask, Change, Query, Subject

TALK = Memory(
    case="7",
    subject=Subject(case="7"),
    changes=(Change("age", "to", 40), Change("amount", "by", -500)),
    asks=(Ask("prediction"),),
)


def revised(memory=TALK, **options):
    return resolve(Query(asks=(Ask("revise", options),)), memory)


def test_undo_takes_back_the_last_change_and_asks_again():
    query = revised(drop="last")
    assert query.changes == (Change("age", "to", 40),)
    assert [ask.kind for ask in query.asks] == ["revise", "prediction"] and query.subject == Subject(case="7")


def test_dropping_a_feature_keeps_the_other_change():
    assert revised(drop="age").changes == (Change("amount", "by", -500),)


def test_dropping_the_changes_leaves_none():
    assert revised(drop="changes").changes == ()


def test_starting_over_asks_nothing_again():
    assert [ask.kind for ask in revised(drop="all").asks] == ["revise"]


def test_another_feature_takes_the_place_of_the_one_changed_last():
    assert revised(put="income").changes == (Change("age", "to", 40), Change("income", "by", -500))


def test_another_feature_takes_the_place_of_the_one_asked_about():
    memory = Memory(case="7", subject=Subject(case="7"), asks=(Ask("role", {"features": ["age"]}),))
    assert revised(memory, put="income").asks[1] == Ask("role", {"features": ["income"]})


def test_a_lifted_limit_may_change_again():
    memory = Memory(
        case="7",
        subject=Subject(case="7"),
        limits={"without": ["age", "amount"]},
        asks=(Ask("counterfactual", {"without": ["age", "amount"]}),),
    )
    assert revised(memory, drop="age").asks[1].options["without"] == ["amount"]
