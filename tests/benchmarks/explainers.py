"""What explains which model, how exactly and how fast; and the same game by shap itself, side by side.

    python -m tests.benchmarks.explainers            prints both tables
    python -m tests.benchmarks.explainers --write    puts them into docs/explainers.md
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
from explainers.shapley.engines import background_for
from explainers.shapley.several import explain_rows
from explainers.workspace import Workspace, open_workspace
from tests.explainers import test_contributions as families
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explainers.md"
REPEATS = 7


def best(call, repeats=REPEATS):
    """Shortest of some calls in milliseconds, after one to warm up."""
    call()
    times = []
    for _ in range(repeats):
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


def side_by_side():
    """Rows of the table of speed: credit, 300 trees, from raw rows, same background, output and players: ours and shap's.

    shap knows no groups of columns, so ordinal codes are used: one column a player.
    """
    import shap
    from lightgbm import LGBMClassifier
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
    from xgboost import XGBClassifier
    domain = open_workspace("credit").domain
    many = domain.frame.iloc[:1000]
    for name, last, space in [("hist boosting, log-odds", HistGradientBoostingClassifier(max_iter=300, random_state=0), "log_odds"),
                              ("XGBoost, log-odds", XGBClassifier(n_estimators=300, max_depth=4, n_jobs=1, random_state=0), "log_odds"),
                              ("LightGBM, log-odds", LGBMClassifier(n_estimators=300, num_leaves=15, n_jobs=1, verbose=-1), "log_odds"),
                              ("random forest", RandomForestClassifier(300, random_state=0, n_jobs=1), "probability")]:
        mine, encode = with_ordinal_codes(domain, last)
        background, row = background_for(mine), domain.cases.iloc[[0]]
        explainer = shap.TreeExplainer(last, encode.transform(background.rows), feature_perturbation="interventional",
                                       model_output="raw")
        order = [list(domain.features).index(column) for column in encode.get_feature_names_out()]

        def theirs(rows):
            values = explainer(encode.transform(rows), check_additivity=False).values
            return values[:, :, 1] if values.ndim == 3 else values

        def ours(rows):
            mine.model._recent.clear()
            if len(rows) == 1:
                return attribute(mine, rows, background, "1", space).values[None][:, order]
            return explain_rows(mine, rows, background, "1", space).values[:, order]

        # shap goes row by row, so its 1,000 rows are ten times 100 (of a forest they would take minutes).
        one, bare, lot, bare_lot = timed(ours, row), timed(theirs, row), timed(ours, many, 2), 10 * timed(theirs, many[:100], 1)
        yield (f"| {name} | {one:.0f} | {bare:.0f} | {lot / 1000:.2f} | {bare_lot / 1000:.2f} |"
               f" {np.abs(ours(row) - theirs(row)).max():.0e} |")


def timed(call, rows, repeats=REPEATS):
    return best(lambda: call(rows), repeats)


def with_ordinal_codes(domain, last):
    """(workspace with the fitted pipeline, its first step)"""
    from sklearn.compose import make_column_transformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder
    encode = make_column_transformer((OrdinalEncoder(), [n for n, f in domain.features.items() if f.type != "number"]),
                                     remainder="passthrough", verbose_feature_names_out=False)
    workspace = Workspace(domain)
    workspace.model = from_estimator(make_pipeline(encode, last).fit(domain.frame, domain.target.astype(int)), domain, "benchmark")
    return workspace, encode


def main():
    warnings.simplefilter("ignore")
    families_told, speed = family_table(), list(side_by_side())
    print("\n".join([*families_told, *speed]))
    if "--write" in sys.argv:
        write("| --- | --- | --- | ---: | ---: |", families_told)
        write("| --- | ---: | ---: | ---: | ---: | ---: |", speed)


def write(under, rows):
    """Puts the rows in place of those under this line of the page."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.sub(r"(?<=\n)" + re.escape(under) + r"\n(?:\|.*\n)+", lambda _: "\n".join([under, *rows]) + "\n", text, count=1)
    PAGE.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
