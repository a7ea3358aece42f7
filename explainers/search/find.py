"""One question of what would change it, from the ask to options: target, constraints, space, search, choice."""
from dataclasses import dataclass

import numpy as np

from explainers.relations import relations_of
from explainers.search.choice import spread
from explainers.search.constraints import read_constraints
from explainers.search.engine import EXACT, Search, run
from explainers.search.levers import MOST_VALUES
from explainers.search.options import OPTIONS, Checks, choose
from explainers.search.plausibility import Distances, reference_of
from explainers.search.retraining import Retraining, models_of
from explainers.search.scoring import reader_of, scorer_of
from explainers.search.space import make_space
from explainers.search.target import MARGIN, read_target
from explainers.search.towards import towards_real_cases

SECONDS = 20.0
FAST_VALUES = 200


@dataclass(eq=False)
class Found:
    """What came of one search: `options` in JSON, cheapest first, and what they were found with.

    calls        how often the model was asked, the present prediction included
    retraining   what `models_of` says of the models trained anew
    """
    options: list
    search: Search
    picker: "Picker"
    target: object
    constraints: object
    calls: int
    retraining: dict | None


def find(workspace, row, prediction, ask, seconds=SECONDS):
    """Options for a one-row frame; `prediction` is the model's for it. Without any under the margin, it is dropped.

    Raises InputProblem where the target or the constraints make no sense.
    """
    margin = margin_of(ask)
    constraints = read_constraints(ask, workspace.domain, relations_of(workspace).followed)
    space = space_of(workspace, row, constraints.fixed)
    scorer, stopped = scorer_of(space), False
    models, retraining = models_of(workspace) if ask.get("retraining", True) else ((), None)
    for margin, robust in dict.fromkeys([(margin, margin > 0), (0.0, False)]):
        target = read_target(ask.get("target"), workspace, prediction, margin)
        search = Search(space, scorer, target, constraints.at_most, seconds, present=float(target.shortfall(prediction)[0]))
        picker = Picker(search, constraints, ask.get("plausibility", True), robust, Retraining(space, target, models) if models else None)
        run(search, picker.bounds)
        options = picker.options()
        search.stopped = stopped = search.stopped or stopped
        if options:
            break
        if search.nearest > margin:                     # without the margin nothing more would be reached
            search.target = target = read_target(ask.get("target"), workspace, prediction, 0.0)
            break
    return Found(options, search, picker, target, constraints, 1 + scorer.calls + bool(options), retraining)


def margin_of(ask):
    given = ask.get("margin", MARGIN)
    return MARGIN if given is True or given is None else float(given or 0.0)


def space_of(workspace, row, fixed, loose=False):
    """The space of a case; with a fast scorer every step of a number is a value to try."""
    reader = reader_of(workspace)
    fast = reader is not None and reader.fast
    return make_space(workspace, row, fixed, relations_of(workspace), FAST_VALUES if fast else MOST_VALUES,
                      getattr(reader, "splits", None), loose)


class Picker:
    """Options under plausibility, noise and models trained anew; where there are none, limits are lifted one after the other."""

    def __init__(self, search, constraints, plausible, robust, retraining=None):
        self.search, self.constraints, self.robust, self.retraining = search, constraints, robust, retraining
        known = reference_of(search.space.workspace, search.target)
        self.distances = Distances(search.space, known)
        own = self.distances(np.zeros((1, len(search.space.axes)), dtype=np.int16))[0]
        self.own, self.usual = float(own), known.usual
        self.limit = max(known.usual, own + share_of_a_change(search.space)) if plausible is True else \
            (float(plausible) if plausible else None)
        self.chosen, self.seen = [], -1

    def checks(self, limit, robust, retraining=None):
        return Checks(self.search, self.constraints, self.distances, limit, robust, retraining)

    def bounds(self, search):
        """What the engine goes by, see `run`: costs of the first and of a full set's last option, and their sets of levers."""
        if search.scored != self.seen:
            checks = self.checks(self.limit, self.robust, self.retraining)
            self.seen, self.chosen = search.scored, choose(search, checks, 1 if search.wide else OPTIONS)
        if not self.chosen:
            return np.inf, np.inf, ()
        full = np.array([entry["candidate"] for entry in self.chosen])
        costs = search.space.costs(full)
        sets = [set(np.flatnonzero(row[:len(search.space.levers)]).tolist()) for row in full]
        return costs[0], costs[-1] if len(full) == OPTIONS else np.inf, sets

    def options(self):
        towards = towards_real_cases(self.search, self.distances, self.limit is not None or self.search.wide)
        robust, anew = self.robust, self.retraining
        steps = [(self.limit, robust, anew), (None, robust, anew), (self.limit, robust, None), (None, robust, None), (None, False, None)]
        for step in dict.fromkeys(steps):
            chosen = spread(self.search, self.checks(*step), towards)
            if chosen:
                break
        return described(self.search.space, chosen, self.search.target, self.limit, self.distances, anew)


