"""All pairs of single changes at once, for scorers whose margin is a sum over leaves.

A pair's margin is the present one, plus what each change does alone, plus what leaves add that both changes touch:
with t = -1, 0 or +1 where a value shuts, leaves or opens a leaf and s the number of other players that shut it, a leaf
that nobody shuts adds value x t x t; one that is shut by players of the pair only counts where their values open it.
Few leaves are touched by many values, so this is a product of two sparse matrices.
"""
import numpy as np


def single_changes(space, places):
    """(lever place, position) of every single change at the `places`, two arrays."""
    places = list(places)
    counts = [len(space.levers[place]) - 1 for place in places]
    owner = np.repeat(np.asarray(places, dtype=int), counts)
    position = np.concatenate([np.arange(1, count + 1) for count in counts] or [np.zeros(0, int)])
    return owner, position


def pair_terms(turns, own, shut, value):
    """n_values x n_values: what leaves add for two changes together beyond what each adds alone.

    turns   n_values x n_leaves of -1, 0, +1
    own     n_values x n_leaves booleans: does the present value of the change's own lever shut the leaf?
    shut    n_leaves: how many players shut it now; value: n_leaves
    """
    from scipy.sparse import csr_array
    both = turns * ((shut == 0) | ((shut == 2) & own))
    opens, meets = turns * ((shut == 1) & own), turns * ((shut == 1) & ~own)
    crossed = (csr_array(opens) @ csr_array(meets * value).T).toarray()
    return (csr_array(both) @ csr_array(both * value).T).toarray() + crossed + crossed.T
