"""Fixtures for all tests: a small domain with a rule that is known, and a browser."""
import atexit
import csv
import os
import shutil
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def new_var(folder):
    """A place for what tests store, apart from what people asked; only what is learned once is shared with `var/`."""
    learned = ROOT / "var" / "understanding"
    learned.mkdir(parents=True, exist_ok=True)
    (Path(folder) / "understanding").symlink_to(learned, target_is_directory=True)
    return str(folder)


# Before anything reads it.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["BECAUSE_VAR"] = new_var(tempfile.mkdtemp(prefix="because-tests-"))
atexit.register(shutil.rmtree, os.environ["BECAUSE_VAR"], ignore_errors=True)

TOY = """\
title: Toy loans
data: rows.csv
target: repaid
outcomes: {0: not repaid, 1: repaid}
favourable: 1
case: [applicant, applicants]
score: {outcome: 0, label: not repaying}
features:
  income: {type: number, label: income, unit: EUR, step: 100, min: 0, change: up, monotone: increasing}
  duration: {type: number, label: duration, unit: months, min: 1, monotone: decreasing}
  housing: {type: category, label: housing, values: {own: own home, rent: rented}}
  age: {type: number, label: age, unit: years, immutable: true, sensitive: true}
"""


def write_toy(folder):
    """A domain folder with the rule `income >= 50 x duration`; 240 rows, every combination of its values."""
    folder.mkdir(parents=True)
    (folder / "domain.yaml").write_text(TOY, encoding="utf-8")
    with open(folder / "rows.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["income", "duration", "housing", "age", "repaid"])
        for income in range(500, 3500, 300):
            for duration in (6, 12, 24, 36, 48, 60):
                for housing in ("own", "rent"):
                    for age in (25, 50):
                        rows.writerow([income, duration, housing, age, int(income >= 50 * duration)])
    return folder


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory):
    return write_toy(tmp_path_factory.mktemp("domains") / "toy")


@pytest.fixture
def var(tmp_path):
    """A place of the test's own for a database."""
    (tmp_path / "var").mkdir()
    return new_var(tmp_path / "var")


@pytest.fixture(scope="session")
def toy(toy_folder):
    """The toy domain's workspace; its model is trained at first use."""
    from explainers.workspace import open_workspace
    return open_workspace(str(toy_folder))


@pytest.fixture
def database(tmp_path):
    from app.database import Database
    opened = Database(tmp_path / "because.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once. `run.py test` finds or installs it; where none can be had, CI fails and others skip."""
    from playwright.sync_api import Error, sync_playwright
    with sync_playwright() as playwright:
        try:
            path = os.environ.get("BECAUSE_BROWSER") or _system_browser()
            chromium = playwright.chromium.launch(executable_path=path)
        except Error as error:
            reason = os.environ.get("BECAUSE_NO_BROWSER") or str(error).splitlines()[0]
            if os.environ.get("CI") == "true":
                pytest.fail(f"the browser tests need Chromium: {reason}", pytrace=False)
            pytest.skip(f"no browser: {reason}")
        yield chromium
        chromium.close()


def _system_browser():
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)
