"""Candidates scored by the leaves of a sum of trees.

A leaf counts when each player meets all of its splits there. Whether a single value does is looked up; a candidate
reaches a leaf when all of its values do. No model call is needed, and a block of candidates that change the same levers
looks only at the leaves that the other values leave open.
"""
import numpy as np

from explainers.search.candidates import single_changes
from explainers.search.pairs import pair_terms
from explainers.search.tables import ValueTable
from explainers.shapley.forest import forest_of
from explainers.shapley.forest_readers import read_trees

CHUNK = 4_000_000


class ForestReader:
    """What cases share: the leaves, and for single values which leaves they leave open.

    own     player -> (its own leaves: those that ask for it, and how to tell which of them a value leaves open)
    """
    fast = True

    def __init__(self, workspace, encoding, trees, owners, codes_of):
        players = workspace.domain.players
        numbers = {column: number for number, player in enumerate(players) for column in player.columns}
        self.encoding, self.codes_of = encoding, codes_of
        self.forest = forest_of(trees, [numbers[owner] for owner in owners])
        forest = self.forest
        slot_of_entry = np.repeat(np.arange(len(forest.slot_start)),
                                  np.diff(np.r_[forest.slot_start, len(forest.split)]))
        self.own = {}
        for number, player in enumerate(players):
            slots = np.flatnonzero(forest.slot_player == number)
            entries = np.flatnonzero(np.isin(slot_of_entry, slots))
            starts = np.searchsorted(slot_of_entry[entries], slots)
            self.own[player.name] = (forest.slot_leaf[slots], entries, starts)
        self.links = forest.trees.link
        self.outputs_wanted = 1 if workspace.model.regression else len(workspace.model.classes)
        self.domain = workspace.domain
        self.found_splits = {}
        self.table = ValueTable(workspace.domain, self._open)
        self.table.prepare(len(forest.leaf_value))

    @classmethod
    def build(cls, workspace, encoding):
        found = read_trees(encoding, workspace.domain)
        return None if found is None else cls(workspace, encoding, *found)

    def codes(self, frame):
        codes = self.encoding.codes(frame)
        return codes if self.codes_of is None else self.codes_of(codes)

    def _open(self, frame, players):
        """For each row which of its player's own leaves its values leave open."""
        rows = []
        codes = np.asarray(self.codes(frame))
        step = max(1, CHUNK // max(1, len(self.forest.trees.left)))
        for begin in range(0, len(codes), step):
            left = self.forest.trees.goes_left(codes[begin:begin + step])
            for row, player in zip(left, players[begin:begin + step]):
                _, entries, starts = self.own[player]
                met = row[self.forest.split[entries]] == self.forest.wants_left[entries]
                rows.append(np.logical_and.reduceat(met, starts) if len(entries) else met)
        return rows

    def splits(self, name):
        """Numbers between two multiples of the feature's step at which some tree tells a row with the one from the other."""
        if name not in self.found_splits:
            self.found_splits[name] = self._splits(self.domain.features[name])
        return self.found_splits[name]

    def _splits(self, feature):
        step = feature.step or 1.0
        seen = self.domain.train[feature.name].dropna().to_numpy(dtype=float)
        places = np.unique(np.floor(np.concatenate([seen, np.linspace(seen.min(), seen.max() + step, 200)]) / step))
        sides = dict(zip(places.tolist(), self._sides(feature, places)))
        while True:
            order = sorted(sides)
            middles = [np.floor((a + b) / 2) for a, b in zip(order, order[1:])
                       if b - a > 1 and sides[a] != sides[b]]
            if not middles:
                return np.array([(a + 0.5) * step for a, b in zip(order, order[1:]) if sides[a] != sides[b]])
            sides.update(zip(middles, self._sides(feature, np.array(middles))))

    def _sides(self, feature, places):
        """For each multiple of the step, which of the feature's splits it passes on the left, as bytes."""
        rows = self.domain.train.iloc[np.zeros(len(places), dtype=int)].copy()
        values = np.round(places * (feature.step or 1.0), 10)
        rows[feature.name] = values.astype(rows[feature.name].dtype) if feature.whole else values
        codes = np.asarray(self.codes(rows))
        nodes = np.unique(self.forest.split[self.own[feature.name][1]])
        step = max(1, CHUNK // max(1, len(self.forest.trees.left)))
        return [row[nodes].tobytes() for begin in range(0, len(codes), step)
                for row in self.forest.trees.goes_left(codes[begin:begin + step])]

    def outputs(self, frame):
        return self.linked(self.forest.margins(self.forest.meets(np.asarray(self.codes(frame)))))

    def linked(self, margins):
        """n_rows x n_outputs sums -> what `model.predict` gives."""
        link = self.links
        if link == "sigmoid":
            share = 1 / (1 + np.exp(-np.clip(margins[:, 0], -700, 700)))
            return np.column_stack([1 - share, share])
        if link == "softmax":
            powers = np.exp(margins - margins.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)
        found = np.exp(margins) if link == "exp" else margins
        return found[:, 0] if self.outputs_wanted == 1 else found

    def scorer(self, space):
        return ForestScorer(space, self)


class ForestScorer:
    fast = True
    calls = 0

    def __init__(self, space, reader):
        self.space, self.reader = space, reader
        self.present = reader.table.present(space.before)
        self.shut = np.zeros(len(reader.forest.leaf_value), dtype=np.int16)
        for name, open_ in self.present.items():
            self.shut[reader.own[name][0]] += ~open_
        names = {axis.name for axis in space.axes}
        self.fixed = np.ones(len(self.shut), dtype=bool)
        for name in self.present.keys() - names:
            self.fixed[reader.own[name][0]] &= self.present[name]
        self.tables, self.nudged, self.turned = {}, {}, None

    def predictions(self, full):
        """n_rows x n_outputs, or n_rows values."""
        if len(full) and (full > 0).sum(axis=1).max() * 3 < full.any(axis=0).sum():
            return self._few_changes(full)
        kept, varies = self._open_leaves(full)
        value = self.reader.forest.leaf_value[kept]
        margins = np.empty((len(full), value.shape[1]))
        step = max(1, CHUNK // max(1, len(kept)))
        for begin in range(0, len(full), step):
            margins[begin:begin + step] = self._reached(full[begin:begin + step], varies, kept) @ value
        return self.reader.linked(margins + self.reader.forest.start)

    def _few_changes(self, full):
        """The same where each row changes little of what varies: from the number of players that shut each leaf."""
        kept, shut, value, turns, starts = self._turned(int((full > 0).sum(axis=1).max()))
        rows, places = np.nonzero(full)
        which = starts[places] + full[rows, places]
        margins = np.empty((len(full), value.shape[1]))
        step = max(1, CHUNK // 8 // max(1, len(kept)))
        for begin in range(0, len(full), step):
            part = slice(*np.searchsorted(rows, [begin, begin + step]))
            count = min(step, len(full) - begin)
            closed = np.repeat(shut[None], count, axis=0)
            number = np.arange(part.start, part.stop) - np.searchsorted(rows, rows[part])
            for turn in range(number.max() + 1 if len(number) else 0):
                own = np.flatnonzero(number == turn)
                closed[rows[part][own] - begin] += turns[which[part][own]]
            margins[begin:begin + count] = (closed == 0).astype(np.float32) @ value
        return self.reader.linked(margins + self.reader.forest.start)

    def _turned(self, most):
        """What `_few_changes` needs for rows of at most `most` changes, kept until some axis grows."""
        self._read()
        lengths = (most, *(len(axis) for axis in self.space.axes))
        if self.turned is None or self.turned[0] != lengths:
            kept = np.flatnonzero(self.shut <= most)
            turns = np.concatenate([self._turns(axis)[:, kept] for axis in self.space.axes])
            value = self.reader.forest.leaf_value[kept].astype(np.float32)
            self.turned = lengths, (kept, self.shut[kept].astype(np.int8), value, turns, np.cumsum([0, *lengths[1:]])[:-1])
        return self.turned[1]

    def _turns(self, axis):
        """n_values x n_leaves: +1 where a value shuts a leaf that the present one leaves open, -1 the other way round."""
        table = self.tables[axis.name]
        return table[0].astype(np.int8) - table.astype(np.int8)

    def pairs(self, places):
        """(lever place and position of each single change, margins of every two of them: n x n x n_outputs)."""
        self._read()
        owner, position = single_changes(self.space, places)
        shut = self.shut
        turns = -np.concatenate([self._turns(self.space.axes[place])[1:] for place in places])        # +1: opens
        kept = np.flatnonzero((shut <= 2) & turns.any(axis=0))
        turns, value = turns[:, kept].astype(np.float32), self.reader.forest.leaf_value
        shutters = {place: ~self.tables[self.space.axes[place].name][0][kept] for place in places}
        own = np.array([shutters[place] for place in owner])
        alone = (turns * ((shut[kept] == 0) | ((shut[kept] == 1) & own))) @ value[kept]
        present = value[shut == 0].sum(axis=0) + self.reader.forest.start
        return owner, position, np.stack([
            present[output] + alone[:, None, output] + alone[None, :, output]
            + pair_terms(turns, own, shut[kept], value[kept, output]) for output in range(value.shape[1])], axis=-1)

    def block_predictions(self, full, place, positions):
        """The same for every candidate of `full` with each of `positions` at `place`, in that order of rows."""
        kept, varies = self._open_leaves(full, place)
        value = self.reader.forest.leaf_value[kept]
        last = self.tables[self.space.axes[place].name][positions][:, kept]
        reached = self._reached(full, varies, kept).astype(float)
        margins = np.stack([reached @ (last * value[:, output]).T for output in range(value.shape[1])], axis=-1)
        return self.reader.linked(margins.reshape(-1, value.shape[1]) + self.reader.forest.start)

    def moved(self, full, nudges):
        """Predictions of `full` with each of the nudges in turn: 2 x n_nudges x n_rows, less before more."""
        self._read()
        rows = self.reader.table.nudged(nudges, self.nudged, self.space.before)
        value, own = self.reader.forest.leaf_value, self.reader.own
        shut = self._shut(full)
        margins = np.empty((len(nudges), 2, len(full), value.shape[1]))
        margins[:] = (shut == 0) @ value
        asked = [number for number, nudge in enumerate(nudges) if len(own[nudge.name][0])]
        if asked:                                           # only leaves that ask for the number can change
            leaves = [own[nudges[number].name][0] for number in asked]
            now = [self._own(nudges[number], full) for number in asked]
            new = [rows[nudges[number].name][:, nudges[number].positions(full)] for number in asked]
            leaf, now, new = np.concatenate(leaves), np.concatenate(now, axis=-1), np.concatenate(new, axis=-1)
            others = shut[:, leaf] - ~now == 0
            turned = (others & new).astype(np.int8) - (others & now)
            starts = np.cumsum([0, *map(len, leaves)])[:-1]
            for output in range(value.shape[1]):
                margins[asked, :, :, output] += np.moveaxis(np.add.reduceat(turned * value[leaf, output], starts, axis=-1), -1, 0)
        return self.reader.linked(margins.reshape(-1, value.shape[1]) + self.reader.forest.start)

    def _own(self, nudge, full):
        """n_rows x n_leaves that ask for the number: does it leave them open?"""
        leaf = self.reader.own[nudge.name][0]
        if nudge.place is None:
            return np.repeat(self.present[nudge.name][None], len(full), axis=0)
        return self.tables[nudge.name][:, leaf][full[:, nudge.place]]

    def _shut(self, full):
        """n_rows x n_leaves: how many players shut each leaf."""
        shut = np.repeat(self.shut[None], len(full), axis=0)
        for place in np.flatnonzero(full.any(axis=0)):
            changed, leaf = np.flatnonzero(full[:, place]), self.reader.own[self.space.axes[place].name][0]
            table = self.tables[self.space.axes[place].name][:, leaf]
            shut[np.ix_(changed, leaf)] += table[0].astype(np.int16) - table[full[changed, place]]
        return shut

    def _open_leaves(self, full, free=None):
        """(leaves that the axes which do not vary leave open, places of the axes that do)."""
        self._read()
        varies = np.flatnonzero(full.any(axis=0))
        leaves = self.fixed
        for place, axis in enumerate(self.space.axes):
            if place != free and place not in varies:
                leaves = leaves & self.tables[axis.name][0]
        return np.flatnonzero(leaves), varies

    def _reached(self, full, varies, kept):
        reached = np.ones((len(full), len(kept)), dtype=bool)
        for place in varies:
            positions, inverse = np.unique(full[:, place], return_inverse=True)
            reached &= self.tables[self.space.axes[place].name][positions][:, kept][inverse]
        return reached

    def _read(self):
        for name, rows in self.reader.table.of_axes(self.space.axes, self.tables, self.space.before).items():
            self.tables[name] = np.ones((len(rows), len(self.shut)), dtype=bool)
            self.tables[name][:, self.reader.own[name][0]] = rows
