"""Files and functions that run code when they are opened: pickle, joblib, module:function. Only with an explicit trust."""
import importlib
import importlib.util
import sys

from explainers.errors import ModelProblem
from explainers.models import Parts
from explainers.models.fitting import as_probabilities, in_order
from explainers.models.scikit import parts_of

ENDINGS = (".pkl", ".pickle", ".joblib", ":")
NEEDS_TRUST = True


def read(path, domain):
    if path.is_file():
        return _from_pickle(path, domain)
    return _from_module(*path.name.split(":"), domain)


def _from_pickle(path, domain):
    import joblib
    try:
        estimator = joblib.load(path)
    except Exception as error:
        raise ModelProblem("model_unreadable", file=path.name, reason=" ".join(str(error).split())[:200]) from error
    return parts_of(estimator, domain) if hasattr(estimator, "predict") else _from_function(estimator, domain, "pickle")


def _from_module(module_name, name, domain):
    """`scoring:predict` is looked for in the domain's folder first, then among the installed modules.

    A function takes a data frame of the raw features and gives n x k probabilities in the order of the sorted outcome
    codes, n probabilities of the second of two, or n values of a regression.
    """
    file = domain.path / (module_name.replace(".", "/") + ".py")
    try:
        if file.is_file():
            spec = importlib.util.spec_from_file_location(module_name, file)
            module = importlib.util.module_from_spec(spec)
            sys.modules[module_name] = module
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(module_name)
        found = module
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, SyntaxError, NameError) as error:
        raise ModelProblem("model_function_missing", module=module_name,
                           function=name, reason=str(error)[:200]) from error
    if hasattr(found, "predict") and not isinstance(found, type):
        return parts_of(found, domain)
    return _from_function(found, domain, f"{module_name}:{name}")


def _from_function(function, domain, name):
    if not callable(function):
        raise ModelProblem("model_function_missing", module="the file", function=name, reason="it is no function")
    notes = {"family": "function", "estimator": name, "features": len(domain.features), "class_order_assumed": not domain.regression,
             "probabilities": "own"}
    call = function if domain.regression else lambda frame: as_probabilities(function(frame))
    codes = () if domain.regression else in_order(domain)
    return Parts(function, codes, tuple(domain.features), call, name, notes)
