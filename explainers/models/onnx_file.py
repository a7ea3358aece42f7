"""ONNX files -> Parts. One tensor with all features, or one input for each column; probabilities (tensor or maps) or values out."""
import numpy as np

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.fitting import classes_for, columns_for, in_order, library, numbers, squashed

ENDINGS = (".onnx",)
NEEDS_TRUST = False
TYPES = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(int32)": np.int32,
         "tensor(bool)": np.bool_, "tensor(string)": object}


def read(path, domain):
    runtime = library("onnxruntime")
    try:
        options = runtime.SessionOptions()
        options.log_severity_level = 4
        session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=" ".join(str(error).split())[:200]) from error
    features, feed = _feed(session, domain, path)
    output, maps = _output(session, domain)
    ask = lambda frame: session.run([output], feed(frame))[0]
    notes = {"family": "onnx", "estimator": "onnxruntime.InferenceSession", "features": len(features),
             "inputs": [given.name for given in session.get_inputs()], "output": output}
    library_name = f"onnxruntime {runtime.__version__}"
    if domain.regression:
        return Parts(session, (), features, lambda frame: np.asarray(ask(frame), dtype=float).reshape(len(frame), -1)[:, 0],
                     library_name, notes)
    if maps:
        keys = list(ask(domain.frame[list(features)].head(1))[0])
        codes, assumed = classes_for(keys, domain)
        call = lambda frame: np.array([[row[key] for key in keys] for row in ask(frame)])
        return Parts(session, codes, features, call, library_name, {**notes, "class_order_assumed": assumed, "probabilities": "own"})
    call, margins = squashed(ask, domain, features)
    codes = in_order(domain, call(domain.frame[list(features)].head(1)).shape[1])
    return Parts(session, codes, features, call, library_name,
                 {**notes, "class_order_assumed": True, "probabilities": "margin" if margins else "own"})


def _feed(session, domain, path):
    """(columns, function frame -> inputs)."""
    inputs = session.get_inputs()
    if len(inputs) == 1:
        width = inputs[0].shape[-1] if len(inputs[0].shape) == 2 and isinstance(inputs[0].shape[-1], int) else None
        if not (width == 1 and len(domain.features) > 1):
            features = columns_for(None, width, domain)
            kind = TYPES.get(inputs[0].type, np.float32)
            return features, lambda frame: {inputs[0].name: _tensor(frame, kind)}
    try:
        features = columns_for([given.name for given in inputs], None, domain)
    except ModelProblem as problem:
        raise ModelProblem("model_inputs_unknown", file=path.name, count=len(domain.features),
                           inputs=", ".join(given.name for given in inputs[:8])) from problem
    return features, lambda frame: {given.name: _tensor(frame[[name]], TYPES.get(given.type, np.float32))
                                    for given, name in zip(inputs, features)}


def _tensor(frame, kind):
    if kind is object:
        return frame.astype(object).to_numpy().astype(str).astype(object)
    values = numbers(frame)
    return values.astype(kind)


def _output(session, domain):
    """(name of the output that holds probabilities or values, whether it holds one map a row)."""
    outputs = session.get_outputs()
    maps = [given for given in outputs if given.type.startswith("seq(map")]
    if maps and not domain.regression:
        return maps[0].name, True
    floats = [given for given in outputs if given.type in ("tensor(float)", "tensor(double)")]
    if not floats:
        raise ModelProblem(
            "model_is_classifier" if domain.regression else "model_answer_no_probabilities", estimator="ONNX", value=0)
    named = [given for given in floats if "prob" in given.name.lower()]
    return (named or floats)[0].name, False
