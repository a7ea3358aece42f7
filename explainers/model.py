"""The model behind a domain: loaded without running code from its file, asked with raw rows.

    model.predict(frame)    n_rows x n_outcomes probabilities, or n_rows values of a regression
"""
from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np

KEPT = 16        # single rows whose answers are kept


@dataclass(eq=False)
class Model:
    """A fitted model.

    estimator   the object itself (a scikit-learn Pipeline, a booster, a function); explainers look into it
    classes     outcome codes (strings) in the order of the probability columns; empty for a regression
    call        raw frame -> n x k array of probabilities or n values; columns in the order of `features`
    origin      "file", "trained" (made here because the domain names no model)
    """
    estimator: Any
    classes: tuple[str, ...]
    features: tuple[str, ...]
    call: Callable
    hash: str
    library: str
    origin: str = "file"
    calls: int = 0
    rows_scored: int = 0
    notes: dict = field(default_factory=dict)
    _recent: dict = field(default_factory=dict, repr=False)

    @property
    def regression(self):
        return not self.classes

    def predict(self, frame):
        """n_rows x n_outcomes probabilities (rows add up to 1), or n_rows values of a regression."""
        if not len(frame):
            return np.zeros((0, len(self.classes)) if self.classes else 0)
        frame = frame[list(self.features)]
        return self._ask(frame) if len(frame) > 1 else self._ask_once(frame)

    def _ask(self, frame):
        self.calls += 1
        self.rows_scored += len(frame)
        return np.asarray(self.call(frame), dtype=float)

    def _ask_once(self, frame):
        """One row: several explainers ask for the same one in turn, so the last few answers are kept."""
        key = _key(frame)
        if key not in self._recent:
            self._keep(key, self._ask(frame))
        return self._recent[key].copy()

    def _keep(self, key, answer):
        if len(self._recent) >= KEPT:
            self._recent.clear()
        self._recent[key] = answer

    def recalled(self, frame):
        """The answer to a one-row frame where it was asked for lately, else None."""
        found = self._recent.get(_key(frame[list(self.features)]))
        return None if found is None else found.copy()

    def remember(self, frame, answer):
        """Keep what the model itself says of a one-row frame, where it was asked in another way than by `predict`."""
        self._keep(_key(frame[list(self.features)]), np.array(answer, dtype=float))

    def score(self, frame, outcome=None):
        """n_rows: the probability of `outcome`, or the value of a regression."""
        predicted = self.predict(frame)
        return predicted if self.regression else predicted[:, self.classes.index(outcome)]


def _key(frame):
    return tuple((type(value), value) for value in frame.iloc[0])
