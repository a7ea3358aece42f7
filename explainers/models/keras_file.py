"""Keras files -> Parts. Needs the optional library keras and a backend for it; layers with code in them are refused."""
import os

import numpy as np

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.fitting import as_probabilities, columns_for, from_margins, in_order, library, numbers

ENDINGS = (".keras",)
NEEDS_TRUST = False


def read(path, domain):
    os.environ.setdefault("KERAS_BACKEND", _backend())
    keras = library("keras", "keras jax")
    try:
        network = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=" ".join(str(error).split())[:200]) from error
    features, feed = _feed(network, domain, path)
    ask = lambda frame: np.asarray(network.predict_on_batch(feed(frame)), dtype=float)
    notes = {"family": "neural_network", "estimator": type(network).__name__, "features": len(features),
             "parameters": int(network.count_params())}
    name = f"keras {keras.__version__}"
    if domain.regression:
        return Parts(network, (), features, lambda frame: ask(frame).reshape(len(frame), -1)[:, 0], name, notes)
    width = int(network.outputs[0].shape[-1])
    margins = getattr(getattr(network.layers[-1], "activation", None), "__name__", "") == "linear"
    finish = from_margins if margins else as_probabilities
    return Parts(network, in_order(domain, max(width, 2)), features, lambda frame: finish(ask(frame)), name,
                 {**notes, "class_order_assumed": True, "probabilities": "margin" if margins else "own"})


def _backend():
    """A backend that is installed, the lightest first."""
    from importlib.util import find_spec
    return next((name for name in ("jax", "torch", "tensorflow") if find_spec(name)), "jax")


def _feed(network, domain, path):
    if len(network.inputs) == 1:
        width = network.inputs[0].shape[-1]
        features = columns_for(None, width, domain)
        return features, lambda frame: numbers(frame).astype("float32")
    names = [given.name.split(":")[0] for given in network.inputs]
    try:
        features = columns_for(names, None, domain)
    except ModelProblem as problem:
        raise ModelProblem("model_inputs_unknown", file=path.name, count=len(domain.features),
                           inputs=", ".join(names[:8])) from problem
    return features, lambda frame: {name: numbers(frame[[column]]).astype("float32") for name, column in zip(names, features)}
