"""Shapley values of the game v(S) = mean over background rows z of f(x on S, z elsewhere), players = a person's features.

    background.py  the rows that stand for "anyone", chosen once for a workspace
    encoding.py    raw rows -> what the last step of a pipeline sees, and which player each encoded column belongs to
    forest.py      fitted tree ensembles as one table of leaves; readers of each library in forest_readers.py
    leaves.py      exact values of sums of trees (margins, forests' probabilities)
    hypercube.py   exact values of a sigmoid or softmax of such sums, over the coalitions that matter for each row
    additive.py    exact values of models whose margin is a sum of one term a player
    blackbox.py    any model: all coalitions where affordable, else antithetic permutations with standard errors
    engines.py     which of them fits a model
"""
