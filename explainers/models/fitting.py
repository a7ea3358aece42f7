"""Does a model fit the domain? Its columns, its classes and the shape of its answers, each told in one problem if not."""
import importlib
import re

import numpy as np
import pandas as pd

from explainers.columns import natural
from explainers.errors import ModelProblem
from explainers.feature import FALSE_WORDS, TRUE_WORDS, text_of

SAMPLE = 20
ROUNDING = 1e-3


def library(name, package=None):
    """An optional library, or a ModelProblem that names what to install."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ModelProblem("library_missing", library=package or name.split(".")[0]) from error


def columns_for(names, count, domain):
    """The domain's columns that a model takes, in its order.

    names: the columns that the model was fitted on, None where it does not know; count: how many, None likewise.
    Spaces that a library turned into underscores are the same.
    """
    own = list(domain.features)
    if names is None or len(names) == 0:
        if count is not None and count != len(own):
            raise ModelProblem("model_columns_count", wanted=int(count), given=len(own))
        return tuple(own)
    simple = {}
    for name in own:
        simple.setdefault(_simple(name), name)
    found = [str(name) if str(name) in domain.features else simple.get(_simple(name)) for name in names]
    missing = [str(name) for name, column in zip(names, found) if column is None]
    if missing:
        raise ModelProblem("model_columns_missing", missing=", ".join(missing[:5]), count=len(missing))
    return tuple(found)


def _simple(name):
    return re.sub(r"\W+", "_", str(name)).lower()


def classes_for(classes, domain):
    """(outcome codes in the order of the model's classes, whether that order was assumed).

    The model's classes may be the codes themselves, the outcomes' labels, true and false for a yes/no target, or the
    positions 0 to k-1 of the sorted codes, as label encoders number them.
    """
    outcomes = domain.outcomes
    codes = [text_of(found) for found in classes]
    if all(code in outcomes for code in codes):
        return tuple(codes), False
    by_label = {label.lower(): code for code, label in outcomes.items()}
    if all(code.lower() in by_label for code in codes):
        return tuple(by_label[code.lower()] for code in codes), False
    yes_no = _yes_no(outcomes)
    if yes_no and all(code.lower() in yes_no for code in codes):
        return tuple(yes_no[code.lower()] for code in codes), False
    if codes == [str(number) for number in range(len(outcomes))]:
        return in_order(domain), True
    raise ModelProblem("model_classes_unknown", classes=", ".join(codes[:10]), known=", ".join(outcomes))


def _yes_no(outcomes):
    """yes and no words -> code, where the outcomes are a yes and a no."""
    true = [code for code in outcomes if code.lower() in TRUE_WORDS]
    false = [code for code in outcomes if code.lower() in FALSE_WORDS]
    if len(true) != 1 or len(false) != 1 or len(outcomes) != 2:
        return {}
    return {**dict.fromkeys(TRUE_WORDS, true[0]), **dict.fromkeys(FALSE_WORDS, false[0])}


def in_order(domain, count=None):
    """Outcome codes as a library numbers classes that it does not name: sorted, numbers by size."""
    codes = tuple(sorted(domain.outcomes, key=natural))
    if count is not None and count != len(codes):
        raise ModelProblem("model_classes_count", given=int(count), wanted=len(codes), known=", ".join(domain.outcomes))
    return codes


def as_probabilities(raw):
    """n x k from n x k, or from n (or n x 1) probabilities of the second of two classes."""
    raw = np.asarray(raw, dtype=float)
    raw = raw[:, 0] if raw.ndim == 2 and raw.shape[1] == 1 else raw
    return np.column_stack([1 - raw, raw]) if raw.ndim == 1 else raw


def softmax(margins):
    shifted = np.exp(margins - margins.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def sigmoid(margins):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(margins, dtype=float)))


def from_margins(margins):
    """Probabilities from log-odds (n, or n x 1) or from n x k unnormalised log-probabilities."""
    margins = np.asarray(margins, dtype=float)
    margins = margins[:, 0] if margins.ndim == 2 and margins.shape[1] == 1 else margins
    return as_probabilities(sigmoid(margins)) if margins.ndim == 1 else softmax(margins)


def squashed(call, domain, features):
    """(call that gives probabilities, whether it had to be squashed): an output with values outside [0, 1], or rows that
    do not add up to 1, holds margins. Judged on up to 1,000 rows."""
    raw = np.asarray(call(domain.frame[list(features)].head(1000)), dtype=float)
    flat = raw.reshape(len(raw), -1)
    inside = flat.min() >= -1e-6 and flat.max() <= 1 + 1e-6
    sums = flat.shape[1] == 1 or np.abs(flat.sum(axis=1) - 1).max() <= ROUNDING
    if inside and sums:
        return lambda frame: as_probabilities(call(frame)), False
    return lambda frame: from_margins(call(frame)), True


def numbers(frame):
    """n x p floats; ModelProblem for a column of words, which a model without an encoder cannot take."""
    for name in frame.columns:
        if not (pd.api.types.is_numeric_dtype(frame[name]) or _all_numbers(frame[name])):
            raise ModelProblem("model_needs_numbers", column=name)
    return frame.to_numpy(dtype=float, na_value=np.nan)


def _all_numbers(column):
    return column.dtype == object and column.dropna().map(lambda value: isinstance(value, (bool, int, float, np.number))).all()


def guarded(call, classes):
    """`call`, with whatever the library complains about told as a ModelProblem, and the shape of its answer checked."""
    def checked(frame):
        try:
            found = np.asarray(call(frame), dtype=float)
        except ModelProblem:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ModelProblem("model_fails_on_rows", reason=reason) from error
        wanted = (len(frame), len(classes)) if classes else (len(frame),)
        if not classes and found.ndim == 2 and found.shape[1] == 1:
            found = found[:, 0]
        if found.shape != wanted:
            given, asked = (" x ".join(map(str, shape)) for shape in (found.shape, wanted))
            raise ModelProblem("model_answer_shape", given=given, wanted=asked)
        return found
    return checked


def check(model, domain):
    """Ask the model about some rows; ModelProblem where the answers are no probabilities or no numbers."""
    rows = (domain.cases if len(domain.cases) else domain.frame).head(SAMPLE)
    found = np.asarray(model.call(rows[list(model.features)]), dtype=float)
    if not np.isfinite(found).all():
        raise ModelProblem("model_answer_not_finite")
    if model.classes and (found.min() < -ROUNDING or np.abs(found.sum(axis=1) - 1).max() > ROUNDING):
        raise ModelProblem("model_answer_no_probabilities", value=round(float(found[0].sum()), 3))
