"""Why this output? Shapley contributions of a person's own features, exact where the model allows it.

The game: v(S) = mean over background rows z of the model's output for a row that takes the features in S from the
case and the others from z. Columns that encode one thing (a family) are switched together, as one player.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.checks import checks_of
from explainers.comparison import contribution_entries
from explainers.contrast import compared_with
from explainers.explain import OTHER_METHOD, Finding
from explainers.kept import of_rows
from explainers.rates import counted
from explainers.shapley.attribution import attribute
from explainers.shapley.several import explain_rows

PRODUCES = ("why",)
ORDER = 10


def misfit(ask, scene):
    return OTHER_METHOD if ask.get("method") in ("lime", "path_dependent") else None


def explain(ask, scene):
    space = output_of(ask, scene)
    background, told, foil = compared_with(ask, scene)
    if scene.one:
        result = single(scene, background, space, ask.get("checks"))
        return Finding({**result, "background": told}, output=space, caveats=caveats_of(scene), foil=foil)
    key = ("why of a group", of_rows(background.rows), space, scene.outcome, scene.seed, of_rows(scene.rows))
    result = scene.workspace.kept(key, lambda: group(scene, background, space))
    return Finding({**result, "background": told}, output=space, foil=foil)


def output_of(ask, scene):
    """"probability", "log_odds" where asked for, or a regression's unit."""
    if scene.domain.regression:
        return scene.domain.file.unit or "value"
    return "log_odds" if ask is not None and "log_odds" in (ask.get("output"), ask.get("method")) else "probability"


def attribution_of(scene, row, background, space):
    """Attribution of a one-row frame for the scene's outcome."""
    kind = "log_odds" if space == "log_odds" else "probability"
    return attribute(scene.workspace, row, background, scene.outcome, kind, scene.seed)


def of_model(model):
    """{"scores": own, margin or none, as the model gives them (None of a regression); "order_assumed": are its classes unnamed?}"""
    return {"scores": model.notes.get("probabilities") if model.classes else None,
            "order_assumed": bool(model.notes.get("class_order_assumed"))}


def single(scene, background, space, checks=False):
    """The `why` result of one case; `checks` adds how far it can be trusted (not for log-odds, nor of one feature)."""
    found = attribution_of(scene, scene.rows, background, space)
    players = scene.domain.players
    contributions = contribution_entries(scene, found.values, np.zeros(len(players)) if found.exact else found.errors)
    result = {"method": found.method, "baseline": found.baseline, "value": found.value, "contributions": contributions,
              "additivity_error": found.additivity_error, "background": background.to_json(), "exact": found.exact,
              "stable": found.stable, "players": len(players), **of_model(scene.model)}
    if checks and space != "log_odds" and len(players) > 1:
        result["checks"] = checks_of(scene, found, background, lambda rows: explain_rows(
            scene.workspace, rows, background, scene.outcome, seed=scene.seed).values)
    return result


def group(scene, background, space):
    """Mean contributions of a group: of all its cases where affordable, else of evenly picked ones (stated as `sampled`)."""
    size = len(scene.rows)
    kind = "log_odds" if space == "log_odds" else "probability"
    found = explain_rows(scene.workspace, scene.rows, background, scene.outcome, kind, scene.seed)
    values, count = found.values, len(found.rows)
    mean, spread = values.mean(axis=0), np.zeros(values.shape[1])
    if 1 < count < size:
        # Of a finite group: the error shrinks with the share of it that was explained.
        spread = values.std(axis=0, ddof=1) / np.sqrt(count) * np.sqrt(1 - count / size)
    order = np.argsort(-np.abs(mean), kind="stable")
    players = scene.domain.players
    return {"method": found.method, "baseline": found.baseline, "value": float(found.value.mean()),
            "contributions": [{"feature": players[i].name, "value": None, "contribution": mean[i], "error": spread[i],
                               "share_negative": float((values[:, i] < 0).mean()),
                               "mean_size": float(np.abs(values[:, i]).mean())} for i in order],
            "additivity_error": found.additivity_error, "background": background.to_json(), "exact": found.exact,
            "stable": found.stable, "players": len(players), **of_model(scene.model), "size": size, "sampled": count,
            "outcomes": None if scene.domain.regression else counted(scene.workspace.outcomes(scene.rows), scene.model.classes)}
