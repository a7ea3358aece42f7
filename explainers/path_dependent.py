"""Why this output, by path-dependent SHAP on request: the comparison is with the training rows that passed each split.

Only for sums of trees; of boosted trees in log-odds, as the library's own contributions are. What is compared with is
not a set of rows, so there is no foil.
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.comparison import contribution_entries
from explainers.contributions import of_model
from explainers.errors import InputProblem
from explainers.explain import OTHER_METHOD, Finding
from explainers.shapley.engines import engine_of

PRODUCES = ("why",)
ORDER = 5
METHOD = "path-dependent Shapley values of the trees"


def misfit(ask, scene):
    return None if ask.get("method") == "path_dependent" else OTHER_METHOD


def explain(ask, scene):
    from explainers.shapley.path_dependent import path_values
    engine = engine_of(scene.workspace)
    if engine is None or not hasattr(engine, "forest") or engine.link not in ("identity", "sigmoid"):
        raise InputProblem("no_path_dependent", model=scene.model.notes.get("estimator") or scene.model.library)
    log_odds = engine.link == "sigmoid"
    output = 0 if scene.domain.regression or log_odds else scene.model.classes.index(scene.outcome)
    codes = engine.encoding.codes(scene.rows)
    values, baseline = path_values(engine, codes, output)
    value = engine.margins(codes)[:, output]
    if log_odds and scene.model.classes.index(scene.outcome) == 0:
        values, baseline, value = -values, -baseline, -value
    space = "log_odds" if log_odds else scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    more = one_case(scene, values[0]) if scene.one else whole_group(scene, values)
    error = float(np.abs(baseline + values.sum(axis=1) - value).max())
    result = {"method": METHOD, "baseline": baseline, "value": float(value.mean()), "background": None, "reference": "tree_paths",
              "additivity_error": error, "exact": True, "stable": True, "players": len(scene.domain.players),
              **of_model(scene.model), **more}
    return Finding(result, output=space, caveats=caveats_of(scene) if scene.one else ())


def one_case(scene, values):
    return {"contributions": contribution_entries(scene, values, np.zeros(len(values)))}


def whole_group(scene, values):
    mean, players = values.mean(axis=0), scene.domain.players
    return {"contributions": [
        {"feature": players[i].name, "value": None, "contribution": mean[i], "error": 0.0,
         "share_negative": float((values[:, i] < 0).mean()), "mean_size": float(np.abs(values[:, i]).mean())}
        for i in np.argsort(-np.abs(mean), kind="stable")], "size": len(values), "sampled": len(values)}
