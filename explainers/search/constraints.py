"""What a counterfactual must respect: what the domain fixes, and what the person said.

From the ask: `only`, `without` (features), `at_most` (number of changes), `limits` (conditions that the changed case
meets), `like`, `unlike` (options shown before, as lists of changes), `margin` and `plausibility` (False, or 0, is off).
"""
from dataclasses import dataclass, field

from explainers.errors import InputProblem

HELD = ("immutable", "sensitive", "follows")


@dataclass(frozen=True)
class Constraints:
    """fixed: player name -> why it stays (one of HELD, "without", "not_in_only")."""
    only: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    at_most: int | None = None
    limits: tuple = ()
    unlike: tuple = ()
    fixed: dict = field(default_factory=dict)

    def to_json(self):
        """Keys as in the ask, so that each can be lifted; `fixed` says what the domain holds and why."""
        return {"only": None if self.only is None else list(self.only), "without": list(self.without),
                "at_most": self.at_most, "limits": list(self.limits), "unlike": [list(option) for option in self.unlike],
                "fixed": [{"feature": name, "reason": reason} for name, reason in self.fixed.items()
                          if reason in HELD]}


def read_constraints(ask, domain, followed=()):
    """Raises InputProblem for an unknown feature, or where nothing is left that could change.

    followed: features that are worked out from others, and so are not changed by themselves.
    """
    only = _features(ask.get("only"), domain) if ask.get("only") else None
    like = _options(ask.get("like"), "like")
    if like:
        liked = tuple(dict.fromkeys(change["feature"] for option in like for change in option))
        only = liked if only is None else tuple(name for name in only if name in liked)
    without = _features(ask.get("without") or (), domain)
    at_most = _count(ask.get("at_most"))
    limits = tuple(ask.get("limits") or ())
    fixed = _fixed(domain, only, without, followed)
    if len(fixed) == len(domain.players):
        _nothing_left(domain, only, without, fixed)
    return Constraints(only, without, at_most, limits, _options(ask.get("unlike"), "unlike"), fixed)


def _features(names, domain):
    """Names of features, families or columns -> names, each checked."""
    names = [names] if isinstance(names, str) else list(names)
    families = domain.file.families
    return tuple(name if name in families else domain.feature(name).name for name in names)


def _fixed(domain, only, without, followed):
    fixed = {}
    for player in domain.players:
        features = [domain.features[column] for column in player.columns]
        names = {player.name, *player.columns}
        if any(feature.sensitive for feature in features):
            fixed[player.name] = "sensitive"
        elif any(feature.immutable for feature in features):
            fixed[player.name] = "immutable"
        elif set(player.columns) & set(followed):
            fixed[player.name] = "follows"
        elif names & set(without):
            fixed[player.name] = "without"
        elif only is not None and not names & set(only):
            fixed[player.name] = "not_in_only"
    return fixed


def _nothing_left(domain, only, without, fixed):
    if only is not None:
        asked = [player for player in domain.players if {player.name, *player.columns} & set(only)]
        held = [player for player in asked if fixed[player.name] in HELD]
        if held:
            raise InputProblem("only_fixed", labels=", ".join(player.label for player in held))
        labels = ", ".join(player.label for player in asked)
        raise InputProblem("only_and_without", labels=labels)
    raise InputProblem("nothing_can_change")


def _count(given):
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or given != int(given) or given < 1:
        raise InputProblem("at_most_wrong", value=str(given)[:40])
    return int(given)


def _options(given, name):
    """One option (a list of changes) or several -> tuple of tuples of changes."""
    if not given:
        return ()
    if isinstance(given, int) or not all(isinstance(entry, (dict, list, tuple)) for entry in given):
        raise InputProblem("option_unknown", number=str(given)[:40], name=name)
    if all(isinstance(entry, dict) for entry in given):
        given = [given]
    return tuple(tuple(option) for option in given)
