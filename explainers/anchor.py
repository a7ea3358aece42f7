"""Anchor: values of the case that alone are enough for the model's outcome (Ribeiro, Singh, Guestrin 2018).

A rule keeps some of the case's values and lets all others vary. Categories stay as they are; a number stays above or
below a quartile of the training rows. `precision` is the share of made-up rows (all values together from one training
row, those kept each from another one that fits the rule) that the model gives the same outcome; it is measured on
fresh rows, not on those that the rule was searched with. `held_out` is the same
share among real held-out rows that the rule holds for, `coverage` the share of them that it holds for.
The rule is grown by a beam search and the shortest one whose lower bound passes TARGET is told. An estimate counts as the
same answer within a tolerance, see `sameness.py`.
"""

import numpy as np
import pandas as pd

from explainers.caveats import caveats_of
from explainers.conditions import mask
from explainers.explain import Finding
from explainers.progress import tell
from explainers.rates import share_of
from explainers.sameness import answers, band, same
from explainers.shapley.attribution import attribute
from explainers.shapley.engines import background_for

PRODUCES = ("anchor",)
ORDER = 10
TARGET = 0.95
SEARCHED, MEASURED = 400, 1000  # made-up rows a rule is searched and measured with
BEAM, LONGEST = 3, 5
FEW = 4
AT_ONCE = 25  # rules that the model is asked about together
MANY = 30   # players that a rule is searched among


def misfit(ask, scene):
    return None if scene.one else "needs_one_case"


def explain(ask, scene):
    domain, answer = scene.domain, answers(scene.workspace, scene.rows)[0]
    pool = Pool(scene, predicates(domain, scene.rows, _looked_at(scene)), answer)
    base = pool.measured([()], SEARCHED)[0]
    rule = search(pool)
    precision = pool.measured([rule], MEASURED)[0]
    conditions = [pool.predicates[place][1] for place in rule]
    holds = mask({"and": conditions}, domain, domain.cases) if conditions else np.ones(len(domain.cases), dtype=bool)
    others = np.ones(len(holds), dtype=bool)
    if scene.scope["kind"] == "case":
        others = domain.cases.index != scene.scope["case"]
    found = domain.cases[holds & others]
    alike = int(same(scene.workspace, answers(scene.workspace, found), answer).sum()) if len(found) else 0
    result = {
        "method": "anchors (beam search)",
        "outcome": None if domain.regression else answer,
        "within": band(scene.workspace, answer) if domain.regression else None,
        "conditions": conditions,
        "precision": precision,
        "target": TARGET,
        "met": bool(precision["share"] >= TARGET),
        "base": base,
        "tried": pool.tried,
        "coverage": share_of(len(found), int(others.sum())),
        "held_out": share_of(alike, len(found)),
        "which": "held-out" if domain.split_known else "data",
    }
    output = domain.file.unit or "value" if domain.regression else "probability"
    return Finding(result, output=output, caveats=caveats_of(scene), library=scene.model.library)


def _looked_at(scene):
    """The players that a rule may name: all, or of many those whose contributions to the case are the largest."""
    players = scene.domain.players
    if len(players) <= MANY:
        return players
    values = attribute(scene.workspace, scene.rows, background_for(scene.workspace), scene.outcome, seed=scene.seed).values
    kept = set(np.argsort(-np.abs(values), kind="stable")[:MANY].tolist())
    return [player for place, player in enumerate(players) if place in kept]


def predicates(domain, row, players=None):
    """[(player name, COND that the case meets)], those of one player side by side; unknown values give none."""
    found = []
    for player in domain.players if players is None else players:
        values = {column: domain.features[column].json(row[column].iloc[0]) for column in player.columns}
        if None in values.values():
            continue
        active = [column for column, value in values.items() if value is True] if len(values) > 1 else []
        for column in active or values:
            feature = domain.features[column]
            conditions = (
                _sides(feature, domain.train[column], values[column])
                if feature.type == "number"
                else [{"feature": column, "is": "=", "value": values[column]}]
            )
            found += [(player.name, condition) for condition in conditions]
    return found


