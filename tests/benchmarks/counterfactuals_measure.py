"""What the benchmark measures, worked out independently of the search wherever that is possible."""
import itertools

import numpy as np
import pandas as pd

from explainers.relations import relations_of


class Judge:
    """Validity, constraints, cost, number of changes and plausibility of changed rows of one domain."""

    def __init__(self, workspace, wanted):
        self.workspace, self.domain, self.wanted = workspace, workspace.domain, wanted
        self.place = workspace.model.classes.index(wanted)
        self.relations = relations_of(workspace)
        domain, train = self.domain, self.domain.train
        self.scale = {}
        for name, feature in domain.features.items():
            if feature.type == "number":
                values = train[name].dropna()
                deviation = float((values - values.median()).abs().median())
                self.scale[name] = deviation or float(values.max() - values.min()) / 4 or 1.0
        rows = train[domain.train_target == wanted]
        self.rows = rows if len(rows) <= 1000 else rows.sample(1000, random_state=0).sort_index()
        self.ranges = {name: float(train[name].max() - train[name].min()) or 1.0 for name in self.scale}

    def followed(self, now, changed):
        """A changed row with what follows from its changes worked out again; None where that is impossible."""
        columns = lambda row: {name: np.array([row[name]], dtype=None if name in self.scale else object) for name in row}
        before = columns(now)
        after = {name: before[name] if name in self.relations.followed else value for name, value in columns(changed).items()}
        after, possible = self.relations.follow(after, before, self.domain)
        fine = possible & self.relations.hold(after, before, self.domain)
        return {name: value[0] for name, value in after.items()} if fine[0] else None

    def changes(self, now, row):
        """Features that a person has to change: what follows is not among them."""
        differs = lambda a, b: not (a == b or (pd.isna(a) and pd.isna(b)))
        return [name for name in row if name not in self.relations.followed and differs(row[name], now[name])]

    def holds(self, now, row):
        """Does a row keep to what the domain allows?"""
        for name in self.changes(now, row):
            feature, old, new = self.domain.features[name], now[name], row[name]
            if feature.immutable or feature.sensitive:
                return False
            if feature.type == "number":
                if (feature.min is not None and new < feature.min) or (feature.max is not None and new > feature.max):
                    return False
                rise = 0 if pd.isna(old) else np.sign(new - old)
            else:
                order = [feature.false, feature.true] if feature.type == "yes_no" else list(feature.codes.values())
                rise = 0 if pd.isna(old) else np.sign(order.index(new) - order.index(old))
                codes = {raw: code for code, raw in feature.codes.items()}
                if feature.transitions is not None and not pd.isna(old) and \
                        codes[new] not in feature.transitions.get(codes[old], tuple(codes.values())):
                    return False
            if (feature.change == "up" and rise < 0) or (feature.change == "down" and rise > 0):
                return False
        return True

    def cost(self, now, row):
        total = 0.0
        for name in self.changes(now, row):
            feature = self.domain.features[name]
            if pd.isna(now[name]):
                total += 1
            elif feature.type == "number":
                total += abs(row[name] - now[name]) / self.scale[name]
            elif feature.ordered:
                order = list(feature.codes.values())
                total += abs(order.index(row[name]) - order.index(now[name])) / (len(order) - 1)
            else:
                total += 1
        return total

    def plausibility(self, row):
        """Gower distance to the nearest training row of the wanted outcome."""
        total = np.zeros(len(self.rows))
        for name in self.domain.features:
            values, own = self.rows[name], row[name]
            missing = values.isna().to_numpy()
            if name in self.ranges:
                part = np.minimum(np.abs(values.to_numpy(dtype=float) - float(own)) / self.ranges[name], 1)
            else:
                part = (values.to_numpy(dtype=object) != own).astype(float)
            total += np.where(missing | pd.isna(own), (missing != pd.isna(own)).astype(float), part)
        return float(total.min() / len(self.domain.features))

    def steady(self, row):
        """Is the wanted outcome still decided when each number in turn is 0.05 of its scale (at least a step) more or less?"""
        moved = []
        for name, scale in self.scale.items():
            feature = self.domain.features[name]
            step = feature.step or 1.0
            little = max(step, round(0.05 * scale / step) * step)
            for move in (-little, little):
                value = row[name] + move
                low = -np.inf if feature.min is None else feature.min
                moved.append({**row, name: min(max(value, low), np.inf if feature.max is None else feature.max)})
        frame = self.domain.typed(pd.DataFrame(moved + [row], columns=list(self.domain.features)))
        return bool((self.workspace.outcomes(frame) == self.wanted).all())

    def scores(self, rows):
        """Probability of the wanted outcome of raw rows (dictionaries)."""
        if not rows:
            return np.zeros(0)
        frame = self.domain.typed(pd.DataFrame(rows, columns=list(self.domain.features)))
        return self.workspace.model.predict(frame)[:, self.place]


def exhaustive(judge, now, probability, space, sizes, limit, known, values=10):
    """(cheapest cost of all, cheapest under margin, noise and plausibility) over every combination of up to `sizes` changes
    with at most `values` values a feature, as far as they cost less than what is `known` of the two (two costs).

    `space` gives what may change; of its values the nearest and evenly spread ones are taken.
    """
    choices = []
    for lever in space.levers:
        count = len(lever) - 1
        places = np.unique(np.concatenate([np.arange(min(count, values // 2)), np.linspace(0, count - 1, values // 2).astype(int)]))
        moves = [{column: lever.values[column].tolist()[place + 1] for column in lever.columns} for place in places]
        choices.append(sorted(((judge.cost(now, {**now, **move}), move) for move in moves), key=lambda entry: entry[0]))
    plain, safe = known
    least = max(probability, judge.domain.threshold + 0.02)
    for size in range(1, sizes + 1):
        for chosen in itertools.combinations(choices, size):
            rows = []
            for cost, moves in cheaper(chosen, max(plain, safe) - 1e-9):
                row = judge.followed(now, {**now, **moves})             # what follows costs nothing
                rows += [] if row is None else [(cost, row)]
            rows.sort(key=lambda entry: entry[0])
            scores = judge.scores([row for _, row in rows])
            plain = min([plain, *(cost for (cost, _), score in zip(rows, scores) if score >= probability)])
            safe = next((cost for (cost, row), score in zip(rows, scores) if score >= least and cost < safe - 1e-9
                         and judge.plausibility(row) <= limit + 1e-9 and judge.steady(row)), safe)
    return plain, safe


def cheaper(choices, bound):
    """(cost, values) of every combination of one move of each of the `choices` (sorted by cost) that costs less than `bound`."""
    if not choices:
        yield 0.0, {}
        return
    rest = sum(moves[0][0] for moves in choices[1:])
    for cost, move in choices[0]:
        if cost + rest >= bound:
            return
        for more, others in cheaper(choices[1:], bound - cost):
            yield cost + more, {**move, **others}
