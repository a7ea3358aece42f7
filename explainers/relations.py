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
import re

import numpy as np
import pandas as pd

from explainers.domain_file import line_of, read_yaml
from explainers.errors import DomainProblem, InputProblem
from explainers.feature import text_of
from explainers.relation_kinds import ARITHMETIC, Conditional, Expression, Follow, Inequality, Relations

WAYS = ("as", "in_proportion_to", "moves_with")


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
