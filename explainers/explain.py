"""Query -> Evidence: find about whom, apply the changes, let the fitting explainer compute each thing asked.

An explainer is a file in this folder with
    PRODUCES   kinds of question it answers, e.g. ("why",)
    ORDER      among several that fit, the lowest is taken
    misfit(ask, scene)    None where it fits, else a reason code (a word for `problems.yaml`)
    explain(ask, scene)   -> Finding
"""
import importlib
import pkgutil
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Mapping

import numpy as np
import pandas as pd

import explainers
from explainers.conditions import mask
from explainers.domain import text_of
from explainers.errors import InputProblem
from explainers.types import Evidence
from explainers.workspace import Workspace

SEED = 20
OTHER_METHOD = "other_method_asked"     # misfit of a method that the question did not ask for: another reason says more


@dataclass(frozen=True, eq=False)
class Scene:
    """What a Query is about, as rows: everything an explainer needs besides its ask.

    before   n_rows x n_features, raw values as they are
    rows     the same rows under the Query's changes
    outcome  code of the outcome whose score is told; None for a regression
    """
    workspace: Workspace
    scope: Mapping[str, Any]
    before: pd.DataFrame
    rows: pd.DataFrame
    changes: tuple
    outcome: str | None
    seed: int = SEED

    @property
    def domain(self):
        return self.workspace.domain

    @property
    def model(self):
        return self.workspace.model

    @property
    def one(self):
        """True where it is about one case (or somebody described), not a group."""
        return self.scope["kind"] in ("case", "new")


@dataclass(frozen=True)
class Finding:
    """What an explainer hands back; the rest of the Evidence is filled in here."""
    result: Mapping[str, Any]
    output: str = "none"
    caveats: tuple = ()
    library: str = "because"
    foil: str | None = None
    outcome: str | None = "as the scene"


@lru_cache
def methods():
    """kind -> explainer modules, in their order; found by looking through this folder."""
    found = {}
    for entry in pkgutil.iter_modules(explainers.__path__):
        module = importlib.import_module(f"explainers.{entry.name}")
        for kind in getattr(module, "PRODUCES", ()):
            found.setdefault(kind, []).append(module)
    return {kind: sorted(modules, key=lambda module: module.ORDER) for kind, modules in found.items()}


def explain(query, workspace, seed=SEED):
    """A resolved Query -> Evidence for each ask, in order; kinds without an explainer give none.

    Raises InputProblem where the case, a value or a condition is not possible.
    """
    asks = [ask for ask in query.asks if ask.kind in methods()]
    if not asks:
        return ()
    scene = scene_of(query, workspace, seed)
    return tuple(_explain_one(ask, scene) for ask in asks)


def _explain_one(ask, scene):
    started = time.perf_counter()
    reasons = []
    for method in methods()[ask.kind]:
        reason = method.misfit(ask, scene)
        if reason is None:
            finding = method.explain(ask, scene)
            return _evidence(ask, scene, method, finding, time.perf_counter() - started)
        reasons.append(reason)
    raise InputProblem(next((reason for reason in reasons if reason != OTHER_METHOD), reasons[0]), kind=ask.kind)


def _evidence(ask, scene, method, finding, seconds):
    return Evidence(
        kind=ask.kind, scope=scene.scope, outcome=scene.outcome if finding.outcome == "as the scene" else finding.outcome,
        foil=finding.foil, output=finding.output, explainer=method.__name__.split(".")[-1], library=finding.library,
        model_hash=scene.workspace.model.hash if finding.output != "none" else "", data_hash=scene.domain.data_hash,
        seed=scene.seed, seconds=round(seconds, 6), caveats=tuple(plain(c) for c in finding.caveats),
        result=plain(finding.result))


def scene_of(query, workspace, seed=SEED):
    """About whom, with the changes applied."""
    domain, subject = workspace.domain, query.subject
    before, scope = _subject_rows(subject, workspace)
    rows = changed(before, query.changes, domain)
    return Scene(workspace, scope, before, rows, query.changes, told_outcome(workspace, rows, scope), seed)


def _subject_rows(subject, workspace):
    domain = workspace.domain
    if subject.new is not None:
        return domain.rows([subject.new]), {"kind": "new", "values": dict(subject.new)}
    if subject.case is not None and subject.where is None:
        return domain.case(subject.case), {"kind": "case", "case": str(subject.case)}
    if subject.where is not None:
        met = mask(subject.where, domain, domain.cases, lambda: workspace.outcomes(domain.cases), domain.cases_target)
        if not met.any():
            raise InputProblem("empty_group", size=len(domain.cases), where=subject.where)
        return domain.cases[met], {"kind": "group", "where": subject.where, "size": int(met.sum())}
    return domain.cases, {"kind": "everyone", "size": len(domain.cases)}


def told_outcome(workspace, rows, scope):
    """The outcome whose score is told: the domain's counted one, else what the model says of the case."""
    domain = workspace.domain
    if domain.regression:
        return None
    if domain.counted is not None:
        return domain.counted
    if scope["kind"] in ("case", "new"):
        return workspace.outcomes(rows)[0]
    return domain.favourable or list(domain.outcomes)[-1]


def changed(rows, changes, domain):
    """`rows` with each Change applied in turn; raises InputProblem for what is not possible.

    A row has one column of a family: whoever gets another one loses the one before.
    """
    rows = rows.copy()
    family = {column: player.columns for player in domain.players if len(player.columns) > 1 for column in player.columns}
    for change in changes:
        feature = domain.feature(change.feature)
        if change.how == "to":
            rows[feature.name] = raw = feature.read(change.value)
            for other in family.get(feature.name, ()):
                if other != feature.name and raw == feature.true:
                    rows[other] = domain.features[other].false
            continue
        if feature.type != "number":
            raise InputProblem("not_a_number_to_change", feature=feature.name, label=feature.label)
        amounts = rows[feature.name].astype(float)
        amounts = amounts + float(change.value) if change.how == "by" else amounts * float(change.value)
        if feature.whole:
            amounts = amounts.round()
        rows[feature.name] = [feature.read(amount) for amount in amounts]
    return domain.typed(rows)


def plain(value):
    """numpy and tuples -> JSON: numbers, strings, lists, dictionaries, None for NaN."""
    if isinstance(value, Mapping):
        return {text_of(key) if not isinstance(key, str) else key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
