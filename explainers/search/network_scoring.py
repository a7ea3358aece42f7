"""Candidates of scikit-learn's networks: a value adds one term to each sum that the first layer takes; the other layers follow.

A set of changes cannot do more for the target than its caps add up to: what each could add at most, whatever else changes.
They come from intervals (Moore 1966): the range of each layer's inputs, and from these, backwards, of the output's slope.
"""
import numpy as np

from explainers.search.additive_scoring import TermsReader, TermsScorer

CHUNK = 8192
ACTIVATIONS = {"relu": lambda sums: np.maximum(sums, 0.0, out=sums), "tanh": lambda sums: np.tanh(sums, out=sums),
               "logistic": lambda sums: 1 / (1 + np.exp(-np.clip(sums, -700, 700))), "identity": lambda sums: sums}
STEEP = {"tanh": lambda sums: 1 - np.tanh(sums) ** 2, "logistic": lambda sums: 0.25 / np.cosh(np.clip(sums, -700, 700) / 2) ** 2}


class NetworkReader(TermsReader):
    fast = False

    @classmethod
    def build(cls, workspace, encoding):
        last = encoding.last
        if type(last).__name__ not in ("MLPClassifier", "MLPRegressor") or last.activation not in ACTIVATIONS:
            return None
        reader = cls(workspace, encoding, last.coefs_[0].astype(float), last.intercepts_[0].astype(float))
        reader.layers = [(weights.astype(float), start.astype(float)) for weights, start in zip(last.coefs_[1:], last.intercepts_[1:])]
        reader.activation, reader.link = last.activation, last.out_activation_
        return reader

    def linked(self, sums):
        return np.concatenate([self._linked(sums[begin:begin + CHUNK]) for begin in range(0, len(sums), CHUNK)] or [self._linked(sums)])

    def margins(self, sums):
        """n_rows x n_outputs: what the last layer adds up."""
        for weights, start in self.layers:
            sums = ACTIVATIONS[self.activation](np.array(sums)) @ weights + start
        return sums

    def _linked(self, sums):
        margins = self.margins(sums)
        if self.link == "identity":
            return margins[:, 0]
        if margins.shape[1] == 1:
            share = ACTIVATIONS["logistic"](margins[:, 0])
            return np.column_stack([1 - share, share])
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def slopes(self, low, high):
        """(least, most) slope of the only margin along each of the first sums, where these lie between `low` and `high`."""
        steep = []
        for weights, start in self.layers:
            steep.append(self._steep(low, high))
            low, high = (ACTIVATIONS[self.activation](np.array(end)) for end in (low, high))
            down, up = np.minimum(weights, 0.0), np.maximum(weights, 0.0)
            low, high = low @ up + high @ down + start, high @ up + low @ down + start
        least = most = np.ones(1)
        for (weights, _), (flat, full) in zip(self.layers[::-1], steep[::-1]):
            down, up = np.minimum(weights, 0.0), np.maximum(weights, 0.0)
            least, most = up @ least + down @ most, up @ most + down @ least
            least, most = np.where(least < 0, least * full, least * flat), np.where(most > 0, most * full, most * flat)
        return least, most

    def _steep(self, low, high):
        """(least, most) slope of the activation between the two."""
        if self.activation == "identity":
            return np.ones_like(low), np.ones_like(low)
        if self.activation == "relu":
            return (low > 0).astype(float), (high > 0).astype(float)
        nearest = np.maximum(np.maximum(low, -high), 0.0)       # both curves are steepest at 0 and the same on either side
        return STEEP[self.activation](np.maximum(np.abs(low), np.abs(high))), STEEP[self.activation](nearest)

    def scorer(self, space):
        return NetworkScorer(space, self)


class NetworkScorer(TermsScorer):

    def caps(self, target, size, below):
        """(what is missing, what each single change adds by itself, and at most beside size - 1 others that cost less than `below`)
        in the order of `single_changes`, towards the target; None where one margin does not tell or features follow from others."""
        space, wanted = self.space, target.margin()
        if wanted is None or self.reader.layers[-1][0].shape[1] > 1 or space.relations.follows or space.rules:
            return None
        self._read()
        sign, wanted = wanted
        within = [self.tables[lever.name][lever.costs < below] for lever in space.levers]
        largest = lambda ends: np.sort(np.array(ends), axis=0)[::-1][:size].sum(axis=0)
        high = self.base + largest([terms.max(axis=0) for terms in within])
        low = self.base - largest([-terms.min(axis=0) for terms in within])
        least, most = self.reader.slopes(low, high)
        if sign < 0:
            least, most = -most, -least
        terms = np.concatenate([self.tables[lever.name][1:] for lever in space.levers])
        now = sign * self.reader.margins(self.base[None])[0, 0]
        alone = sign * self.reader.margins(self.base + terms)[:, 0] - now
        return wanted - now, alone, np.maximum(terms, 0.0) @ most + np.minimum(terms, 0.0) @ least
