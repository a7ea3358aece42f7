"""A model that is one decision tree is read as it is: each rule holds for exactly the rows that the tree puts there."""
import json

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from app.pipeline import respond
from dialogue.types import Memory
from explainers.conditions import mask
from explainers.explain import explain
from explainers.own_tree import own_tree
from explainers.surrogate import joined
from explainers.types import Ask, Query, Subject
from tests.explainers.toy import NUMBERS, domain_of, in_pipeline, table, workspace_of

EVERYONE = Subject(everyone=True)


def result(space, kind, subject=EVERYONE):
    evidence = explain(Query(subject=subject, asks=(Ask(kind),)), space)[0]
    json.dumps(evidence.to_json(), allow_nan=False)
    return evidence.result


MODELS = {
    "one-hot and scaled": lambda: in_pipeline(DecisionTreeClassifier(max_depth=4, min_samples_leaf=10, random_state=0), scale=True),
    "ordinal codes": lambda: in_pipeline(DecisionTreeClassifier(max_depth=4, min_samples_leaf=10, random_state=0), one_hot=False),
    "full grown": lambda: in_pipeline(DecisionTreeClassifier(random_state=0)),
}


@pytest.mark.parametrize("name", MODELS)
def test_each_rule_holds_for_the_rows_of_its_leaf_and_says_what_the_model_says(name, tmp_path):
    space = workspace_of(domain_of(tmp_path / "toy", table(400)), MODELS[name]())
    domain, tree, seen = space.domain, own_tree(space), np.zeros(len(space.domain.cases), dtype=int)
    found = result(space, "rules")
    assert found["exact"] and found["method"] == "decision tree of the model" and found["fidelity"]["share"] == 1.0
    for rule in found["rules"]:
        met = mask({"and": rule["conditions"]}, domain, domain.cases)
        assert met.sum() == rule["rows"] and (space.outcomes(domain.cases[met]) == rule["outcome"]).all()
        assert not met.any() or len(set(tree.tree.apply(tree.codes(domain.cases[met])))) == 1
        seen += met
    assert (seen <= 1).all() and (found["more"] > 0 or (seen == 1).all())
    assert len(found["rules"]) <= 16 and found["of"] == len(domain.cases)


def test_a_path_is_the_way_through_the_models_own_tree(tmp_path):
    space = workspace_of(domain_of(tmp_path / "toy", table(400)), MODELS["one-hot and scaled"]())
    for case in space.domain.cases.index[:10]:
        found, row = result(space, "path", Subject(case=case)), space.domain.case(case)
        last = space.model.estimator.steps[-1][1]
        codes = space.model.estimator.steps[0][1].transform(row)
        assert len(found["steps"]) == last.decision_path(codes).sum() - 1
        assert all(mask(step["condition"], space.domain, row).all() for step in found["steps"]) and found["agrees"]
        assert found["steps"][-1]["after"] == pytest.approx(float(space.model.score(row, "0")[0]))
        drawn = [node for node in found["tree"] if node["here"]]
        assert drawn[0]["condition"] is None and [node["condition"] for node in drawn[1:]] == \
            [step["condition"] for step in found["steps"]]


def test_the_tree_drawn_counts_the_training_rows_of_each_branch(tmp_path):
    space = workspace_of(domain_of(tmp_path / "toy", table(400)), MODELS["ordinal codes"]())
    domain, way = space.domain, []
    for node in result(space, "rules")["tree"]:
        way = way[:max(0, node["depth"] - 1)] + ([node["condition"]] if node["condition"] else [])
        met = mask({"and": way}, domain, domain.train) if way else np.ones(len(domain.train), dtype=bool)
        assert node["rows"] == met.sum()
        if node["leaf"]:
            assert (space.outcomes(domain.train[met]) == node["outcome"]).all()


def test_a_regression_tree_tells_its_values(tmp_path):
    domain = domain_of(tmp_path / "toy", table(300, outcomes=0), outcomes=0)
    space = workspace_of(domain, in_pipeline(DecisionTreeRegressor(max_depth=3, random_state=0)))
    found = result(space, "rules")
    for rule in found["rules"]:
        met = mask({"and": rule["conditions"]}, domain, domain.cases)
        assert space.model.predict(domain.cases[met]) == pytest.approx(np.full(met.sum(), rule["value"]))
    path = result(space, "path", Subject(case=domain.cases.index[0]))
    assert path["value"] == pytest.approx(path["model_value"]) and path["exact"]


def test_what_is_no_single_readable_tree_gets_a_stand_in(tmp_path):
    mixed = Pipeline([("encode", ColumnTransformer([("j", OneHotEncoder(), ["job"]), ("n", Pipeline([("s", StandardScaler()),
                      ("p", PolynomialFeatures())]), NUMBERS)])), ("last", DecisionTreeClassifier(max_depth=3, random_state=0))])
    for name, model in (("mixed", mixed), ("forest", in_pipeline(RandomForestClassifier(5, random_state=0)))):
        space = workspace_of(domain_of(tmp_path / name, table(300)), model)
        assert own_tree(space) is None
        found = result(space, "rules")
        assert not found["exact"] and found["method"] == "surrogate tree" and 0 < found["fidelity"]["share"] <= 1


def test_conditions_that_another_one_makes_needless_are_left_out(tmp_path):
    domain = domain_of(tmp_path / "toy", table(60))
    other, one = {"feature": "job", "is": "!=", "value": "pilot"}, {"feature": "job", "is": "=", "value": "nurse"}
    wide, narrow = ({"feature": "age", "is": "<=", "value": age} for age in (50, 30))
    assert joined([other, wide, one, narrow], domain) == [narrow, one]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
@pytest.mark.parametrize("kind", ["rules", "path"])
def test_the_tree_is_told_as_the_model_itself_and_drawn(tmp_path, kind, level, language):
    space = workspace_of(domain_of(tmp_path / "toy", table(300)), MODELS["one-hot and scaled"]())
    memory = Memory(level=level, language=language).about(space.domain.cases.index[0])
    turn = respond("...", memory, space.speaking(language), picked=Query(asks=(Ask(kind),)))
    figure, nodes = turn.answer.figures[0], turn.evidence[0].result["tree"]
    assert figure.name == "tree" and len(figure.table["rows"]) == len(nodes) - 1
    assert ("font-weight" in figure.svg) == (kind == "path")
    assert {"en": "stand-in", "de": "kein Ersatz"}[language] in turn.answer.text
