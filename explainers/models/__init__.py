"""Model files, one reader a format; a format is found by its ending.

A reader is a file in this folder with
    ENDINGS         file endings it reads, as in (".json", ".ubj")
    NEEDS_TRUST     True where opening the file can run code from it
    read(path, domain)    -> (estimator, classes, features, call, library, notes), see `Parts`
"""
import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Callable


@dataclass(frozen=True)
class Parts:
    """What a reader hands back; the rest of a Model is filled in by explainers/loading.py.

    classes     outcome codes in the order of the probability columns; empty for a regression
    features    the raw columns that the estimator takes, in its order
    call        frame of these columns -> n x k probabilities or n values
    """
    estimator: Any
    classes: tuple[str, ...]
    features: tuple[str, ...]
    call: Callable
    library: str
    notes: dict = field(default_factory=dict)


@lru_cache
def readers():
    """file ending -> reader module."""
    found = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        found.update(dict.fromkeys(getattr(module, "ENDINGS", ()), module))
    return found
