"""Who is like this case? The nearest other cases in a mixed-type distance, and what came of them."""
import numpy as np

from explainers.comparison import values_of
from explainers.distance import Gower, nearest_rows
from explainers.explain import Finding
from explainers.rates import counted, mean_of

PRODUCES = ("similar",)
ORDER = 10
GROUP = 20          # cases whose outcomes are counted
SMALLEST = 5        # fewer are not shown as a group
SHOWN = 5


def misfit(ask, scene):
    if not scene.one:
        return "needs_one_case"
    return "too_few_to_compare" if len(scene.domain.cases) <= SMALLEST else None


def explain(ask, scene):
    domain = scene.domain
    gower = scene.workspace.prepared("gower cases", lambda: Gower(domain, domain.cases))
    parts = gower.parts(scene.rows)
    distances = gower.without_itself(parts.mean(axis=1), scene.before if scene.scope["kind"] == "case" else scene.rows.set_axis([None]))
    near = nearest_rows(distances, min(GROUP, int(np.isfinite(distances).sum())))
    rows = gower.rows.iloc[near]
    known = domain.target.loc[rows.index].to_numpy()
    said = scene.model.predict(rows) if domain.regression else scene.workspace.outcomes(rows)
    score = said if domain.regression else scene.model.score(rows, scene.outcome)
    cases = [{"case": rows.index[i], "distance": distances[near[i]], "label": known[i], "outcome": said[i], "score": score[i],
              "differs": _differs(domain, scene.rows, rows.iloc[[i]])} for i in range(min(SHOWN, len(rows)))]
    result = {"method": "Gower distance", "which": "held-out" if domain.split_known else "data", "pool": int(np.isfinite(distances).sum()),
              "size": len(rows), "cases": cases}
    if domain.regression:
        result |= {"known": mean_of(known.astype(float)), "predicted": mean_of(said)}
    else:
        result |= {"labels": counted(known, domain.outcomes), "outcomes": counted(said, scene.model.classes)}
    return Finding(result, output=domain.file.unit or "value" if domain.regression else "probability")


def _differs(domain, row, other):
    """What is not the same: [{"feature", "value", "here"}] with the other's value and this case's."""
    pairs = zip(domain.players, values_of(domain, other), values_of(domain, row))
    return [{"feature": player.name, "value": theirs, "here": ours} for player, theirs, ours in pairs if theirs != ours]