def share_of_a_change(space):
    """The most by which one change moves the distance to any row: one feature's share, two in a family of columns."""
    widest = max((min(2, len(lever.columns)) for lever in space.levers), default=1)
    return widest / len(space.domain.features)


def described(space, chosen, target, limit, distances, retraining=None):
    """Options in JSON, each scored again by the model on its complete raw row; one that fails there is left out."""
    if not chosen:
        return []
    domain, workspace = space.domain, space.workspace
    full = np.array([entry["candidate"] for entry in chosen])
    rows = space.frame(space.columns(full))
    predictions = workspace.model.predict(rows)
    fine = target.reached(predictions)
    costs = space.costs(full)
    before = {name: domain.features[name].json(value[0]) for name, value in space.before.items()}
    found = []
    for place, entry in enumerate(chosen):
        if not fine[place]:
            continue
        after = domain.values(rows.iloc[place])
        core = entry["candidate"] if entry.get("core") is None else entry["core"]
        touched = {column: bool(core[at]) for at, lever in enumerate(space.levers) if full[place, at] for column in lever.columns}
        touched = dict(sorted(touched.items(), key=lambda item: not item[1]))           # what is needed comes first
        change = lambda name: {"feature": name, "from": before[name], "to": after[name]} | (
            {} if touched.get(name, True) else {"needed": False})
        found.append({
            "changes": [change(name) for name in touched if before[name] != after[name]],
            "follows": [change(name) for name in after if name not in touched and before[name] != after[name]],
            "row": after, **state(workspace, predictions[place:place + 1]), "cost": float(costs[place]),
            "n_changes": int((full[place, :len(space.levers)] > 0).sum()), "plausibility": float(entry["plausibility"]),
            "plausible": limit is None or not entry["plausibility"] > limit + 1e-9, "robust": entry["robust"],
            "retrained": None if retraining is None else retraining.to_json(entry["candidate"]),
            "real_case": real_case(entry, chosen, distances)})
    return found


def real_case(entry, chosen, distances):
    """{"case", "needed_alone", "option"} of an option that keeps close to a real case, None for all others.

    needed_alone    how far its needed changes by themselves are from any real case
    option          number of the option that asks for these alone, if there is one
    """
    core = entry.get("core")
    if core is None:
        return None
    same = [place for place, other in enumerate(chosen, start=1) if other is not entry and (other["candidate"] == core).all()]
    return {"case": str(distances.nearest(entry["candidate"])), "needed_alone": float(distances(core[None])[0]),
            "option": same[0] if same else None}


def state(workspace, prediction):
    if workspace.domain.regression:
        return {"outcome": None, "probabilities": None, "value": float(prediction[0])}
    return {"outcome": workspace.decide(prediction)[0],
            "probabilities": dict(zip(workspace.model.classes, prediction[0].tolist()))}


def proof(search, options):
    """Was every candidate cheaper than the first option scored? If not, how much cheaper could one be?

    bound   every candidate of up to `changes` changes that costs less was scored and does not do
    gap     how much dearer the first option is than that bound; 0 where it is proven, None without an option
    """
    most = min(EXACT, search.deepest)
    cost = options[0]["cost"] if options else np.inf
    bound = min((search.covered.get(size, 0.0) for size in range(1, most + 1)), default=np.inf)
    proven = bound >= cost - 1e-9
    return {"proven": bool(proven), "proof": {
        "changes": most, "cost": cost if options else None,
        "values": "all" if search.space.numbers_complete else "grid",
        "bound": float(min(bound, cost)) if np.isfinite(min(bound, cost)) else None,
        "gap": None if not options else 0.0 if proven else float(cost - bound)}}
