"""Predictions for many candidates at once, in the way that is cheapest for the model at hand.

    FrameScorer      any model: raw frames
    CodesScorer      pipelines: rows of codes put together from the codes of single values, then the last step
    ForestScorer     sums of trees: which leaves a row reaches follows from its single values     (forest_scoring.py)
    AdditiveScorer   linear models: the sum of one term a value                                   (additive_scoring.py)
    NetworkScorer    networks: sums of terms of single values, then the layers behind the first   (network_scoring.py)

Each is compared with the model itself on rows mixed from training rows before it is used. Whatever is offered in the end
is scored by the model on the complete raw row.
    scorer.predictions(full)    extended candidates -> what `model.predict` would give
    scorer.fast                 no model behind it: hundreds of thousands of candidates are affordable
    scorer.calls                how often the model was asked for this case; the same whatever was asked before
"""
import numpy as np

from explainers.search.additive_scoring import AdditiveReader
from explainers.search.forest_scoring import ForestReader
from explainers.search.network_scoring import NetworkReader
from explainers.search.tables import ValueTable
from explainers.shapley.encoding import encoding_of, floats

CHECKED_ROWS = 40


class FrameScorer:
    fast = False

    def __init__(self, space):
        self.space, self.calls = space, 0

    def predictions(self, full):
        self.calls += 1
        return self.space.workspace.model.predict(self.space.frame(self.space.columns(full)))


class CodesReader:
    """What cases share: the last step and the codes of single values."""
    fast = False

    def __init__(self, workspace, encoding):
        model = workspace.model
        self.model, self.encoding = model, encoding
        last = encoding.last
        self.call = last.predict if model.regression else last.predict_proba
        owners = np.array(encoding.owners, dtype=object)
        self.places = {player.name: np.flatnonzero(np.isin(owners, player.columns)) for player in workspace.domain.players}
        self.table = ValueTable(workspace.domain, self._codes)
        self.table.prepare(len(owners))

    def _codes(self, frame, players):
        codes = floats(self.encoding.codes(frame))
        return [row[self.places[player]] for row, player in zip(codes, players)]

    def outputs(self, frame):
        return np.asarray(self.call(floats(self.encoding.codes(frame))), dtype=float)

    def scorer(self, space):
        return CodesScorer(space, self)


class CodesScorer:
    fast = False

    def __init__(self, space, reader):
        self.space, self.reader, self.calls = space, reader, 0
        self.base = np.zeros(len(reader.encoding.owners))
        for name, codes in reader.table.present(space.before).items():
            self.base[reader.places[name]] = codes
        self.tables, self.nudged = {}, {}

    def predictions(self, full):
        return self._ask(self._codes(full))

    def moved(self, full, nudges):
        """Predictions of `full` with each of the nudges in turn: 2 x n_nudges x n_rows, less before more."""
        rows = self.reader.table.nudged(nudges, self.nudged, self.space.before)
        codes = np.empty((len(nudges), 2, len(full), len(self.base)))
        codes[:] = self._codes(full)
        for part, nudge in zip(codes, nudges):
            part[:, :, self.reader.places[nudge.name]] = rows[nudge.name][:, nudge.positions(full)]
        return self._ask(codes.reshape(-1, codes.shape[-1]))

    def _codes(self, full):
        self._read()
        codes = np.repeat(self.base[None], len(full), axis=0)
        for place, axis in enumerate(self.space.axes):
            positions = full[:, place]
            if positions.any():
                codes[:, self.reader.places[axis.name]] = self.tables[axis.name][positions]
        return codes

    def _ask(self, codes):
        model = self.space.workspace.model
        self.calls += 1
        model.calls += 1
        model.rows_scored += len(codes)
        return np.asarray(self.reader.call(codes), dtype=float)

    def _read(self):
        self.tables |= self.reader.table.of_axes(self.space.axes, self.tables, self.space.before)


def reader_of(workspace):
    """The cheapest reader that agrees with the model, or None: frames then."""
    return workspace.prepared("search reader", lambda: _reader(workspace))


def scorer_of(space):
    reader = reader_of(space.workspace)
    return FrameScorer(space) if reader is None else reader.scorer(space)


def _reader(workspace):
    encoding = encoding_of(workspace.model)
    if encoding is None:
        return None
    for build in (ForestReader.build, AdditiveReader.build, NetworkReader.build, _codes_reader):
        reader = build(workspace, encoding)
        if reader is not None and _agrees(reader, workspace):
            return reader
    return None


def _codes_reader(workspace, encoding):
    wanted = "predict" if workspace.model.regression else "predict_proba"
    if not encoding.steps or not hasattr(encoding.last, wanted):
        return None
    codes = encoding.codes(workspace.domain.train.iloc[:1])
    return None if hasattr(codes, "columns") else CodesReader(workspace, encoding)


def _agrees(reader, workspace):
    """Are the reader's predictions the model's, on training rows mixed from two of them each?"""
    train = workspace.domain.train
    random = np.random.default_rng(0)
    rows = train.iloc[random.integers(len(train), size=CHECKED_ROWS)].copy()
    other = train.iloc[random.integers(len(train), size=CHECKED_ROWS)]
    for number, player in enumerate(workspace.domain.players):
        for column in player.columns if number % 2 else ():
            rows[column] = other[column].array
    found, wanted = reader.outputs(rows), workspace.model.predict(rows)
    return found.shape == wanted.shape and np.abs(found - wanted).max() <= 1e-6 * max(1.0, np.abs(wanted).max())
