"""Exact Shapley values where the margin is a sum of one term a player: linear models, and boosting with stumps.

For regression the terms are the values. Through a sigmoid with few players that differ, every coalition is written
down; with many, the value is the integral over p of the mean gain when every other player comes from x with
probability p (the multilinear extension, Owen 1972): a polynomial in p, so Gauss-Legendre nodes give it exactly.
The mean of a sigmoid over such a random sum comes from characteristic functions: the sigmoid is the distribution
function of the logistic law, whose characteristic function is pi w / sinh(pi w) (Gil-Pelaez 1951); the trapezoid
rule in w converges geometrically.
"""
import numpy as np

from explainers.shapley.hypercube import LARGEST_TABLE, link_values, shapley_of_tables

TAIL = 37.0        # logistic tail below 1e-16


def additive_values(base, terms, link, output):
    """n_players, or None where it cannot be had exactly.

    base: n_background x n_outputs margins of the background rows;
    terms: n_background x n_players x n_outputs, what switching each player to x adds.
    """
    if link == "identity":
        return terms[:, :, output].mean(axis=0)
    differs = (terms != 0).any(axis=2)
    sizes = differs.sum(axis=1)
    if (2.0 ** sizes).sum() <= LARGEST_TABLE // 4:
        return _tables(base, terms, differs, sizes, link, output)
    if link == "sigmoid":
        found = np.mean([_through_sigmoid(start, add) for start, add in zip(base[:, 0], terms[:, :, 0])], axis=0)
        return found if output == 1 else -found
    return None


def _tables(base, terms, differs, sizes, link, output):
    result = np.zeros(differs.shape[1])
    for d in np.unique(sizes[sizes > 0]):
        rows = np.flatnonzero(sizes == d)
        moving = np.stack([terms[row][differs[row]] for row in rows])
        table = base[rows][:, None, :]
        for player in range(d):
            table = np.concatenate([table, table + moving[:, player][:, None, :]], axis=1)
        found = shapley_of_tables(np.ascontiguousarray(link_values(table, link, output).T), int(d))
        for row, values in zip(rows, found.T):
            result[differs[row]] += values
    return result / len(sizes)


def _through_sigmoid(start, terms):
    """n_players: Shapley values of sigmoid(start + sum of terms) for one background row."""
    moving = np.flatnonzero(terms)
    result = np.zeros(len(terms))
    if not len(moving):
        return result
    add = terms[moving]
    reach = abs(start) + np.abs(add).sum()
    step = 2 * np.pi / (reach + TAIL)
    w = np.arange(0, 13.0 + step, step)[1:]
    nodes, weights = np.polynomial.legendre.leggauss((len(moving) + 1) // 2)
    p, weights = (nodes + 1) / 2, weights / 2
    waves = np.exp(1j * add[:, None] * w)
    factors = 1 - p[:, None, None] + p[:, None, None] * waves
    before = np.concatenate([np.ones_like(factors[:, :1]), np.cumprod(factors[:, :-1], axis=1)], axis=1)
    after = np.concatenate([np.cumprod(factors[:, :0:-1], axis=1)[:, ::-1], np.ones_like(factors[:, :1])], axis=1)
    others = before * after * np.exp(1j * start * w)
    kernel = np.pi * w / np.sinh(np.pi * w) / w * step / np.pi
    gains = ((others * (waves - 1)).imag * kernel).sum(axis=2) + add * step / (2 * np.pi)
    result[moving] = weights @ gains
    return result
