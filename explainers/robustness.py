"""How easily does an answer tip over? Small noise, other models that are as good, and features that look doubtful.

noise    every number is moved at random by up to a share of its training range (a whole number by at least 1), all others
         stay; an estimate counts as the same within a tolerance, see `sameness.py`
models   the model's own kind is fitted again, see `refits.py`: same outcome, and the same main reasons
doubts   near copies of the target, columns that say the same, identifiers (`suspicions.py`), features whose use does not
         hold up on other rows or that are not used (`use.py`), and features that the domain calls implausible, with how
         often they alone turn an outcome; suspicions, not findings
"""
import numpy as np

from explainers.caveats import caveats_of
from explainers.explain import Finding
from explainers.kept import of_rows
from explainers.rates import share_of
from explainers.refits import REFITS, reasons_of, refits_of
from explainers.sameness import answers, band, same
from explainers.suspicions import suspicions
from explainers.use import use_of

PRODUCES = ("robustness",)
ORDER = 10
LEVELS = (0.01, 0.02, 0.05, 0.1)
DRAWS, DRAWS_OF_MANY = 100, 5
TOLD = ("copy_of_target", "same_as_other", "near_copy", "like_an_id")
NONE = {"feature": None, "share": None, "other": None, "reason": None, "where": None, "size": None, "gain": None, "held_out": None}


def misfit(ask, scene):
    return None


def explain(ask, scene):
    domain = scene.domain
    numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
    said = answers(scene.workspace, scene.rows)
    levels = _noise(scene, numbers, said) if numbers else []
    outcome = said[0] if scene.one and not domain.regression else None
    key = ("models fitted again", scene.seed, scene.outcome, scene.one, of_rows(scene.rows))
    models, everyone = scene.workspace.kept(key, lambda: _models(scene, said))
    result = {"rows": len(scene.rows), "which": "held-out" if domain.split_known else "data", "outcome": outcome,
              "within": band(scene.workspace, said[0]) if scene.one else None, "numbers": numbers, "levels": levels,
              "flips_from": next((level["noise"] for level in levels if level["same"]["count"] < level["same"]["size"]), None),
              "models": models, "everyone": everyone, "doubts": doubts(scene)}
    output = domain.file.unit or "value" if domain.regression else "probability"
    return Finding(result, output=output, caveats=caveats_of(scene) if scene.one else (), library=scene.model.library)


def _models(scene, said):
    """(what the models fitted anew say of the scene, share of all cases on which all of the good ones agree with the model)."""
    workspace, cases = scene.workspace, scene.domain.cases
    made = refits_of(workspace, scene.seed)
    agree = lambda rows, wanted: np.array([same(workspace, answers(model, rows), wanted) for model in made.good]).reshape(-1, len(rows))
    here = agree(scene.rows, said)
    models = {"refitted": REFITS, "good": len(made.good), "kind": made.kind, "quality": made.own, "lowest": None, "highest": None,
              "reasons": None, "same": share_of(int(here.all(axis=0).sum()), len(said))}
    if scene.one:
        score = [float(model.model.score(scene.rows, scene.outcome)[0]) for model in made.good]
        models |= {"same": share_of(int(here.sum()), here.size), "lowest": min(score, default=None), "highest": max(score, default=None),
                   "reasons": reasons_of(scene, made.good)}
    everyone = agree(cases, answers(workspace, cases)).all(axis=0)
    return models, share_of(int(everyone.sum()), len(cases))


def _noise(scene, numbers, said):
    """[{"noise", "same"}]: of one case the share of draws with its answer, of many the share of rows that keep it in all."""
    random, draws = np.random.default_rng(scene.seed), DRAWS if scene.one else DRAWS_OF_MANY
    found = []
    for level in LEVELS:
        frame = scene.rows.iloc[np.tile(np.arange(len(said)), draws)].reset_index(drop=True)
        for name in numbers:
            frame[name] = _moved(scene.domain, name, frame[name].to_numpy(dtype=float), level, random)
        kept = same(scene.workspace, answers(scene.workspace, scene.domain.typed(frame)).reshape(draws, len(said)), said)
        counted = (kept.sum(), draws) if scene.one else (kept.all(axis=0).sum(), len(said))
        found.append({"noise": level, "same": share_of(*map(int, counted))})
    return found


def _moved(domain, name, values, level, random):
    """Values with noise, within what the training rows show unless the case is beyond it already; whole numbers stay whole."""
    feature, train = domain.features[name], domain.train[name].dropna().to_numpy(dtype=float)
    width = max(level * np.ptp(train), 1.0 if feature.whole else 0.0)
    moved = values + random.uniform(-width, width, len(values))
    moved = np.round(moved) if feature.whole else moved
    return np.clip(moved, np.fmin(train.min(), values), np.fmax(train.max(), values))


def doubts(scene):
    """[{"code", "feature", its numbers}], the gravest first: see `doubts` at the top."""
    domain, cases, workspace = scene.domain, scene.domain.cases, scene.workspace
    found = [doubt for doubt in suspicions(domain) if doubt["code"] in TOLD]
    random, said = np.random.default_rng(scene.seed), answers(workspace, cases)
    for name, feature in domain.features.items():
        if feature.implausible:
            mixed = cases.copy()
            mixed[name] = domain.train[name].array[random.integers(0, len(domain.train), len(cases))]
            turned = float((~same(workspace, answers(workspace, domain.typed(mixed)), said)).mean())
            found.append({"code": "implausible", "feature": name, "share": turned, "reason": feature.implausible})
    found += use_of(workspace, scene.seed)
    return [{**NONE, **{key: value for key, value in doubt.items() if key in NONE or key == "code"}} for doubt in found]
