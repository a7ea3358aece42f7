"""Ensembles of models: the Shapley values of a weighted sum are the weighted sums of the members' own, each by its best way.

A member is a node: Leaf (an engine of its own), Curve (a function of the sums of several engines) or Asked (a member that
can only be asked; all of these together are sampled once). ensembles.py takes fitted objects apart into nodes.
"""
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from explainers.shapley.blackbox import NEGLIGIBLE, REPORTED, Estimate, mixed_values, mixer_of
from explainers.shapley.curve import values_through, work_of
from explainers.shapley.encoding import outermost
from explainers.shapley.hypercube import all_outputs


@dataclass(eq=False)
class Part:
    """A workspace as one member's engine sees it: what it prepares is kept apart from that of others."""
    whole: Any
    number: int

    @property
    def domain(self):
        return self.whole.domain

    @property
    def model(self):
        return self.whole.model

    def prepared(self, key, make):
        return self.whole.prepared(("member", self.number, key), make)


@dataclass(eq=False)
class Leaf:
    """One engine; `raw`: its sums before the link are the output."""
    engine: Any
    raw: bool = False

    @property
    def engines(self):
        return [self.engine]

    def of_sums(self, sums):
        return sums[0] if self.raw else all_outputs(sums[0], self.engine.link)

    def explained(self, codes, background, output, seed, span):
        return self.engine.explained(self.engine.encoding.onward(codes), background, output, "probability", seed, span)

    def many(self, codes, background, output):
        return self.engine.many(self.engine.encoding.onward(codes), background, output, "probability")

    def terms(self, x, background):
        return self.engine.terms(x, background)


@dataclass(eq=False)
class Curve:
    """function: list of arrays (... x n_outputs, the sums of each engine) -> ... x k."""
    engines: list
    function: Callable

    def of_sums(self, sums):
        return self.function(sums)

    def games(self, codes, background):
        return [engine.game(engine.encoding.onward(codes), background) for engine in self.engines]

    def explained(self, codes, background, output, seed, span):
        return values_through(self.games(codes, background), self.function, output, seed, span)

    def many(self, codes, background, output):
        return None

    def terms(self, x, background):
        codes = outermost(self.engines[0].encoding).codes(x)
        return work_of(self.games(codes, background))


@dataclass(eq=False)
class Asked:
    """A member that is asked: codes -> n_rows x k."""
    call: Callable
    engines = ()


@dataclass(eq=False)
class Sum:
    """parts: [(node, k_node x k weights)]: the output is `start` (k values, or 0) and the sum of each node's outputs times its
    weights."""
    parts: list
    start: Any = 0.0

    @property
    def engines(self):
        return [engine for node, _ in self.parts for engine in node.engines]

    @property
    def known(self):
        """Can every part be read?"""
        return not any(isinstance(node, Asked) for node, _ in self.parts)

    def of_sums(self, sums):
        total, at = self.start, 0
        for node, weights in self.parts:
            count = len(node.engines)
            total = total + node.of_sums(sums[at:at + count]) @ weights
            at += count
        return total

    def times(self, weights):
        return Sum([(node, own @ weights) for node, own in self.parts], self.start @ weights if np.ndim(self.start) else 0.0)


def added(sums, start=0.0):
    return Sum([part for each in sums for part in each.parts], start + sum(each.start for each in sums))


def through(function, width, *sums):
    """Sum of one Curve: `function` (... x width) of the values of each of `sums`, or None where one of them can only be asked."""
    if not all(each.known for each in sums):
        return None
    edges = np.cumsum([0] + [len(each.engines) for each in sums])
    joined = lambda margins: function(*(each.of_sums(margins[a:b]) for each, a, b in zip(sums, edges, edges[1:])))
    engines = [engine for each in sums for engine in each.engines]
    return Sum([(Curve(engines, joined), np.eye(width))])


@dataclass(eq=False)
class SumEngine:
    """See engines.py for what an engine does; codes are what the ensemble itself is given."""
    workspace: Any
    encoding: Any
    sum: Sum
    tolerance: float
    link: str = "composed"
    method: str = "exact Shapley values from the members of the model"
    estimated: str = "Shapley values estimated on the members of the model"

    def outputs(self, frame, output):
        codes = self.encoding.codes(frame)
        return (self.sum.start + sum((node.call(codes) if isinstance(node, Asked) else node.of_sums(
            [engine.margins(engine.encoding.onward(codes)) for engine in node.engines])) @ weights
            for node, weights in self.sum.parts))[:, output]

    def background_margins(self, background):
        """Nothing is told of the whole; what the members need is made ready here."""
        for engine in self.sum.engines:
            engine.prepare(background)

    def terms(self, x, background):
        return sum(node.terms(x, background) for node, _ in self.sum.parts if not isinstance(node, Asked))

    def many(self, codes, background, output, space):
        if space == "log_odds":
            return None
        total = 0.0
        for node, weights in self.sum.parts:
            for at in np.flatnonzero(weights[:, output]):
                found = None if isinstance(node, Asked) else node.many(codes, background, at)
                if found is None:
                    return None
                total = total + weights[at, output] * found
        return total

    def explained(self, codes, background, output, space, seed=0, span=1.0):
        if space == "log_odds":
            return None
        found = [] if self.sum.known else [(1.0, self._asked(codes, background, output, seed, span))]
        for number, (node, weights) in enumerate(self.sum.parts):
            for at in () if isinstance(node, Asked) else np.flatnonzero(weights[:, output]):
                weight = weights[at, output]
                found.append((weight, node.explained(codes, background, at, seed + 7919 * number, span / abs(weight))))
        if any(each is None for _, each in found):
            return None
        values = sum(weight * each.values for weight, each in found)
        if all(each.errors is None for _, each in found):
            return Estimate(values, None, 0)
        errors = np.sqrt(sum((weight * each.errors) ** 2 for weight, each in found if each.errors is not None))
        return Estimate(values, errors, 0, _settled(values, errors, span))

    def _asked(self, codes, background, output, seed, span):
        """Estimate of the share of all members that can only be asked."""
        asked = [(node, weights) for node, weights in self.sum.parts if isinstance(node, Asked)]
        call = lambda mixed: sum(node.call(mixed) @ weights[:, output] for node, weights in asked)
        known = self.workspace.prepared(("codes", background.key), lambda: self.encoding.codes(background.rows))
        return mixed_values(mixer_of(codes, known, self.encoding.owners, self.workspace.domain, call), seed, span)


def _settled(values, errors, span):
    """Are neighbours among the reported reasons two standard errors apart, or is their order of no matter?"""
    order = np.argsort(-np.abs(values), kind="stable")[:REPORTED + 1]
    apart, error = -np.diff(np.abs(values[order])), np.hypot(errors[order][1:], errors[order][:-1])
    return bool(np.all((apart > 2 * error) | (error < NEGLIGIBLE * span)))