def _sides(feature, trained_on, value):
    """The nearest quartile below and above a number; a number of few values keeps its own."""
    known = trained_on.dropna()
    if known.nunique() <= FEW:
        return [{"feature": feature.name, "is": "=", "value": value}]
    cuts = sorted({feature.json(known.quantile(share, interpolation="nearest")) for share in (0.25, 0.5, 0.75)})
    below, above = [cut for cut in cuts if cut < value], [cut for cut in cuts if cut >= value]
    return [
        *({"feature": feature.name, "is": ">", "value": cut} for cut in below[-1:]),
        *({"feature": feature.name, "is": "<=", "value": cut} for cut in above[:1]),
    ]


class Pool:
    """Made-up rows under rules (tuples of places in `predicates`), and how often the model gives them the same answer."""

    def __init__(self, scene, found, answer):
        self.scene, self.predicates, self.answer = scene, found, answer
        self.random, self.tried = np.random.default_rng(scene.seed), 0
        domain = scene.domain
        self.source = pd.concat([domain.train, scene.rows])  # the case last: it fits where no training row does
        self.columns = {player.name: player.columns for player in domain.players}
        self.numbers = self.source.to_numpy() if _all_numbers(self.source) else None
        self.fits = (
            np.stack([mask(condition, domain, domain.train) for _, condition in found])
            if found
            else np.zeros((0, len(domain.train)), dtype=bool)
        )

    def rows(self, rules, count):
        """len(rules) x count made-up rows, one rule after another."""
        last = len(self.source) - 1
        drawn = {column: [] for column in self.source.columns}
        for rule in rules:
            base = self.random.integers(0, last, count)
            kept = {}
            for place in rule:
                name = self.predicates[place][0]
                kept[name] = kept.get(name, True) & self.fits[place]
            for name, columns in self.columns.items():
                own = base
                if name in kept:
                    fitting = np.flatnonzero(kept[name])
                    own = fitting[self.random.integers(0, len(fitting), count)] if len(fitting) else np.full(count, last)
                for column in columns:
                    drawn[column].append(own)
        if self.numbers is not None:     # one table of numbers is far quicker than one column after another
            places = np.stack([np.concatenate(drawn[column]) for column in self.source.columns], axis=1)
            return pd.DataFrame(np.take_along_axis(self.numbers, places, axis=0), columns=self.source.columns)
        frame = pd.DataFrame({column: self.source[column].array[np.concatenate(places)] for column, places in drawn.items()})
        return self.scene.domain.typed(frame)

    def measured(self, rules, count):
        """Share of made-up rows with the same answer, for each rule."""
        shares = []
        for begin in range(0, len(rules), AT_ONCE):
            tell("rules", self.tried, None)
            some = rules[begin:begin + AT_ONCE]
            met = same(self.scene.workspace, answers(self.scene.workspace, self.rows(some, count)), self.answer)
            shares += [share_of(int(row.sum()), count) for row in met.reshape(len(some), count)]
            self.tried += len(some)
        return shares

    def reach(self, rule):
        """Share of training rows that a rule holds for."""
        return float(self.fits[list(rule)].all(axis=0).mean())


def _all_numbers(frame):
    return len(set(frame.dtypes)) == 1 and isinstance(frame.dtypes.iloc[0], np.dtype) and frame.dtypes.iloc[0].kind in "iuf"


def search(pool):
    """Places of the shortest rule found that is precise enough (of several the widest), else of the most precise one."""
    beam, best = [()], ((), pool.measured([()], SEARCHED)[0])
    if best[1]["low"] >= TARGET:
        return ()
    for _ in range(min(LONGEST, len(pool.predicates))):
        grown = sorted({tuple(sorted((*rule, place))) for rule in beam for place in range(len(pool.predicates)) if place not in rule})
        rated = list(zip(grown, pool.measured(grown, SEARCHED)))
        enough = [rule for rule, share in rated if share["low"] >= TARGET]
        if enough:
            return max(enough, key=lambda rule: (pool.reach(rule), rule))
        rated.sort(key=lambda entry: (-entry[1]["share"], -pool.reach(entry[0]), entry[0]))
        best = max(best, rated[0], key=lambda entry: entry[1]["share"])
        beam = [rule for rule, _ in rated[:BEAM]]
    return best[0]
