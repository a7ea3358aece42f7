"""Shapley values of the game v(S) = mean over background rows z of f(x on S, z elsewhere), players = a person's features.

    background.py  the rows that stand for "anyone", chosen once for a workspace
    encoding.py    raw rows -> what the last step of a pipeline sees, and which player each encoded column belongs to
    forest.py      fitted tree ensembles as one table of leaves; readers of each library in forest_readers.py
    tree_engine.py  values of sums of trees, and of a sigmoid or softmax of them, by compiled parts:
                   kernels.py (one row, exact), walks.py (one row, estimated), batch.py (many rows), compiled.py
    hypercube.py   values from all coalitions, and the links from sums to outputs
    several.py     many rows: all where affordable, else a part of them
    additive.py    exact values of models whose margin is a sum of one term a player; terms.py: which models these are
    ensembles.py   fitted ensembles -> their members; composed.py: weighted sums of members' values
    curve.py       values of a function of several sums, of trees or of terms; curve_kernels.py: its compiled parts
    blackbox.py    any model: all coalitions where affordable, else antithetic permutations with standard errors; control.py
                   takes noise out of them
    engines.py     which of them fits a model
"""
