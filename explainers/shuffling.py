"""What a model says when the values of one feature are shuffled among rows, without encoding, copying or asking more than that needs.

A sum of trees or of terms moves only where the shuffled feature stands in it, so it is worked out for all features at once from
what was read of the model. Other models are asked: where the last step of a pipeline alone gives the model's outputs, the encoded
columns are shuffled; a bare model on numbers gets one table of numbers; any other the raw rows.
"""
import numpy as np
import pandas as pd

from explainers.shapley.encoding import UNREADABLE

MANY = 100              # players, beyond which each is shuffled less often
ASKED = 300_000         # rows that a model is asked about, at most: of many features fewer rows are shuffled
FEWEST = 200            # rows
LARGEST = 400_000_000   # entries of the tables of a model that is read
DIGITS = 12             # of sums: what is the same stays the same in whatever order it was added up


def repeats_for(domain, usual):
    """How often each feature is shuffled: `usual`, or twice where there are so many that their errors do not hang on it."""
    return usual if len(domain.players) <= MANY else min(usual, 2)


def some_rows(workspace, rows, most, repeats, seed):
    """At most `most` of the rows; fewer of a model that has to be asked about many features."""
    from explainers.shapley.engines import engine_of
    if not _known(engine_of(workspace)):
        most = min(most, max(FEWEST, ASKED // (repeats * len(workspace.domain.players))))
    return rows if len(rows) <= most else rows.sample(most, random_state=seed).sort_index()


def shuffled(rows, columns, order):
    """The raw rows with the values of these columns, all together, in another order of the rows."""
    frame = rows.copy()
    for column in columns:
        frame[column] = rows[column].array.take(order)
    return frame


class Shuffler:
    """orders: n_players x n_orders x n_rows. `before` is what the model says of the rows as they are, predictions(number) what
    it says of them in each of that player's orders."""

    def __init__(self, workspace, rows, orders):
        self.workspace, self.rows, self.orders = workspace, rows, np.ascontiguousarray(orders, dtype=np.int32)
        self.read = self.codes = None
        found = _read(workspace, rows, self.orders)
        if found is not None:
            self.before, self.read = found
            return
        self.before = workspace.model.predict(rows)
        self.codes, self.owners, self.ask = _encoded(workspace, rows) or _as_numbers(workspace.model, rows) or (None, None, None)

    def predictions(self, number):
        player, orders = self.workspace.domain.players[number], self.orders[number]
        if self.read is not None:
            return self.read(number)
        if self.codes is None:
            mixed = pd.concat([shuffled(self.rows, player.columns, order) for order in orders], ignore_index=True)
            return np.split(self.workspace.model.predict(self.workspace.domain.typed(mixed)), len(orders))
        mine = np.flatnonzero(np.isin(self.owners, player.columns))
        mixed = np.tile(self.codes, (len(orders), 1))
        if len(mine):
            mixed[:, mine] = np.concatenate([self.codes[order][:, mine] for order in orders])
        return np.split(self.ask(mixed), len(orders))


def _known(engine):
    """Can all that goes into the model's outputs be read?"""
    return engine is not None and (not hasattr(engine, "sum") or engine.sum.known)


def _read(workspace, rows, orders):
    """(what the model says of the rows, function: number of a player -> the same in each of its orders), or None."""
    from explainers.shapley.engines import engine_of
    from explainers.shapley.hypercube import all_outputs
    engine = engine_of(workspace)
    if not _known(engine):
        return None
    members = engine.sum.engines if hasattr(engine, "sum") else [engine]
    outputs = engine.sum.of_sums if hasattr(engine, "sum") else lambda sums: all_outputs(sums[0], engine.link)
    if any(_size(member, orders) > LARGEST for member in members):
        return None
    try:
        codes = engine.encoding.codes(rows)
        sums = [member.shuffled_margins(codes if member is engine else member.encoding.onward(codes), orders) for member in members]
    except UNREADABLE:
        return None
    shaped = (lambda found: found[..., 0]) if workspace.model.regression else lambda found: found
    told = lambda margins: shaped(outputs([np.round(each, DIGITS) for each in margins]))
    return told([base for base, _ in sums]), lambda number: told([moved[number] for _, moved in sums])


def _size(engine, orders):
    nodes = len(engine.forest.trees.left) if hasattr(engine, "forest") else 0
    return max(8 * orders.size * len(engine.start), orders.shape[2] * nodes)


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
