"""One column of the data as people speak of it, and how values that people write become codes of the data."""
from dataclasses import dataclass
from typing import Any, Mapping

import numpy as np
import pandas as pd

from explainers.errors import InputProblem

TRUE_WORDS = {"1", "1.0", "true", "yes", "y", "t"}
FALSE_WORDS = {"0", "0.0", "false", "no", "n", "f"}


@dataclass(frozen=True)
class Feature:
    """One column that the model sees, as people speak of it.

    values       code (as text) -> name, in the written order; empty for a number
    low, high    smallest and largest observed value of a number (all rows)
    min, max     limits that hold in the world (None: none given)
    step         smallest meaningful difference of a number
    true, false  raw codes of a yes/no feature
    """
    name: str
    type: str
    label: str
    description: str | None = None
    unit: str | None = None
    synonyms: tuple[str, ...] = ()
    values: Mapping[str, str] = None
    value_synonyms: Mapping[str, tuple[str, ...]] = None
    phrases: Mapping[str, str] = None
    codes: Mapping[str, Any] = None
    ordered: bool = False
    immutable: bool = False
    why_immutable: str | None = None
    sensitive: bool = False
    implausible: str | None = None
    change: str = "any"
    transitions: Mapping[str, tuple[str, ...]] | None = None
    step: float | None = None
    whole: bool = False
    min: float | None = None
    max: float | None = None
    low: float | None = None
    high: float | None = None
    monotone: str | None = None
    true: Any = None
    false: Any = None

    def read(self, value):
        """A value from a Query, a person or a file -> the raw code that the model's column holds.

        Raises InputProblem for a category that does not exist or a number out of the world's limits.
        None and NaN mean missing and stay so.
        """
        if value is None or value is pd.NA or (isinstance(value, (float, np.floating)) and np.isnan(value)):
            return np.nan
        if self.type == "number":
            return self._read_number(value)
        if self.type == "yes_no":
            return self._read_yes_no(value)
        code = self.code(value)
        if code is None:
            raise InputProblem("unknown_value", feature=self.name, label=self.label, value=str(value)[:60],
                               known="; ".join(self.values.values()))
        return self.codes[code]

    def _read_number(self, value):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("inf")
        if not np.isfinite(number) or isinstance(value, (bool, np.bool_)):
            raise InputProblem("not_a_number", feature=self.name, label=self.label, value=str(value)[:60])
        if (self.min is not None and number < self.min) or (self.max is not None and number > self.max):
            raise InputProblem("out_of_limits", feature=self.name, label=self.label, value=number,
                               min=self.min, max=self.max, unit=self.unit)
        return int(number) if self.whole and number.is_integer() else number

    def _read_yes_no(self, value):
        """true/false and the data's own codes come before the words, so that a code 1 that means no stays no."""
        if isinstance(value, (bool, np.bool_)):
            return self.true if value else self.false
        text = text_of(value).lower()
        for raw in (self.true, self.false):
            if text == text_of(raw).lower():
                return raw
        for raw, name, words in ((self.true, self.values["true"], TRUE_WORDS), (self.false, self.values["false"], FALSE_WORDS)):
            if text in words or text == name.lower():
                return raw
        raise InputProblem("not_yes_or_no", feature=self.name, label=self.label, value=str(value)[:60])

    def code(self, value):
        """The code (as text) that `value` (a code, a value's name or a synonym of one) means; None if there is none."""
        text = text_of(value)
        if text in self.values:
            return text
        lowered = text.lower()
        for code, name in self.values.items():
            if lowered in (code.lower(), name.lower()):
                return code
        meant = [code for code, names in (self.value_synonyms or {}).items()
                 if lowered in (name.lower() for name in names)]
        return meant[0] if len(meant) == 1 else None

    def json(self, raw):
        """A raw value as JSON: number, true/false, code, or None where it is missing."""
        if raw is None or raw is pd.NA or (isinstance(raw, (float, np.floating)) and np.isnan(raw)):
            return None
        if self.type == "yes_no":
            return bool(raw == self.true)
        if isinstance(raw, (bool, np.bool_)):
            return bool(raw)
        if isinstance(raw, (int, np.integer)):
            return int(raw)
        if isinstance(raw, (float, np.floating)):
            return int(raw) if (self.whole or self.type == "category") and float(raw).is_integer() else float(raw)
        return raw


def text_of(code):
    """A code as text: 1.0 and 1 are "1", True is "true"."""
    if isinstance(code, (bool, np.bool_)):
        return str(bool(code)).lower()
    if isinstance(code, (float, np.floating)) and float(code).is_integer():
        code = int(code)
    return str(code).strip()
