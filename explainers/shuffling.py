"""What a model says when the values of one feature are shuffled among rows, without encoding or copying more than that needs.

Where the last step of a pipeline alone gives the model's outputs, the encoded columns are shuffled; a bare model on numbers gets
one table of numbers; any other the raw rows.
"""
import numpy as np
import pandas as pd

from explainers.shapley.encoding import UNREADABLE

MANY = 100       # players, beyond which each is shuffled less often


def repeats_for(domain, usual):
    """How often each feature is shuffled: `usual`, or twice where there are so many that their errors do not hang on it."""
    return usual if len(domain.players) <= MANY else min(usual, 2)


def shuffled(rows, columns, order):
    """The raw rows with the values of these columns, all together, in another order of the rows."""
    frame = rows.copy()
    for column in columns:
        frame[column] = rows[column].array.take(order)
    return frame


class Shuffler:
    """predictions(player, orders): for each order of the rows what the model says of all of them."""

    def __init__(self, workspace, rows):
        self.workspace, self.rows = workspace, rows
        self.codes, self.owners, self.ask = _encoded(workspace, rows) or _as_numbers(workspace.model, rows) or (None, None, None)

    def predictions(self, player, orders):
        if self.codes is None:
            mixed = pd.concat([shuffled(self.rows, player.columns, order) for order in orders], ignore_index=True)
            return np.split(self.workspace.model.predict(self.workspace.domain.typed(mixed)), len(orders))
        mine = np.flatnonzero(np.isin(self.owners, player.columns))
        mixed = np.tile(self.codes, (len(orders), 1))
        if len(mine):
            mixed[:, mine] = np.concatenate([self.codes[order][:, mine] for order in orders])
        return np.split(self.ask(mixed), len(orders))


def _encoded(workspace, rows):
    from explainers.shapley.engines import answer_of, last_step
    encoding = last_step(workspace)
    if encoding is None:
        return None
    try:
        codes = encoding.codes(rows)
    except UNREADABLE:
        return None
    if hasattr(codes, "columns") or codes.dtype.kind not in "fiu":
        return None
    return codes, np.array(encoding.owners, dtype=object), lambda mixed: answer_of(workspace, encoding, mixed)


def _as_numbers(model, rows):
    """Only for fitted objects, to which a whole number is the same with a decimal point; a function may tell them apart."""
    columns = list(model.features)
    if not hasattr(model.estimator, "get_params") or any(
            not isinstance(kind, np.dtype) or kind.kind not in "iuf" for kind in rows[columns].dtypes):
        return None
    return (rows[columns].to_numpy(dtype=float), np.array(columns, dtype=object),
            lambda mixed: model.predict(pd.DataFrame(mixed, columns=columns)))
