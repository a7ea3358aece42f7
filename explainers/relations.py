"""Relations between features, from `relations:` in domain.yaml: what must hold in a changed case, or follows from a change.

    employment_years <= age - 15                             must hold: + - * / over numbers and codes, then <= < >= > =
    {when: COND, then: COND}                                 must hold: where the first is met, the second is too
    {follows: F, as: amount / duration}                      F is worked out from others
    {follows: F, in_proportion_to: amount / duration}        F grows and falls in the same proportion
    {follows: F, in_proportion_to: ..., bands: {1: [35, 50], 2: [25, 35]}}    the same for a category that stands for a range
    {follows: F, moves_with: age}                            F moves by the same amount

A category counts as its code where all its codes are numbers, else as its rank in the written order, from 0. Names that
are not plain words stand in backticks. See docs/counterfactuals.md.
"""
import ast
import operator
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainers.conditions import mask
from explainers.domain_file import line_of, read_yaml
from explainers.errors import DomainProblem, InputProblem
from explainers.feature import text_of

COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq, "==": operator.eq}
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
WAYS = ("as", "in_proportion_to", "moves_with")
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


def relations_of(workspace):
    """The relations of a workspace's domain, parsed once."""
    return workspace.prepared("relations", lambda: read_relations(workspace.domain))


def read_relations(domain):
    """Parse the domain's relations; raises DomainProblem with the line of a wrong one."""
    rules, follows = [], []
    for position, entry in enumerate(domain.file.relations):
        try:
            relation = _read(entry, domain)
        except InputProblem as problem:
            raise _wrong(domain, position, entry, problem.facts.get("reason") or _told(problem)) from problem
        (follows if isinstance(relation, Follow) else rules).append(relation)
    return Relations(tuple(rules), tuple(follows))


def _told(problem):
    return f"{problem.code.replace('_', ' ')}: " + ", ".join(f"{key} {value}" for key, value in problem.facts.items())


def _wrong(domain, position, entry, reason):
    path = domain.path / "domain.yaml"
    _, node = read_yaml(path)
    return DomainProblem("relation_wrong", relation=str(entry), reason=reason, file=str(path),
                         line=line_of(node, ("relations", position)))


def _bad(reason):
    return InputProblem("relation_wrong", reason=reason)


def _read(entry, domain):
    if isinstance(entry, str):
        return _inequality(entry, domain)
    if isinstance(entry, dict) and set(entry) == {"when", "then"}:
        return _conditional(entry, domain)
    if isinstance(entry, dict) and "follows" in entry:
        return _follow(entry, domain)
    raise _bad("it is neither an inequality, nor when and then, nor follows")


def _inequality(text, domain):
    parts = re.split(r"(<=|>=|==|<|>|=)", text)
    if len(parts) != 3:
        raise _bad("it needs exactly one of <=, <, >=, > and =")
    return Inequality(text, _expression(parts[0], domain), parts[1], _expression(parts[2], domain))


def _conditional(entry, domain):
    features = tuple(dict.fromkeys(_named(entry["when"]) + _named(entry["then"])))
    for name in features:
        domain.feature(name)
    relation = Conditional(str(entry), entry["when"], entry["then"], features)
    sample = domain.train.iloc[:1]
    relation.holds({name: sample[name].to_numpy() for name in features}, domain)
    return relation


def _named(condition):
    """Features that a condition speaks of."""
    if isinstance(condition, dict):
        if "feature" in condition:
            return (condition["feature"],)
        return sum((_named(part) for part in condition.values()), ())
    if isinstance(condition, list):
        return sum((_named(part) for part in condition), ())
    return ()


def _follow(entry, domain):
    ways = [way for way in WAYS if way in entry]
    if len(ways) != 1 or set(entry) - {"follows", "bands", ways[0]}:
        raise _bad(f"follows needs exactly one of {', '.join(WAYS)}, and bands at most besides")
    feature = domain.feature(entry["follows"])
    if feature.sensitive or feature.immutable:
        raise _bad(f"{feature.name} cannot follow, since it is fixed")
    expression = _expression(str(entry[ways[0]]), domain)
    if feature.name in expression.features:
        raise _bad(f"{feature.name} cannot follow from itself")
    bands = entry.get("bands")
    if feature.type == "number" and bands is not None:
        raise _bad("bands are for a category; a number needs none")
    if feature.type != "number" and ways[0] == "in_proportion_to" and bands is None:
        raise _bad("a category in proportion needs bands: for each code the range it stands for")
    if feature.type != "number" and bands is None and not _numeric(feature):
        raise _bad(f"the codes of {feature.name} are no numbers")
    return Follow(str(entry), feature.name, ways[0], expression, None if bands is None else _bands(bands, feature))


def _bands(bands, feature):
    found = {}
    for code, band in bands.items():
        if text_of(code) not in feature.codes:
            raise _bad(f"{code} is no code of {feature.name}")
        if not (isinstance(band, list) and len(band) == 2 and all(isinstance(end, (int, float)) for end in band)
                and band[0] < band[1]):
            raise _bad(f"the band of {code} must be two numbers, the lower one first")
        found[feature.codes[text_of(code)]] = (float(band[0]), float(band[1]))
    return found


def _expression(text, domain):
    names = {}

    def placeholder(match):
        names[f"_{len(names)}"] = match.group(1)
        return f"_{len(names) - 1}"

    plain = re.sub(r"`([^`]+)`", placeholder, text).strip()
    try:
        tree = ast.parse(plain, mode="eval").body
    except SyntaxError as error:
        raise _bad(f"{text.strip()!r} is not arithmetic over features") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.setdefault(node.id, node.id)
        _check_node(node, text)
    readers = {name: _reader(domain.feature(name)) for name in names.values()}
    return Expression(text.strip(), tree, names, readers)


def _check_node(node, text):
    number = isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    arithmetic = isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC
    other = isinstance(node, (ast.Name, ast.Load, ast.USub, *ARITHMETIC))
    if not (number or minus or arithmetic or other):
        raise _bad(f"{text.strip()!r} is not arithmetic over features")


def _numeric(feature):
    try:
        [float(raw) for raw in feature.codes.values()]
    except (TypeError, ValueError):
        return False
    return True


def _reader(feature):
    """Function from an array of raw values to floats."""
    if feature.type == "number" or (feature.type == "category" and _numeric(feature)):
        return lambda values: np.asarray(values, dtype=float)
    if feature.type == "yes_no":
        return lambda values: np.where(pd.isna(values), np.nan, (values == feature.true).astype(float))
    rank = {raw: float(position) for position, raw in enumerate(feature.codes.values())}
    return lambda values: np.array([rank.get(value, np.nan) for value in values])
