"""A model file -> Model, without running code from the file; a model is trained where the domain names none."""
import hashlib
import os
import re
import sys
from pathlib import Path

from explainers.errors import ModelProblem
from explainers.kept import whole
from explainers.model import Model
from explainers.models import readers
from explainers.models.fitting import check, guarded

VAR = Path(os.environ.get("BECAUSE_VAR") or Path(__file__).resolve().parent.parent / "var")
FUNCTION = r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*"


def load_model(domain, trust=False):
    """The domain's model; raises ModelProblem where the file is missing, unknown, unfit or not to be trusted.

    trust: also open files that can run code (pickle, joblib, module:function).
    """
    name = domain.file.model
    if name is None:
        return _trained(domain)
    path = domain.path / name
    is_function = not path.is_file() and re.fullmatch(FUNCTION, name)
    reader = readers().get(":" if is_function else path.suffix.lower())
    if reader is None:
        raise ModelProblem("model_kind_unknown", file=name, known=", ".join(sorted(set(readers()) - {":"})))
    if not is_function and not path.is_file():
        raise ModelProblem("model_missing", file=str(path))
    if reader.NEEDS_TRUST and not trust:
        raise ModelProblem("model_needs_trust", file=name)
    return _model(reader.read(path, domain), domain, _hash(path, name), "file")


def _trained(domain):
    """The model that is fitted where the domain names none, kept in var/models for the next time."""
    from explainers.models.scikit import read
    path = VAR / "models" / f"{domain.name}-{domain.data_hash}-{_recipe()}.skops"
    if not path.is_file():
        from explainers.training import fit
        save(fit(domain), path)
    return _model(read(path, domain), domain, _hash(path, ""), "trained")


def _recipe():
    """Short hash of what else the fitted model depends on: how training is done, and the library's version."""
    import sklearn
    source = Path(__file__).with_name("training.py").read_bytes()
    return hashlib.sha256(source + sklearn.__version__.encode()).hexdigest()[:8]


def save(estimator, path):
    """Write a .skops file, whole or not at all, also when several processes do so at once."""
    import zipfile
    from skops.io import dumps
    with whole(path) as fresh:
        fresh.write_bytes(dumps(estimator, compression=zipfile.ZIP_DEFLATED, compresslevel=6))


def _hash(path, name):
    """Hash of the model file; of a function, hash of its module's file."""
    if not path.is_file():
        module = sys.modules.get(name.split(":")[0])
        path = Path(getattr(module, "__file__", None) or path)
        if not path.is_file():
            return hashlib.sha256(name.encode()).hexdigest()[:16]
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _model(parts, domain, digest, origin):
    model = Model(parts.estimator, parts.classes, parts.features, guarded(parts.call, parts.classes), digest, parts.library,
                  origin, notes=parts.notes)
    check(model, domain)
    return model


def from_estimator(estimator, domain, digest, origin="file"):
    """A fitted estimator with scikit-learn's interface -> Model."""
    from explainers.models.scikit import parts_of
    return _model(parts_of(estimator, domain), domain, digest, origin)
