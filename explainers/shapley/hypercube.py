"""Shapley values from the values of every coalition, and the links from sums to outputs."""
from functools import lru_cache
from math import factorial

import numpy as np

LARGEST_TABLE = 6_000_000       # coalition values written down for one row


@lru_cache(maxsize=32)
def coalition_weights(d):
    """(2^d weights for coalitions with the player, 2^d weights subtracted for every player, d x 2^d membership)."""
    sizes = _sizes(d)
    weight = np.array([factorial(size) * factorial(d - size - 1) / factorial(d) for size in range(d)] + [0.0])
    before = np.r_[0.0, weight[:-1]]
    members = ((np.arange(1 << d) >> np.arange(d)[:, None]) & 1).astype(float)
    return (weight + before)[sizes][:, None], weight[sizes], members


def _sizes(d):
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(d):
        sizes = np.r_[sizes, sizes + 1]
    return sizes


def shapley_of_tables(tables, d):
    """2^d x n values of every coalition -> d x n Shapley values."""
    joined, without, members = coalition_weights(d)
    return members @ (tables * joined) - without @ tables


def link_values(margins, link, output):
    """Values of one output from sums: array ... x n_outputs -> array ... ."""
    if link == "identity":
        return margins[..., output]
    if link == "exp":
        return np.exp(margins[..., output])
    if link == "sigmoid":
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(margins[..., 0] if output == 0 else -margins[..., 0]))
    shifted = margins - margins.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return powers[..., output] / powers.sum(axis=-1)


def all_outputs(margins, link):
    """... x k values of every output from sums: array ... x n_outputs."""
    if link == "identity":
        return margins
    if link == "exp":
        return np.exp(margins)
    if link == "sigmoid":
        with np.errstate(over="ignore"):
            share = 1 / (1 + np.exp(-margins[..., :1]))
        return np.concatenate([1 - share, share], axis=-1)
    powers = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
