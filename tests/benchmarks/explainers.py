"""What explains which model, how exactly and how fast; and the same game by shap itself, side by side.

    python -m tests.benchmarks.explainers            prints both tables
    python -m tests.benchmarks.explainers --write    puts the first into docs/explainers.md
"""
import re
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

from explainers.loading import from_estimator
from explainers.shapley.attribution import attribute
from explainers.shapley.engines import background_for, engine_of
from explainers.workspace import Workspace, open_workspace
from tests.explainers import test_contributions as families
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explainers.md"
REPEATS = 7


def best(call):
    """Shortest of REPEATS calls in milliseconds, after one to warm up."""
    call()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def family_table():
    """Rows of the table in docs/explainers.md: each family on the test domain of six features."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, outcomes, missing, estimator) in enumerate(every_family()):
            data = table(outcomes=max(outcomes, 0), missing=missing)
            if outcomes == -1:
                data["target"] = data["target"].abs()
            workspace = workspace_of(domain_of(Path(folder) / str(number) / "toy", data, max(outcomes, 0)), estimator)
            background, row = background_for(workspace), workspace.domain.cases.iloc[[3]]
            outcome = None if workspace.domain.regression else workspace.model.classes[-1]
            found = attribute(workspace, row, background, outcome)
            took = best(lambda: attribute(workspace, row, background, outcome))
            rows.append(f"| {name} | {found.method} | {'yes' if found.exact else 'no'} | {found.additivity_error:.0e} | {took:.0f} |")
    return rows


def every_family():
    import importlib
    for name, (estimator, outcomes, missing, _) in families.MODELS.items():
        yield name, outcomes, missing, estimator
    for name, (where, settings, outcomes) in families.BOOSTERS.items():
        module, kind = where.split(".")
        made = getattr(importlib.import_module(module), kind)(random_state=0, n_jobs=1, **settings)
        yield name, outcomes, False, in_pipeline(made, one_hot=False)


def shap_table():
    """One credit case, from the raw row, same background, output and players: ours beside shap's own explainers.

    shap knows no groups of columns, so ordinal codes are used: one column a player.
    """
    import shap
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder
    workspace = open_workspace("credit")
    domain = workspace.domain
    for name, last, output in [("random forest, 300 trees", RandomForestClassifier(300, random_state=0, n_jobs=1), "probability"),
                               ("boosting, 300 trees, log-odds", GradientBoostingClassifier(n_estimators=300, random_state=0), "log_odds")]:
        encode = make_column_transformer((OrdinalEncoder(), [n for n, f in domain.features.items() if f.type != "number"]),
                                         remainder="passthrough", verbose_feature_names_out=False)
        pipeline = make_pipeline(encode, last).fit(domain.frame, domain.target.astype(int))
        mine = Workspace(domain)
        mine.model = from_estimator(pipeline, domain, "benchmark")
        background, row = background_for(mine), domain.cases.iloc[[0]]
        engine_of(mine)
        explainer = shap.TreeExplainer(last, encode.transform(background.rows), feature_perturbation="interventional",
                                       model_output="raw")
        theirs = explainer(encode.transform(row), check_additivity=False).values[0]
        theirs = theirs[:, 1] if theirs.ndim == 2 else theirs
        order = [list(domain.features).index(column) for column in encode.get_feature_names_out()]
        found = attribute(mine, row, background, "1", output)
        ours = found.values[order]
        print(f"{name}: ours {best(lambda: attribute(mine, row, background, '1', output)):.1f} ms,"
              f" shap {best(lambda: explainer(encode.transform(row), check_additivity=False)):.1f} ms,"
              f" model alone {best(lambda: mine.model.predict(row)):.1f} ms, background {len(background.rows)} rows,"
              f" largest difference {np.abs(ours - theirs).max():.1e}")


def main():
    warnings.simplefilter("ignore")
    rows = family_table()
    print("\n".join(rows))
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        head, tail = re.split(r"(?<=\| --- \| --- \| --- \| ---: \| ---: \|\n)(?:\|.*\n)+", text, maxsplit=1)
        PAGE.write_text(head + "\n".join(rows) + "\n" + tail, encoding="utf-8")
    shap_table()


if __name__ == "__main__":
    main()
