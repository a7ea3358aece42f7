"""What is to be reached: an outcome (with a probability at least), or a range of a regression's value."""
from dataclasses import dataclass

import numpy as np

from explainers.errors import InputProblem

MARGIN = 0.02


@dataclass(frozen=True)
class Target:
    """outcome with `least` (its probability at least, margin included), or a value from `low` to `high`.

    below       two outcomes told apart by a threshold: the favourable one's probability must stay below it
    contest     more than two outcomes: how much likelier than every other it must be
    """
    outcome: str | None = None
    position: int | None = None
    least: float | None = None
    below: float | None = None
    contest: float | None = None
    low: float = -np.inf
    high: float = np.inf
    asked: dict | None = None

    def shortfall(self, predictions):
        """n_rows: how far each prediction is from the target, in its own unit; 0 or less where it is reached."""
        if self.outcome is None:
            return np.maximum(self.low - predictions, predictions - self.high)
        scores = predictions[:, self.position]
        short = np.full(len(scores), -np.inf)
        if self.least is not None:
            short = self.least - scores
        if self.below is not None:
            excess = predictions[:, 1 - self.position] - self.below
            short = np.maximum(short, np.where(excess == 0, np.finfo(float).eps, excess))
        if self.contest is not None:
            others = np.delete(predictions, self.position, axis=1).max(axis=1)
            short = np.maximum(short, others + self.contest - scores)
            first = np.argmax(predictions, axis=1) == self.position
            short = np.where((short <= 0) & ~first, np.finfo(float).eps, short)
        return short

    def reached(self, predictions):
        return self.shortfall(predictions) <= 0

    def margin(self):
        """(sign, wanted) of a model with one margin, log-odds or value: reached where sign x margin >= wanted. None where that does not
        tell it: more than two outcomes, both ends of a range."""
        if self.outcome is None:
            if np.isfinite(self.low) == np.isfinite(self.high):
                return None
            return (1.0, self.low) if np.isfinite(self.low) else (-1.0, -self.high)
        shares = [share for share in (self.least, None if self.below is None else 1 - self.below) if share is not None]
        if self.contest is not None or not shares or not 0 < max(shares) < 1:
            return None
        return 1.0 if self.position else -1.0, float(np.log(max(shares) / (1 - max(shares))))

    def score(self, predictions):
        return predictions if self.outcome is None else predictions[:, self.position]


def read_target(asked, workspace, prediction, margin=MARGIN):
    """The ask's `target` -> Target; `prediction` is the model's for the row as it is (1 x n_outcomes, or 1 value).

    Without a target: the other one of two outcomes; of several the favourable one, else the second likeliest; of a regression
    see `default_value`.
    Raises InputProblem where it makes no sense or is reached already.
    """
    asked = dict(asked or {})
    if workspace.domain.regression:
        now = float(prediction[0])
        return value_target(value_meant(asked, workspace.domain, now), workspace.domain, now)
    unknown = set(asked) - {"outcome", "probability"}
    if unknown:
        raise InputProblem("unknown_field", field=sorted(unknown)[0], known="outcome, probability")
    present = workspace.decide(prediction)[0]
    outcome = str(asked["outcome"]) if asked.get("outcome") is not None else _default(workspace, present, prediction, asked)
    if outcome not in workspace.model.classes:
        raise InputProblem("unknown_outcome", value=outcome[:60], known=", ".join(workspace.domain.outcomes.values()))
    probability = _probability(asked.get("probability"))
    target = outcome_target(workspace, outcome, probability, margin, asked)
    label = workspace.domain.outcomes.get(outcome, outcome)
    if outcome == present and probability is None:
        raise InputProblem("target_is_present", label=label)
    if outcome == present and outcome_target(workspace, outcome, probability, 0.0, asked).reached(prediction)[0]:
        raise InputProblem("target_reached_already", label=label, probability=probability,
                           score=round(float(target.score(prediction)[0]), 3))
    return target


def outcome_target(workspace, outcome, probability, margin, asked=None):
    """Target of an outcome under the domain's way of deciding."""
    domain, classes = workspace.domain, workspace.model.classes
    position = classes.index(outcome)
    asked = {**(asked or {}), "outcome": outcome, "probability": probability}
    if domain.favourable is not None and len(classes) == 2:
        if outcome == domain.favourable:
            return Target(outcome, position, max(domain.threshold + margin, probability or 0.0), asked=asked)
        return Target(outcome, position, probability, below=domain.threshold - margin, asked=asked)
    return Target(outcome, position, probability, contest=margin, asked=asked)


