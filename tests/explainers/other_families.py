"""Families that come as files of their own: fitted (or written by hand) into a domain folder, and opened from there."""
import numpy as np

from explainers.workspace import Workspace
from tests.explainers.onnx_by_hand import linear
from tests.explainers.test_text_categories import as_categories, by_booster, by_save, lightgbm_model, xgboost_model
from tests.explainers.toy import domain_of, table

LEAVES, COALITIONS = "exact Shapley values from the leaves of the trees", "exact Shapley values over all coalitions"
NUMBERS = {"ignore": ["job"], "features": {"grade": {"type": "number"}}}


def catboost_file(folder, outcomes, **settings):
    import catboost
    kind = catboost.CatBoostClassifier if outcomes else catboost.CatBoostRegressor
    model = kind(iterations=20, depth=4, verbose=0, allow_writing_files=False, random_seed=0, **settings)
    return _opened(folder, outcomes, "model.cbm", True, lambda rows, target, path: (
        model.fit(rows, target, cat_features=["job", "grade"]), model.save_model(str(path))))


def with_text(folder, make, save, file, outcomes=2):
    return _opened(folder, outcomes, file, True, lambda rows, target, path: save(make().fit(as_categories(rows), target), path))


def keras_network(folder, outcomes=2):
    import os
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras

    def write(rows, target, path):
        scale = 1 / rows.to_numpy(dtype=float).std(axis=0)
        random = np.random.default_rng(0)
        network = keras.Sequential([keras.Input((6,)), keras.layers.Rescaling(list(scale)), keras.layers.Dense(5, "tanh"),
                                    keras.layers.Dense(1, "sigmoid")])
        network.set_weights([random.normal(0, 0.7, weights.shape) for weights in network.get_weights()])
        network.save(path)
    return _opened(folder, outcomes, "model.keras", False, write, **NUMBERS)


def onnx_file(folder, outcomes=2):
    weights = [[0.05], [-0.0005], [0.3], [0.4], [0.8], [-0.6]]
    return _opened(folder, outcomes, "model.onnx", False,
                   lambda rows, target, path: path.write_bytes(linear(weights, [-1.0], "Sigmoid")), **NUMBERS)


def python_function(folder, outcomes=2):
    (folder / "toy").mkdir(parents=True, exist_ok=True)
    (folder / "toy" / "rating_of_a_bank.py").write_text(
        "def rate(frame):\n"
        "    points = (frame['age'].fillna(40) - 40) / 30\n"
        "    points = points + (frame['job'] == 'pilot') * frame['owner'] - frame['amount'].fillna(0) / 5000\n"
        "    return 1 / (1 + 2.718281828 ** -points)\n", encoding="utf-8")
    return _opened(folder, outcomes, "rating_of_a_bank:rate", True, lambda rows, target, path: None)


def _opened(folder, outcomes, file, missing, write, **more):
    rows = table(outcomes=outcomes, missing=missing)
    domain = domain_of(folder / "toy", rows, outcomes, **more)
    target = domain.train_target if domain.regression else domain.train_target.astype(int)
    write(domain.train, target, folder / "toy" / file)
    return Workspace(domain_of(folder / "toy", rows, outcomes, model=file, **more), trust=True)


# name: (folder -> Workspace, the way it is explained, largest error)
OTHERS = {
    "XGBoost file, text categories": (lambda folder: with_text(folder, lambda: xgboost_model("XGBClassifier"), by_save, "m.json"),
                                      LEAVES, 1e-5),
    "LightGBM file, text categories": (lambda folder: with_text(folder, lambda: lightgbm_model("LGBMClassifier"), by_booster, "m.txt"),
                                       LEAVES, 1e-6),
    "CatBoost": (lambda folder: catboost_file(folder, 2), LEAVES, 1e-6),
    "CatBoost, three outcomes": (lambda folder: catboost_file(folder, 3, one_hot_max_size=9), LEAVES, 1e-6),
    "CatBoost, regression": (lambda folder: catboost_file(folder, 0, one_hot_max_size=9), LEAVES, 1e-6),
    "Keras network": (keras_network, COALITIONS, 1e-5),
    "ONNX file": (onnx_file, COALITIONS, 1e-5),
    "Python function": (python_function, COALITIONS, 1e-6),
}
