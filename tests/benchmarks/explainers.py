"""What explains which model, how exactly and how fast; and the same game by shap itself, side by side.

    python -m tests.benchmarks.explainers            prints the tables
    python -m tests.benchmarks.explainers --write    puts them into docs/explainers.md

Times are processor time, the shortest of several calls in turn: other work on the machine counts for little.
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
from tests.explainers.other_families import OTHERS
from tests.explainers.toy import domain_of, in_pipeline, table, workspace_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explainers.md"
REPEATS = 7


def best(*calls, repeats=REPEATS):
    """Shortest processor time of each of some calls in milliseconds, taken in turn after one to warm up each."""
    times = [[] for _ in calls]
    for turn in range(repeats + 1):
        for call, found in zip(calls, times):
            start = time.process_time()
            call()
            found.append(time.process_time() - start)
    return [1000 * min(found[1:]) for found in times]


def family_table():
    """Rows of the table in docs/explainers.md: each family on the test domain of six features."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, made) in enumerate(every_family()):
            workspace = made(Path(folder) / str(number))
            background, row = background_for(workspace), workspace.domain.cases.iloc[[3]]
            outcome = None if workspace.domain.regression else workspace.model.classes[-1]
            found = attribute(workspace, row, background, outcome)
            took = best(lambda: anew(workspace, row, background, outcome))[0]
            rows.append(f"| {name} | {found.method} | {'yes' if found.exact else 'no'} | {found.additivity_error:.0e} | {took:.0f} |")
    return rows


def anew(workspace, row, background, outcome, space="probability"):
    """attribute(), with the model asked about the row once more."""
    workspace.model._recent.clear()
    return attribute(workspace, row, background, outcome, space)


def blackbox_table():
    """Rows of the table of models that are asked: credit, 20 features, the mean of five cases and the worst of them."""
    domain, rows = open_workspace("credit").domain, []
    for name, last in black_boxes().items():
        workspace = with_codes(domain, last)
        background, outcome = background_for(workspace), "0"
        cases = [domain.cases.iloc[[at]] for at in range(5)]
        found = [attribute(workspace, case, background, outcome) for case in cases]
        took = [best(lambda: anew(workspace, case, background, outcome), repeats=1)[0] for case in cases]
        largest = max(0.0 if each.exact else float(each.errors.max()) for each in found)
        errors = "exact" if all(each.exact for each in found) else f"{largest:.4f}"
        rows.append(f"| {name} | {errors} | {sum(each.stable for each in found)} of 5 | {np.mean(took):.0f} |")
    return rows


def black_boxes():
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import RandomForestClassifier, StackingClassifier
    from sklearn.gaussian_process import GaussianProcessClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.svm import SVC
    parts = [("a", GaussianNB()), ("b", LogisticRegression(max_iter=2000))]
    return {"neural network": MLPClassifier((20,), max_iter=400, random_state=0), "naive Bayes": GaussianNB(),
            "nearest neighbours (15)": KNeighborsClassifier(15), "support vectors (margin)": SVC(random_state=0),
            "Gaussian process": GaussianProcessClassifier(optimizer=None), "stacking": StackingClassifier(parts, cv=3),
            "calibrated forest, isotonic": CalibratedClassifierCV(RandomForestClassifier(50, random_state=0), method="isotonic", cv=3)}


def with_codes(domain, last):
    """The domain with the model in a pipeline of one-hot codes and standardised numbers, fitted on its training rows."""
    from sklearn.compose import make_column_transformer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    numbers = [name for name, feature in domain.features.items() if feature.type == "number"]
    encode = make_column_transformer((StandardScaler(), numbers), remainder=OneHotEncoder(handle_unknown="ignore", sparse_output=False))
    workspace = Workspace(domain)
    fitted = make_pipeline(encode, last).fit(domain.train, domain.train_target.astype(int))
    workspace.model = from_estimator(fitted, domain, "benchmark")
    return workspace


def every_family():
    """(name, folder -> Workspace) of every family that the tests hold."""
    import importlib
    for name, (estimator, outcomes, missing, _) in families.MODELS.items():
        yield name, fitted(estimator, outcomes, missing)
    for name, (where, settings, outcomes) in families.BOOSTERS.items():
        module, kind = where.split(".")
        made = getattr(importlib.import_module(module), kind)(random_state=0, n_jobs=1, **settings)
        yield name, fitted(in_pipeline(made, one_hot=False), outcomes, False)
    for name, (make, _, _) in OTHERS.items():
        yield name, make


def fitted(estimator, outcomes, missing):
    def make(folder):
        data = table(outcomes=max(outcomes, 0), missing=missing)
        if outcomes == -1:
            data["target"] = data["target"].abs()
        return workspace_of(domain_of(folder / "toy", data, max(outcomes, 0)), estimator)
    return make


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
            if len(rows) == 1:
                return anew(mine, rows, background, "1", space).values[None][:, order]
            mine._prepared.pop("several", None)      # what was worked out before is not to count
            return explain_rows(mine, rows, background, "1", space).values[:, order]

        one, bare = best(lambda: ours(row), lambda: theirs(row))
        # shap goes row by row, so its 1,000 rows are twenty times 50 (of a forest they would take minutes).
        lot, bare_lot = best(lambda: ours(many), repeats=2)[0], 20 * best(lambda: theirs(many[:50]), repeats=1)[0]
        yield (f"| {name} | {one:.0f} | {bare:.0f} | {lot / 1000:.2f} | {bare_lot / 1000:.2f} |"
               f" {np.abs(ours(row) - theirs(row)).max():.0e} |")


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
    tables = {"| --- | --- | --- | ---: | ---: |": family_table(), "| --- | ---: | ---: | ---: |": blackbox_table(),
              "| --- | ---: | ---: | ---: | ---: | ---: |": list(side_by_side())}
    for under, rows in tables.items():
        print("\n".join(rows))
        if "--write" in sys.argv:
            write(under, rows)


def write(under, rows):
    """Puts the rows in place of those under this line of the page."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.sub(r"(?<=\n)" + re.escape(under) + r"\n(?:\|.*\n)+", lambda _: "\n".join([under, *rows]) + "\n", text, count=1)
    PAGE.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
