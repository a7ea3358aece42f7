"""One row asked about several times in a row is computed once, and nobody can change what is kept."""
import numpy as np
import pandas as pd

from explainers.model import Model

CALLS = []


def model():
    def call(frame):
        CALLS.append(len(frame))
        return np.c_[1 - frame["a"] / 10, frame["a"] / 10]
    CALLS.clear()
    return Model(None, ("0", "1"), ("a", "b"), call, "hash", "library")


def frame(*pairs):
    return pd.DataFrame(pairs, columns=["a", "b"])


def test_the_same_row_is_asked_once():
    asked = model()
    for _ in range(3):
        assert asked.score(frame((3, "x")), "1")[0] == 0.3
    assert CALLS == [1] and asked.calls == 1
    assert asked.score(frame((4, "x")), "1")[0] == 0.4


def test_what_is_kept_cannot_be_changed_from_outside():
    asked = model()
    asked.predict(frame((3, "x")))[0, 1] = 99
    assert asked.predict(frame((3, "x")))[0, 1] == 0.3


def test_rows_that_differ_only_in_type_or_are_missing_are_asked_each():
    asked = model()
    for value in (1, 1.0, np.nan):
        asked.predict(frame((value, "1")))
    asked.predict(frame((1, 1)))
    assert len(CALLS) == 4


def test_many_rows_are_always_asked():
    asked = model()
    for _ in range(2):
        asked.predict(frame((1, "x"), (2, "y")))
    assert CALLS == [2, 2]
