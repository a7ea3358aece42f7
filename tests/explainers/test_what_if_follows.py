"""A what-if changes what was asked; what would follow by the domain's relations is told beside it."""
import pytest

from explainers.explain import explain
from explainers.types import Ask, Change, Query, Subject
from explainers.workspace import open_workspace

ROWS = "amount,duration,rate,good\n" + "".join(
    f"{amount},{duration},{amount / duration},{int(amount / duration < 100)}\n"
    for amount in range(600, 4200, 200) for duration in (6, 12, 24, 48))


@pytest.fixture(scope="module")
def loans(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loans")
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    (folder / "domain.yaml").write_text(
        "data: rows.csv\ntarget: good\noutcomes: {0: bad, 1: good}\nfavourable: 1\n"
        "features: {amount: {type: number}, duration: {type: number}, rate: {type: number}}\n"
        "relations: [{follows: rate, as: amount / duration}]\n", encoding="utf-8")
    return open_workspace(str(folder))


def prediction(loans, *changes):
    case = loans.domain.cases.index[0]
    query = Query(subject=Subject(case=case), changes=changes, asks=(Ask("prediction"),))
    return loans.domain.case(case), explain(query, loans)[0].result


def test_only_what_was_asked_is_changed_and_what_follows_is_worked_out_beside_it(loans):
    row, result = prediction(loans, Change("duration", "to", 48))
    rate = float(row["amount"].iloc[0]) / 48
    assert [change["feature"] for change in result["changes"]] == ["duration"]
    alone, both = row.copy(), row.copy()
    alone["duration"] = both["duration"] = 48
    both["rate"] = rate
    assert result["probabilities"]["0"] == pytest.approx(loans.model.score(alone, "0")[0])
    assert result["with_follows"]["changes"] == [{"feature": "rate", "from": float(row["rate"].iloc[0]), "to": pytest.approx(rate)}]
    assert result["with_follows"]["probabilities"]["0"] == pytest.approx(loans.model.score(both, "0")[0])


def test_what_was_set_by_hand_does_not_follow(loans):
    _, result = prediction(loans, Change("duration", "to", 48), Change("rate", "to", 30))
    assert result["with_follows"] is None


def test_nothing_follows_where_nothing_is_changed(loans):
    assert prediction(loans)[1]["with_follows"] is None
