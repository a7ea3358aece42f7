"""The kinds of relation between features, ready to be asked of many candidates at once."""
import ast
import operator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.conditions import mask

COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq, "==": operator.eq}
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Expression:
    """Arithmetic over features: `values(columns)` -> n_rows floats."""
    text: str
    tree: ast.AST
    names: dict           # placeholder in the tree: feature
    readers: dict         # feature -> function from raw array to floats

    @property
    def features(self):
        return tuple(dict.fromkeys(self.names.values()))

    def values(self, columns):
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._value(self.tree, columns)

    def _value(self, node, columns):
        if isinstance(node, ast.Constant):
            return float(node.value)
        if isinstance(node, ast.Name):
            feature = self.names[node.id]
            return self.readers[feature](columns[feature])
        if isinstance(node, ast.UnaryOp):
            return -self._value(node.operand, columns)
        return ARITHMETIC[type(node.op)](self._value(node.left, columns), self._value(node.right, columns))


@dataclass(frozen=True, eq=False)
class Inequality:
    text: str
    left: Expression
    sign: str
    right: Expression

    @property
    def features(self):
        return tuple(dict.fromkeys(self.left.features + self.right.features))

    def holds(self, columns, domain):
        left, right = self.left.values(columns), self.right.values(columns)
        slack = {"<=": TOLERANCE, ">=": -TOLERANCE}.get(self.sign, 0.0)
        met = COMPARE[self.sign](left, right + slack)
        return np.asarray(met | np.isnan(left) | np.isnan(right), dtype=bool)


@dataclass(frozen=True, eq=False)
class Conditional:
    """Where `when` is met, `then` must be."""
    text: str
    when: dict
    then: dict
    features: tuple

    def holds(self, columns, domain):
        frame = pd.DataFrame({name: columns[name] for name in self.features})
        return ~mask(self.when, domain, frame) | mask(self.then, domain, frame)


@dataclass(frozen=True, eq=False)
class Follow:
    """`feature` is worked out again from `expression` whenever one of its features changed."""
    text: str
    feature: str
    way: str
    expression: Expression
    bands: dict | None = None      # raw code -> (low, high)

    @property
    def features(self):
        return self.expression.features

    def values(self, columns, before, domain):
        """Raw values of the feature; `columns` n_rows, `before` one row, both feature -> array. NaN where impossible."""
        after, now = self.expression.values(columns), self.expression.values(before)[0]
        feature = domain.features[self.feature]
        if self.way == "as":
            return _rounded(after, feature)
        own = before[self.feature][0]
        if self.bands is not None:
            return self._banded(after / now, own)
        own = float(own)
        return _rounded(own * after / now if self.way == "in_proportion_to" else own + after - now, feature)

    def _banded(self, ratio, own):
        low, high = self.bands[own] if own in self.bands else (np.nan, np.nan)
        amount = (low + high) / 2 * ratio
        order = sorted(self.bands, key=lambda code: self.bands[code][0])
        starts = np.array([self.bands[code][0] for code in order])
        position = np.clip(np.searchsorted(starts, np.nan_to_num(amount, nan=-np.inf), side="right") - 1, 0, len(order) - 1)
        found = np.array(order, dtype=object)[position]
        return np.where(np.isfinite(amount) & (np.abs(ratio - 1) > TOLERANCE), found, own)


def _rounded(values, feature):
    values = np.asarray(values, dtype=float)
    if feature.type != "number":
        values = np.round(values)
        known = {float(raw) for raw in feature.codes.values()}
        return np.where(np.isin(values, list(known)), values, np.nan)
    step = feature.step or 1.0
    values = np.round(values / step) * step
    values = np.round(values, 10)
    outside = np.zeros(len(values), dtype=bool)
    if feature.min is not None:
        outside |= values < feature.min - TOLERANCE
    if feature.max is not None:
        outside |= values > feature.max + TOLERANCE
    return np.where(outside, np.nan, values)


@dataclass(frozen=True, eq=False)
class Relations:
    """All relations of a domain: `rules` must hold, `follows` are worked out in the order written."""
    rules: tuple = ()
    follows: tuple = ()

    @property
    def followed(self):
        """Names of the features that follow from others and so are not changed by themselves."""
        return {follow.feature for follow in self.follows}

    def follow(self, columns, before, domain):
        """`columns` (feature -> n_rows raw values) with what follows worked out; `before` holds the row as it was.

        Returns (columns, n_rows booleans: is every followed value possible).
        """
        possible = np.ones(len(next(iter(columns.values()))), dtype=bool)
        for follow in self.follows:
            changed = _changed(columns, before, follow.features)
            if changed.any():
                values = follow.values(columns, before, domain)
                own = columns[follow.feature]
                missing = pd.isna(values)
                possible &= ~(missing & changed)
                values = np.where(changed & ~missing, values, own)
                columns = {**columns, follow.feature: values.astype(own.dtype) if _fits(values, own.dtype) else values}
        return columns, possible

    def hold(self, columns, before, domain):
        """n_rows: True where every rule holds, see the function of the same name."""
        return hold(self.rules, columns, before, domain)


def hold(rules, columns, before, domain):
    """n_rows: True where every rule holds, or was broken before and nothing that it speaks of has changed."""
    met = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for rule in rules:
        now = rule.holds(columns, domain)
        if not now.all():
            now = now | ~_changed(columns, before, rule.features)
        met &= now
    return met


def _fits(values, dtype):
    if dtype.kind in "iu":
        return bool(np.all(np.asarray(values, dtype=float) == np.round(np.asarray(values, dtype=float))))
    return dtype.kind == "f"


def _changed(columns, before, features):
    changed = np.zeros(len(next(iter(columns.values()))), dtype=bool)
    for name in features:
        own = before[name][0]
        changed |= (columns[name] != own) & ~(pd.isna(columns[name]) & pd.isna(own))
    return changed
