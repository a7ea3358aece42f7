"""Did a feature matter for this case? Its contribution and rank, and whether changing it alone would turn the outcome."""
from explainers.caveats import caveats_of
from explainers.comparison import player_named
from explainers.contrast import foil_of
from explainers.contributions import group, output_of, single
from explainers.explain import Finding
from explainers.fairness import group_of
from explainers.prediction import changes_of
from explainers.shapley.engines import background_for
from explainers.single_change import alternatives, alone

PRODUCES = ("role",)
ORDER = 10


def misfit(ask, scene):
    return None


def explain(ask, scene):
    space, foil = output_of(ask, scene), foil_of(ask, scene)
    background = background_for(scene.workspace, foil)
    why = single(scene, background, space) if scene.one else group(scene, background, space)
    players = [player_named(scene.domain, name) for name in ask.get("features") or ()]
    names = list(dict.fromkeys(player.name for player in players)) or [why["contributions"][0]["feature"]]
    roles = [_role(scene, why, name) for name in names]
    facts = {key: why[key] for key in ("method", "baseline", "additivity_error", "background", "exact", "stable", "players")}
    return Finding({**roles[0], "features": roles, "score": why["value"], **facts,
                    "changes": changes_of(scene) if scene.one else []}, output=space, foil=foil,
                   caveats=caveats_of(scene) if scene.one else ())


def _role(scene, why, name):
    place = next(i for i, entry in enumerate(why["contributions"]) if entry["feature"] == name)
    entry = why["contributions"][place]
    total = float(sum(abs(each["contribution"]) for each in why["contributions"]))
    found = {**entry, "rank": place + 1, "of": why["players"], "share_of_total": abs(entry["contribution"]) / total if total else 0.0}
    if not scene.one:
        return {**found, "alone_flips": None}
    player = player_named(scene.domain, name)
    tried = alternatives(scene.domain, player, scene.rows)
    feature = scene.domain.features.get(player.name)
    beside = group_of(scene, feature.name) if feature is not None and feature.sensitive else None
    return {**found, **alone(scene, player, tried), "group": beside}
