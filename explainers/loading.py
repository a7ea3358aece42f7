"""A model file -> Model, without running code from the file; a model is trained where the domain names none."""
import hashlib
import os
from pathlib import Path

import numpy as np

from explainers.errors import ModelProblem
from explainers.model import Model

VAR = Path(os.environ.get("BECAUSE_VAR") or Path(__file__).resolve().parent.parent / "var")
TRUSTED = ["numpy.dtype", "sklearn.tree._tree.Tree", "sklearn._loss.link.Interval", "sklearn._loss.link.LogitLink",
           "sklearn._loss.link.MultinomialLogit", "sklearn._loss.link.IdentityLink", "sklearn._loss.loss.HalfBinomialLoss",
           "sklearn._loss.loss.HalfMultinomialLoss", "sklearn._loss.loss.HalfSquaredError",
           "sklearn._loss._loss.CyHalfBinomialLoss", "sklearn._loss._loss.CyHalfMultinomialLoss",
           "sklearn._loss._loss.CyHalfSquaredError", "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
           "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
           "sklearn.preprocessing._function_transformer.FunctionTransformer"]


def load_model(domain, trust=False):
    """The domain's model; raises ModelProblem where the file is missing, unknown or not to be trusted."""
    if domain.file.model is None:
        return _trained(domain)
    path = domain.path / domain.file.model
    if not path.is_file():
        raise ModelProblem("model_missing", file=str(path))
    return from_estimator(_read(path), domain, _hash(path.read_bytes()))


def _read(path):
    if path.suffix == ".skops":
        from skops.io import load
        return load(path, trusted=TRUSTED)
    raise ModelProblem("model_kind_unknown", file=str(path))


def _trained(domain):
    from skops.io import dumps, loads
    from explainers.training import fit
    path = VAR / "models" / f"{domain.name}-{domain.data_hash}.skops"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(dumps(fit(domain)))
        fresh.replace(path)
    return from_estimator(_read(path), domain, _hash(path.read_bytes()), origin="trained")


def _hash(data):
    return hashlib.sha256(data).hexdigest()[:16]


def from_estimator(estimator, domain, digest, origin="file"):
    """A fitted scikit-learn estimator that takes raw rows -> Model."""
    import sklearn
    classes = () if domain.regression else tuple(str(code) for code in estimator.classes_)
    call = estimator.predict if domain.regression else estimator.predict_proba
    return Model(estimator, classes, tuple(domain.features), call, digest, f"scikit-learn {sklearn.__version__}", origin)