def hoped_for_already(asked, workspace, prediction):
    """Is the outcome that is asked for, or without any that people hope for, the favourable one that is there already?"""
    asked, favourable = dict(asked or {}), workspace.domain.favourable
    return (favourable is not None and asked.get("probability") is None
            and str(asked.get("outcome") or favourable) == favourable and workspace.decide(prediction)[0] == favourable)


def value_meant(asked, domain, now):
    """A regression's target as it was asked, with {"by"} (so much from `now`) and {"side"} worked out; the default without any."""
    asked = {name: value for name, value in (asked or {}).items() if value is not None}
    if set(asked) == {"by"}:
        by = _number(asked["by"])
        return {"at_least" if by > 0 else "at_most": float(np.round(now + by, 10))}
    if set(asked) == {"side"}:
        if asked["side"] not in ("higher", "lower"):
            raise InputProblem("unknown_field", field=str(asked["side"])[:40], known="higher, lower")
        return default_value(domain, now, asked["side"])
    return asked or default_value(domain, now)


def default_value(domain, now, better=None):
    """Target of a regression where none is said: what the domain calls better (or `better`: higher, lower), else higher.

    A range is taken as it is. Otherwise the nearest value that is better by more than a trifle, a tenth of the interquartile
    range of the training targets, rounded to whole numbers where all targets are whole, else to a tenth of the power of
    ten below their range, and no further than the best of them as far as that is better.
    """
    better = better or domain.file.better
    if better is not None and not isinstance(better, str):
        return {end: value for end, value in (("from", better.at_least), ("to", better.at_most)) if value is not None}
    targets = domain.train_target.to_numpy(dtype=float)
    targets = targets[~np.isnan(targets)]
    spread = float(np.subtract(*np.quantile(targets, [0.75, 0.25]))) or float(np.ptp(targets)) or 1.0
    whole = bool(np.all(targets == np.round(targets)))
    grid = 1.0 if whole else 10.0 ** (np.floor(np.log10(spread)) - 1)
    side = -1.0 if better == "lower" else 1.0           # the same with the sign turned where less is better
    goal = float(np.round(np.ceil((side * now + spread / 10) / grid - 1e-9) * grid, 10))
    best = float((side * targets).max())
    goal = side * (min(goal, best) if side * now < best else goal)
    return {"at_most": goal} if better == "lower" else {"at_least": goal}


def _default(workspace, present, prediction, asked):
    domain, classes = workspace.domain, workspace.model.classes
    if asked.get("probability") is not None and domain.favourable is not None:
        return domain.favourable
    if domain.favourable is not None and present != domain.favourable:
        return domain.favourable
    order = [classes[position] for position in np.argsort(-prediction[0], kind="stable")]
    return next(code for code in order if code != present)


def _probability(given):
    if given is None:
        return None
    try:
        probability = float(given)
    except (TypeError, ValueError):
        probability = -1.0
    if not 0 < probability < 1:
        raise InputProblem("target_probability", value=str(given)[:40])
    return probability


def value_target(asked, domain, now, reached_is_fine=False):
    """A regression's target: {"value"} (from the side where it is now), {"at_least"}, {"at_most"} or {"from", "to"}."""
    allowed = ("value", "at_least", "at_most", "from", "to")
    unknown = set(asked) - set(allowed)
    if unknown:
        raise InputProblem("unknown_field", field=sorted(unknown)[0], known=", ".join(allowed))
    numbers = {key: _number(value) for key, value in asked.items() if value is not None}
    if not numbers:
        raise InputProblem("target_value_needed", unit=domain.file.unit or "")
    low, high = numbers.get("from", numbers.get("at_least", -np.inf)), numbers.get("to", numbers.get("at_most", np.inf))
    if "value" in numbers:
        low, high = (numbers["value"], np.inf) if now < numbers["value"] else (-np.inf, numbers["value"])
    if low > high:
        raise InputProblem("target_range", low=low, high=high)
    if low <= now <= high and not reached_is_fine:
        raise InputProblem("target_value_reached", value=round(now, 3), unit=domain.file.unit or "")
    return Target(low=low, high=high, asked=asked)


def _number(value):
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise InputProblem("target_not_a_number", value=str(value)[:40]) from error
