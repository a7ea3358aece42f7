"""How far can the last explanation be trusted? The checks of `checks.py`, for answers that rest on contributions.

Contributions are worked out again as for `why`; an answer of another kind has its own measures (the precision of an anchor,
the fidelity of rules, the intervals of shares) in its own evidence, so that nothing is added to it here.
"""
from explainers.caveats import caveats_of
from explainers.contrast import compared_with
from explainers.contributions import single
from explainers.explain import Finding

PRODUCES = ("method",)
ORDER = 10
OF = ("why", "role")
FACTS = ("method", "exact", "stable", "baseline", "value", "additivity_error", "background", "players")


def misfit(ask, scene):
    return None


def explain(ask, scene):
    kinds = [kind for kind in ask.get("of") or () if isinstance(kind, str)]
    known = {"of": kinds, "asked": ask.get("method")}
    if not scene.one or not set(kinds) & set(OF) or ask.get("method") == "lime":
        return Finding({**known, "checks": None})
    output = scene.domain.file.unit or "value" if scene.domain.regression else "probability"
    background, told, foil = compared_with(ask, scene)
    found = {**single(scene, background, output, checks=True), "background": told}
    return Finding({**known, "checks": found.get("checks"), **{name: found[name] for name in FACTS},
                    "largest_error": max((entry["error"] for entry in found["contributions"]), default=0.0)},
                   output=output, caveats=caveats_of(scene), foil=foil)
