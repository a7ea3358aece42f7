"""Fitted tree ensembles as one table of leaves, whatever library they come from.

A leaf is reached when every split on its way sends the row towards it. Under coalition S a player's columns come
together from x (in S) or from z, so what counts is, for each leaf and player on its way (a slot), whether x meets
all of that player's splits there, and whether z does.
"""
from dataclasses import dataclass
from functools import cached_property
from typing import Callable

import numpy as np


@dataclass(frozen=True, eq=False)
class Trees:
    """All nodes of an ensemble, trees one after the other, as read from the fitted object.

    left, right   index of the children in these arrays; -1 at a leaf
    column        encoded column of each split (anything at a leaf)
    values        n_nodes x n_outputs: what a leaf adds (anything at a split)
    goes_left     codes (n_rows x n_encoded) -> n_rows x n_nodes booleans
    start         n_outputs: what is there before the first tree
    link          "identity", "sigmoid", "softmax" or "exp" from the sums to what the model returns
    cover         n_nodes: (weighted) training rows at each node, as the library counts them
    single        True where the library computes in single precision
    """
    left: np.ndarray
    right: np.ndarray
    column: np.ndarray
    values: np.ndarray
    goes_left: Callable
    start: np.ndarray
    link: str
    cover: np.ndarray
    single: bool = False


@dataclass(frozen=True, eq=False)
class Forest:
    """Leaves with their slots. Slots of a leaf stand together, entries (splits) of a slot too.

    split, wants_left        n_entries: node, and the direction that leads to the leaf
    passing                  n_entries: share of the node's training rows that go that way
    slot_start, slot_player, slot_leaf    n_slots
    leaf_start, leaf_value   n_leaves, n_leaves x n_outputs (leaves without any split are in `start`)
    """
    trees: Trees
    split: np.ndarray
    wants_left: np.ndarray
    passing: np.ndarray
    slot_start: np.ndarray
    slot_player: np.ndarray
    slot_leaf: np.ndarray
    leaf_start: np.ndarray
    leaf_value: np.ndarray
    start: np.ndarray

    @cached_property
    def widest(self):
        """Most players on the way to one leaf."""
        return int(np.diff(np.r_[self.leaf_start, len(self.slot_start)]).max(initial=0))

    @cached_property
    def deepest(self):
        """Most splits on the way to one leaf."""
        first = self.slot_start[self.leaf_start]
        return int(np.diff(np.r_[first, len(self.split)]).max(initial=0))

    def meets(self, codes):
        """Which slots each row of `codes` meets -> Met."""
        return self.meets_of(self.trees.goes_left(codes))

    def meets_of(self, directions):
        """The same from n_rows x n_nodes booleans: does the row go left?"""
        left = words_of(directions)[self.split]
        turned = np.where(self.wants_left[:, None], left, ~left)
        return Met(np.bitwise_and.reduceat(turned, self.slot_start, axis=0), len(directions))

    def margins(self, met):
        """n_rows x n_outputs: sums of leaf values."""
        reached = Met(np.bitwise_and.reduceat(met.words, self.leaf_start, axis=0), met.count)
        return self.start + reached.table.T @ self.leaf_value


@dataclass(frozen=True, eq=False)
class Met:
    """Booleans for items (slots, leaves) x rows, kept as words of 64 rows: n_items x n_words."""
    words: np.ndarray
    count: int

    @cached_property
    def table(self):
        """n_items x n_rows booleans."""
        return np.unpackbits(self.words.view(np.uint8), axis=1, count=self.count, bitorder="little").view(bool)


def words_of(booleans):
    """n_rows x n_items booleans -> n_items x n_words, each word the bits of 64 rows."""
    if len(booleans) == 1:
        return booleans.T.astype(np.uint64)
    padded = np.zeros((-(-len(booleans) // 64) * 64, booleans.shape[1]), dtype=bool)
    padded[:len(booleans)] = booleans
    return np.ascontiguousarray(np.packbits(padded, axis=0, bitorder="little").T).view(np.uint64)


def forest_of(trees, players):
    """Leaf table of `trees`; `players` gives the player number of each encoded column."""
    nodes = len(trees.left)
    parent, by_left = np.full(nodes, -1), np.zeros(nodes, dtype=bool)
    inner = np.flatnonzero(trees.left >= 0)
    parent[trees.left[inner]], parent[trees.right[inner]] = inner, inner
    by_left[trees.left[inner]] = True
    leaves = np.flatnonzero(trees.left < 0)
    alone = leaves[parent[leaves] < 0]
    start = trees.start + trees.values[alone].sum(axis=0)
    leaves = leaves[parent[leaves] >= 0]
    leaf, split, wants = _climb(leaves, parent, by_left)
    player = np.asarray(players)[trees.column[split]]
    order = np.lexsort((player, leaf))
    leaf, player, split, wants = leaf[order], player[order], split[order], wants[order]
    new_slot = np.r_[True, (leaf[1:] != leaf[:-1]) | (player[1:] != player[:-1])] if len(leaf) else np.zeros(0, bool)
    slot_start = np.flatnonzero(new_slot)
    slot_leaf, slot_player = leaf[slot_start], player[slot_start]
    leaf_start = np.flatnonzero(np.r_[True, slot_leaf[1:] != slot_leaf[:-1]]) if len(slot_leaf) else np.zeros(0, int)
    taken, all_rows = trees.cover[np.where(wants, trees.left[split], trees.right[split])], trees.cover[split]
    passing = np.divide(taken, all_rows, out=np.full(len(split), 0.5), where=all_rows > 0)
    return Forest(trees, split, wants, passing, slot_start, slot_player, slot_leaf, leaf_start, trees.values[leaves], start)


def _climb(leaves, parent, by_left):
    """(leaf number, split node, goes left?) for every split between each leaf and its root."""
    number, node = np.arange(len(leaves)), leaves
    found = ([], [], [])
    while len(node):
        up = parent[node]
        climbs = up >= 0
        number, node, up = number[climbs], node[climbs], up[climbs]
        for part, add in zip(found, (number, up, by_left[node])):
            part.append(add)
        node = up
    return tuple(np.concatenate(part) if part else np.zeros(0, dtype=int) for part in found)
