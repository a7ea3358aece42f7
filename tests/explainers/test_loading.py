"""Models in every format: saved, loaded back through a domain folder, and equal to the fitted object's own predictions."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest
import yaml

from explainers.domain import load_domain
from explainers.errors import ModelProblem
from explainers.loading import load_model
from tests.explainers.onnx_by_hand import linear

NUMBERS = ["age", "loan amount", "grade"]


def rows(text=False, seed=3, count=150):
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": random.integers(18, 80, count),
            "loan amount": np.round(random.gamma(2, 1500, count), 1),
            "grade": random.integers(1, 5, count),
        }
    )
    if text:
        frame["job"] = random.choice(["nurse", "clerk", "pilot"], count)
    return frame


def target_of(frame, kinds=2):
    score = frame["age"] / 20 - frame["loan amount"] / 3000 + frame["grade"] * 0.3
    if "job" in frame:
        score = score + (frame["job"] == "pilot") * 2
    return score.round(2) if kinds == 0 else pd.qcut(score, kinds, labels=False)


def folder_for(path, frame, target, model, **more):
    """A domain folder whose model file is to be written to the path that is handed back."""
    path.mkdir(parents=True, exist_ok=True)
    frame.assign(y=list(target)).to_csv(path / "rows.csv", index=False)
    file = {"data": "rows.csv", "target": "y", "model": model, **more}
    (path / "domain.yaml").write_text(yaml.safe_dump(file), encoding="utf-8")
    return path / model


def loaded(path, trust=False):
    domain = load_domain(path)
    return domain, load_model(domain, trust)


def problem_of(path, trust=False):
    with pytest.raises(ModelProblem) as caught:
        loaded(path, trust)
    return caught.value


def encoder():
    from sklearn.compose import make_column_transformer
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    return make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), ["job"]), (StandardScaler(), ["age", "loan amount"]), remainder="passthrough"
    )


def sklearn_families():
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn import ensemble, gaussian_process, linear_model, naive_bayes, neighbors, neural_network, svm, tree

    few = {"n_estimators": 8, "random_state": 0}
    base = [("a", linear_model.LogisticRegression()), ("b", tree.DecisionTreeClassifier(max_depth=3, random_state=0))]
    kernel = gaussian_process.kernels
    return [
        linear_model.LogisticRegression(),
        linear_model.SGDClassifier(loss="log_loss", random_state=0),
        tree.DecisionTreeClassifier(max_depth=4),
        ensemble.RandomForestClassifier(**few),
        ensemble.ExtraTreesClassifier(**few),
        ensemble.GradientBoostingClassifier(**few),
        ensemble.HistGradientBoostingClassifier(max_iter=8),
        ensemble.AdaBoostClassifier(**few),
        ensemble.BaggingClassifier(**few),
        neural_network.MLPClassifier(hidden_layer_sizes=(5,), max_iter=30, random_state=0),
        neighbors.KNeighborsClassifier(),
        neighbors.KNeighborsClassifier(weights="distance", algorithm="ball_tree", metric="manhattan"),
        naive_bayes.GaussianNB(),
        gaussian_process.GaussianProcessClassifier(kernel.ConstantKernel() * kernel.RBF()),
        gaussian_process.GaussianProcessClassifier(kernel.Matern() + kernel.WhiteKernel()),
        CalibratedClassifierCV(svm.LinearSVC(), cv=3),
        CalibratedClassifierCV(naive_bayes.GaussianNB(), method="isotonic", cv=3),
        ensemble.VotingClassifier(base, voting="soft"),
        ensemble.StackingClassifier(base, cv=3),
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("number", range(19))
def test_each_scikit_learn_family_in_a_pipeline_is_loaded_from_skops_with_equal_predictions(tmp_path, number):
    from sklearn.pipeline import make_pipeline
    from skops.io import dump

    frame = rows(text=True)
    fitted = make_pipeline(encoder(), sklearn_families()[number]).fit(frame, target_of(frame))
    dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame), "model.skops"))
    domain, model = loaded(tmp_path / "d")
    assert model.classes == ("0", "1")
    assert np.array_equal(model.predict(domain.frame), fitted.predict_proba(frame))


def regressors():
    from sklearn import ensemble, gaussian_process, linear_model, neighbors, neural_network, svm

    few = {"n_estimators": 8, "random_state": 0}
    return [
        linear_model.LinearRegression(),
        linear_model.Ridge(),
        linear_model.Lasso(),
        ensemble.RandomForestRegressor(**few),
        ensemble.HistGradientBoostingRegressor(max_iter=8),
        ensemble.HistGradientBoostingRegressor(max_iter=8, loss="absolute_error"),
        ensemble.GradientBoostingRegressor(**few, loss="huber"),
        neighbors.KNeighborsRegressor(),
        svm.SVR(),
        neural_network.MLPRegressor(hidden_layer_sizes=(5,), max_iter=30, random_state=0),
        gaussian_process.GaussianProcessRegressor(gaussian_process.kernels.RationalQuadratic()),
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("number", range(11))
def test_each_regression_family_is_loaded_from_skops_with_equal_values(tmp_path, number):
    from sklearn.pipeline import make_pipeline
    from skops.io import dump

    frame = rows(text=True)
    fitted = make_pipeline(encoder(), regressors()[number]).fit(frame, target_of(frame, 0))
    dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame, 0), "model.skops", unit="points"))
    domain, model = loaded(tmp_path / "d")
    assert model.regression
    assert np.array_equal(model.predict(domain.frame), fitted.predict(frame))


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_boosters_inside_a_pipeline_are_loaded_from_skops(tmp_path, library):
    import lightgbm
    import xgboost
    from sklearn.pipeline import make_pipeline
    from skops.io import dump

    last = xgboost.XGBClassifier(n_estimators=5) if library == "xgboost" else lightgbm.LGBMClassifier(n_estimators=5, verbose=-1)
    frame = rows(text=True)
    fitted = make_pipeline(encoder(), last).fit(frame, target_of(frame))
    dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame), "model.skops"))
    domain, model = loaded(tmp_path / "d")
    assert np.allclose(model.predict(domain.frame), fitted.predict_proba(frame), atol=1e-12)
    assert model.library.startswith(library)


def test_columns_picked_by_their_type_are_loaded_from_skops(tmp_path):
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    from skops.io import dump

    frame = rows(text=True)
    picked = make_column_transformer(
        (OneHotEncoder(), make_column_selector(dtype_exclude=np.number)),
        (StandardScaler(), make_column_selector(dtype_include=np.number)),
    )
    fitted = make_pipeline(picked, LogisticRegression()).fit(frame, target_of(frame))
    dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame), "model.skops"))
    domain, model = loaded(tmp_path / "d")
    assert np.array_equal(model.predict(domain.frame), fitted.predict_proba(frame))


class Harmful:
    def __reduce__(self):
        return (print, ("run",))


def test_a_skops_file_that_asks_for_a_type_of_its_own_is_refused(tmp_path):
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer
    from sklearn.linear_model import LogisticRegression
    from skops.io import dump

    frame = rows()
    fitted = make_pipeline(FunctionTransformer(target_of), LogisticRegression())
    dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame), "model.skops"))
    found = problem_of(tmp_path / "d")
    assert found.code == "model_type_not_trusted"
    assert "target_of" in found.facts["types"]


@pytest.mark.parametrize("name", ["model.skops", "model.json", "model.ubj", "model.txt", "model.cbm", "model.onnx"])
def test_a_file_that_is_no_model_is_told(tmp_path, name):
    frame = rows()
    folder_for(tmp_path / "d", frame, target_of(frame), name).write_bytes(b"this is no model")
    assert problem_of(tmp_path / "d").code == "model_unreadable"


def test_a_missing_file_an_unknown_ending_and_a_pickle_without_trust_are_told(tmp_path):
    frame = rows()
    folder_for(tmp_path / "a", frame, target_of(frame), "model.skops")
    assert problem_of(tmp_path / "a").code == "model_missing"
    folder_for(tmp_path / "b", frame, target_of(frame), "model.docx").write_text("x")
    assert problem_of(tmp_path / "b").code == "model_kind_unknown"
    folder_for(tmp_path / "c", frame, target_of(frame), "model.pkl").write_bytes(pickle.dumps(Harmful()))
    assert problem_of(tmp_path / "c").code == "model_needs_trust"


@pytest.mark.parametrize("ending", ["json", "ubj"])
@pytest.mark.parametrize("kinds", [2, 3])
def test_xgboost_files_give_the_classifiers_probabilities(tmp_path, ending, kinds):
    from xgboost import XGBClassifier

    frame = rows()
    fitted = XGBClassifier(n_estimators=6, max_depth=3).fit(frame, target_of(frame, kinds))
    fitted.save_model(folder_for(tmp_path / "d", frame, target_of(frame, kinds), f"model.{ending}"))
    domain, model = loaded(tmp_path / "d")
    assert model.classes == tuple("012"[:kinds])
    assert np.allclose(model.predict(domain.frame), fitted.predict_proba(frame), atol=1e-7)


def test_xgboost_with_text_categories_and_early_stopping_predicts_as_the_classifier_does(tmp_path):
    from xgboost import XGBClassifier

    frame = rows(text=True)
    typed = frame.assign(job=pd.Categorical(frame["job"], categories=["pilot", "nurse", "clerk"]))
    fitted = XGBClassifier(n_estimators=60, max_depth=3, enable_categorical=True, early_stopping_rounds=2)
    fitted.fit(typed[:100], target_of(frame)[:100], eval_set=[(typed[100:], target_of(frame)[100:])], verbose=False)
    assert fitted.best_iteration < 59
    fitted.save_model(folder_for(tmp_path / "d", frame, target_of(frame), "model.json"))
    domain, model = loaded(tmp_path / "d")
    assert np.allclose(model.predict(domain.frame), fitted.predict_proba(typed), atol=1e-7)
    one = domain.frame.iloc[[4]]
    assert np.allclose(model.predict(one), model.predict(domain.frame)[[4]], atol=1e-7)


def test_xgboost_and_lightgbm_regression_files_give_values(tmp_path):
    from lightgbm import LGBMRegressor
    from xgboost import XGBRegressor

    frame, target = rows(), target_of(rows(), 0)
    XGBRegressor(n_estimators=6).fit(frame, target).save_model(folder_for(tmp_path / "x", frame, target, "m.ubj", unit="points"))
    domain, model = loaded(tmp_path / "x")
    again = XGBRegressor(n_estimators=6).fit(frame, target)
    assert np.allclose(model.predict(domain.frame), again.predict(frame), atol=1e-6)
    fitted = LGBMRegressor(n_estimators=6, verbose=-1).fit(frame, target)
    fitted.booster_.save_model(folder_for(tmp_path / "l", frame, target, "m.txt", unit="points"))
    domain, model = loaded(tmp_path / "l")
    assert np.allclose(model.predict(domain.frame), fitted.predict(frame), atol=1e-12)


@pytest.mark.parametrize("kinds", [2, 3])
def test_lightgbm_files_keep_text_categories_and_names_with_spaces(tmp_path, kinds):
    from lightgbm import LGBMClassifier

    frame = rows(text=True)
    typed = frame.assign(job=pd.Categorical(frame["job"], categories=["pilot", "nurse", "clerk"]))
    fitted = LGBMClassifier(n_estimators=8, verbose=-1, min_child_samples=5).fit(typed, target_of(frame, kinds))
    fitted.booster_.save_model(folder_for(tmp_path / "d", frame, target_of(frame, kinds), "model.txt"))
    domain, model = loaded(tmp_path / "d")
    assert np.allclose(model.predict(domain.frame), fitted.predict_proba(typed), atol=1e-12)


def test_catboost_files_keep_text_categories(tmp_path):
    import catboost

    frame = rows(text=True)
    fitted = catboost.CatBoostClassifier(iterations=8, depth=3, verbose=0, allow_writing_files=False, cat_features=["job", "grade"])
    fitted.fit(frame, target_of(frame).map({0: "bad", 1: "good"}))
    path = folder_for(tmp_path / "d", frame, target_of(frame), "model.cbm", outcomes={0: "bad", 1: "good"})
    fitted.save_model(str(path))
    domain, model = loaded(tmp_path / "d")
    assert model.classes == ("0", "1")
    assert np.allclose(model.predict(domain.frame), fitted.predict_proba(frame), atol=1e-12)


def test_a_catboost_file_of_the_other_kind_is_told(tmp_path):
    import catboost

    frame = rows()
    fitted = catboost.CatBoostRegressor(iterations=4, verbose=0, allow_writing_files=False).fit(frame, target_of(frame, 0))
    fitted.save_model(str(folder_for(tmp_path / "d", frame, target_of(frame), "model.cbm")))
    assert problem_of(tmp_path / "d").code == "model_is_regressor"
    fitted.save_model(str(folder_for(tmp_path / "r", frame, target_of(frame, 0), "model.cbm", unit="points")))
    domain, model = loaded(tmp_path / "r")
    assert np.allclose(model.predict(domain.frame), fitted.predict(frame), atol=1e-12)


@pytest.mark.parametrize("end, kinds", [("sigmoid", 2), ("softmax", 3), ("linear", 3), ("linear", 0)])
def test_keras_networks_give_probabilities_or_values(tmp_path, monkeypatch, end, kinds):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    import keras

    frame = rows()
    network = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Rescaling([0.01, 0.0001, 0.1]),
            keras.layers.Dense(4, "tanh"),
            keras.layers.Dense({0: 1, 2: 1, 3: 3}[kinds], end),
        ]
    )
    network.save(folder_for(tmp_path / "d", frame, target_of(frame, kinds), "model.keras", **({} if kinds else {"unit": "points"})))
    domain, model = loaded(tmp_path / "d")
    raw = np.asarray(network.predict_on_batch(frame.to_numpy("float32")), dtype=float)
    wanted = {("sigmoid", 2): np.column_stack([1 - raw[:, 0], raw[:, 0]]), ("softmax", 3): raw, ("linear", 0): raw[:, 0]}.get(
        (end, kinds)
    )
    if wanted is None:
        wanted = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True)
    assert np.allclose(model.predict(domain.frame), wanted, atol=1e-6)


WEIGHTS = [[0.05], [-0.001], [0.3]]


def by_hand(frame):
    margin = frame.to_numpy(dtype=float) @ np.array(WEIGHTS)[:, 0] - 1
    return 1 / (1 + np.exp(-margin))


@pytest.mark.parametrize("inputs", [None, ["age", "loan amount", "grade"], ["grade", "age", "loan_amount"]])
def test_onnx_takes_one_table_or_one_input_a_column_in_any_order(tmp_path, inputs):
    frame = rows()
    names = {"loan_amount": "loan amount"}
    weights = WEIGHTS if inputs is None else [WEIGHTS[NUMBERS.index(names.get(name, name))] for name in inputs]
    path = folder_for(tmp_path / "d", frame, target_of(frame), "model.onnx")
    path.write_bytes(linear(weights, [-1.0], "Sigmoid", inputs))
    domain, model = loaded(tmp_path / "d")
    assert np.allclose(model.predict(domain.frame)[:, 1], by_hand(frame), atol=1e-5)


def test_onnx_margins_are_squashed_and_said_so_and_values_stay(tmp_path):
    frame = rows()
    weights = [[0.0, 0.05, 0.1], [0.0, -0.001, 0.001], [0.0, 0.3, -0.1]]
    margins = frame.to_numpy(dtype=float) @ np.array(weights)
    wanted = np.exp(margins) / np.exp(margins).sum(axis=1, keepdims=True)
    folder_for(tmp_path / "m", frame, target_of(frame, 3), "model.onnx").write_bytes(linear(weights, [0.0, 0.0, 0.0]))
    domain, model = loaded(tmp_path / "m")
    assert np.allclose(model.predict(domain.frame), wanted, atol=1e-4)
    assert model.notes["probabilities"] == "margin"
    folder_for(tmp_path / "r", frame, target_of(frame, 0), "model.onnx", unit="points").write_bytes(linear(WEIGHTS, [-1.0]))
    domain, model = loaded(tmp_path / "r")
    assert np.allclose(model.predict(domain.frame), frame.to_numpy(dtype=float) @ np.array(WEIGHTS)[:, 0] - 1, atol=1e-3)


def test_a_function_is_run_only_with_trust(tmp_path):
    frame = rows()
    folder_for(tmp_path / "d", frame, target_of(frame), "rating_toy:rate")
    (tmp_path / "d" / "rating_toy.py").write_text("def rate(frame):\n    return (frame['age'] > 40) * 0.5 + 0.25\n")
    assert problem_of(tmp_path / "d").code == "model_needs_trust"
    domain, model = loaded(tmp_path / "d", trust=True)
    assert model.predict(domain.frame)[:, 1].tolist() == [0.75 if age > 40 else 0.25 for age in frame["age"]]
    folder_for(tmp_path / "d", frame, target_of(frame), "rating_toy:missing")
    assert problem_of(tmp_path / "d", trust=True).code == "model_function_missing"


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib"])
def test_pickles_are_opened_with_trust(tmp_path, name):
    import joblib
    from sklearn.tree import DecisionTreeClassifier

    frame = rows()
    fitted = DecisionTreeClassifier(max_depth=3).fit(frame.to_numpy(), target_of(frame))
    joblib.dump(fitted, folder_for(tmp_path / "d", frame, target_of(frame), name))
    domain, model = loaded(tmp_path / "d", trust=True)
    assert np.array_equal(model.predict(domain.frame), fitted.predict_proba(frame.to_numpy()))


def skops_of(tmp_path, fitted, frame, target, **more):
    from skops.io import dump

    dump(fitted, folder_for(tmp_path / "d", frame, target, "model.skops", **more))
    return tmp_path / "d"


def test_a_model_with_fewer_columns_in_another_order_gets_its_own(tmp_path):
    from sklearn.linear_model import LogisticRegression

    frame = rows(text=True)
    fitted = LogisticRegression().fit(frame[["grade", "age"]], target_of(frame))
    domain, model = loaded(skops_of(tmp_path, fitted, frame, target_of(frame)))
    assert model.features == ("grade", "age")
    assert np.array_equal(model.predict(domain.frame), fitted.predict_proba(frame[["grade", "age"]]))


def test_columns_that_the_data_lack_or_that_are_too_many_are_told(tmp_path):
    from sklearn.linear_model import LogisticRegression

    frame = rows(text=True)
    dummies = pd.get_dummies(frame)
    found = problem_of(skops_of(tmp_path, LogisticRegression(max_iter=500).fit(dummies, target_of(frame)), frame, target_of(frame)))
    assert found.code == "model_columns_missing" and "job_clerk" in found.facts["missing"]
    bare = LogisticRegression(max_iter=500).fit(frame[["age", "grade"]].to_numpy(), target_of(frame))
    found = problem_of(skops_of(tmp_path, bare, frame, target_of(frame)))
    assert found.code == "model_columns_count" and (found.facts["wanted"], found.facts["given"]) == (2, 4)


def test_words_for_a_model_that_takes_numbers_are_told(tmp_path):
    from xgboost import XGBClassifier

    frame = rows(text=True)
    coded = frame.assign(job=frame["job"].astype("category").cat.codes)
    fitted = XGBClassifier(n_estimators=3).fit(coded, target_of(frame))
    fitted.save_model(folder_for(tmp_path / "d", frame, target_of(frame), "model.json"))
    found = problem_of(tmp_path / "d")
    assert (found.code, found.facts["column"]) == ("model_needs_numbers", "job")


@pytest.mark.parametrize(
    "classes, outcomes, wanted",
    [
        ({0: "a", 1: "b"}, None, None),
        ({0: "refused", 1: "granted"}, {0: "refused", 1: "granted"}, ("1", "0")),
        ({0: False, 1: True}, {0: "refused", 1: "granted"}, ("0", "1")),
        ({0: 0.0, 1: 1.0}, {0: "refused", 1: "granted"}, ("0", "1")),
    ],
)
def test_classes_are_matched_with_outcomes_by_code_label_or_truth(tmp_path, classes, outcomes, wanted):
    from sklearn.linear_model import LogisticRegression

    frame, target = rows(), target_of(rows())
    fitted = LogisticRegression(max_iter=500).fit(frame, target.map(classes))
    path = skops_of(tmp_path, fitted, frame, target, **({"outcomes": outcomes} if outcomes else {}))
    if wanted is None:
        assert problem_of(path).code == "model_classes_unknown"
    else:
        assert loaded(path)[1].classes == wanted


def test_positions_of_a_label_encoder_mean_the_sorted_outcomes(tmp_path):
    from sklearn.linear_model import LogisticRegression

    frame, target = rows(), target_of(rows())
    fitted = LogisticRegression(max_iter=500).fit(frame, target)
    words = target.map({0: "bad", 1: "good"})
    model = loaded(skops_of(tmp_path, fitted, frame, words, outcomes={"good": "fine", "bad": "poor"}))[1]
    assert model.classes == ("bad", "good") and model.notes["class_order_assumed"]


def test_a_margin_without_probabilities_keeps_the_decision_and_is_marked(tmp_path):
    from sklearn.preprocessing import StandardScaler
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import SVC

    frame, target = rows(), target_of(rows())
    fitted = make_pipeline(StandardScaler(), SVC()).fit(frame, target)
    domain, model = loaded(skops_of(tmp_path, fitted, frame, target))
    found = model.predict(domain.frame)
    assert (found.argmax(axis=1) == fitted.predict(frame)).all()
    assert np.allclose(np.log(found[:, 1] / found[:, 0]), fitted.decision_function(frame), atol=1e-9)
    assert model.notes["probabilities"] == "margin"


def test_regressor_for_outcomes_and_classifier_for_a_number_are_told(tmp_path):
    from sklearn.linear_model import LinearRegression, LogisticRegression

    frame = rows()
    assert (
        problem_of(skops_of(tmp_path, LinearRegression().fit(frame, target_of(frame)), frame, target_of(frame))).code
        == "model_is_regressor"
    )
    classifier = LogisticRegression(max_iter=500).fit(frame, target_of(frame))
    assert problem_of(skops_of(tmp_path, classifier, frame, target_of(frame, 0), unit="points")).code == "model_is_classifier"


@pytest.mark.parametrize("kinds", [2, 0])
def test_a_model_that_predicts_several_things_is_told(tmp_path, kinds):
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from skops.io import dump

    frame = rows()
    target = target_of(frame, kinds)
    model = (RandomForestClassifier if kinds else RandomForestRegressor)(3).fit(frame, np.column_stack([target, target]))
    dump(model, folder_for(tmp_path / "d", frame, target, "model.skops", **({} if kinds else {"unit": "points"})))
    problem = problem_of(tmp_path / "d")
    assert problem.code == "model_several_outputs" and problem.facts["count"] == 2


def test_a_model_that_cannot_take_missing_values_says_what_is_wrong(tmp_path):
    from sklearn.linear_model import LogisticRegression

    frame, target = rows(), target_of(rows())
    fitted = LogisticRegression(max_iter=500).fit(frame, target)
    holes = frame.assign(age=frame["age"].astype(float).mask(frame.index == 1))
    found = problem_of(skops_of(tmp_path, fitted, holes, target))
    assert found.code == "model_fails_on_rows" and "NaN" in found.facts["reason"]


def test_an_xgboost_ranking_objective_is_told(tmp_path):
    import xgboost

    frame, target = rows(), target_of(rows())
    data = xgboost.DMatrix(frame, target, group=[len(frame)])
    booster = xgboost.train({"objective": "rank:pairwise"}, data, 2)
    booster.save_model(folder_for(tmp_path / "d", frame, target, "model.json"))
    assert problem_of(tmp_path / "d").code == "model_objective_unknown"


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    import sys

    frame = rows()
    folder_for(tmp_path / "d", frame, target_of(frame), "model.cbm").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "catboost", None)
    found = problem_of(tmp_path / "d")
    assert (found.code, found.facts["library"]) == ("library_missing", "catboost")


def test_without_a_model_one_is_trained_once_and_kept(tmp_path, monkeypatch):
    from explainers import loading

    frame = rows(text=True)
    folder_for(tmp_path / "d", frame, target_of(frame), "unused")
    (tmp_path / "d" / "domain.yaml").write_text(json.dumps({"data": "rows.csv", "target": "y"}), encoding="utf-8")
    monkeypatch.setattr(loading, "VAR", tmp_path / "var")
    domain, first = loaded(tmp_path / "d")
    kept = list((tmp_path / "var" / "models").iterdir())
    changed = kept[0].stat().st_mtime_ns
    again = loaded(tmp_path / "d")[1]
    assert first.origin == "trained" and len(kept) == 1 and kept[0].stat().st_mtime_ns == changed
    assert np.array_equal(first.predict(domain.frame), again.predict(domain.frame))
