"""run.py: sets up once, repairs what was interrupted, says in a sentence what is missing."""
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {"requirements.txt": [], "dialogue/understanding/requirements.txt": ["--no-deps"]}
EXTRAS = "explainers/models/requirements.txt"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module whose environment is in a folder of the test's own; what it would start is noted down."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in (*FILES, EXTRAS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a==1\n")
    (tmp_path / "data/credit").mkdir(parents=True)
    (tmp_path / "data/credit/model.skops").write_bytes(b"")
    for name, path in {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "PYTHON": tmp_path / ".venv/bin/python"}.items():
        monkeypatch.setattr(module, name, path)
    module.done, module.pip_fails, module.sound = [], False, False

    def make():
        module.done.append("environment")
        shutil.rmtree(module.VENV, ignore_errors=True)
        module.VENV.mkdir(exist_ok=True)
        module.sound = True

    def start(*arguments):
        module.done.append("first question" if module.FIRST in arguments
                           else next(word for word in arguments if word in ("pip", "playwright", "train")))
        return SimpleNamespace(returncode=int(module.pip_fails))

    monkeypatch.setattr(module, "make_environment", make)
    monkeypatch.setattr(module, "run", start)
    monkeypatch.setattr(module, "works", lambda *arguments: module.sound)
    monkeypatch.setattr(module, "become", lambda *arguments: module.done.append(arguments))
    monkeypatch.setenv("PYTHONPATH", "")
    return module


def test_the_second_start_installs_nothing(run):
    run.install(FILES)
    assert run.done == ["environment", "pip", "pip"]
    run.install(FILES)
    assert run.done == ["environment", "pip", "pip"]


def test_changed_requirements_are_installed_into_the_same_environment(run):
    run.install(FILES)
    (run.ROOT / "requirements.txt").write_text("a==2\n")
    run.install(FILES)
    assert run.done == ["environment", "pip", "pip", "pip"]


def test_an_interrupted_installation_is_taken_up_again(run):
    run.pip_fails = True
    with pytest.raises(SystemExit) as stopped:
        run.install(FILES)
    assert "could not be installed" in str(stopped.value) and not list(run.VENV.iterdir())
    run.pip_fails = False
    run.install(FILES)
    assert run.done == ["environment", "pip", "pip", "pip"] and len(list(run.VENV.iterdir())) == 2


def test_a_broken_environment_is_made_anew(run):
    run.install(FILES)
    run.sound = False
    run.install(FILES)
    assert run.done == ["environment", "pip", "pip"] * 2


def test_an_old_python_is_told_what_is_needed(run, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit) as stopped:
        run.main([])
    assert str(stopped.value) == "Because needs Python 3.11 or newer; this is Python 3.9."
    assert run.done == []


def test_debian_without_its_venv_package_is_told_so():
    import subprocess
    program = ("import sys; sys.modules['ensurepip'] = None; sys.path.insert(0, sys.argv[1])\n"
               "import run; run.make_environment()")
    done = subprocess.run([sys.executable, "-c", program, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1
    assert "apt install python3-venv" in done.stderr


def test_a_missing_model_of_the_demonstration_is_trained(run):
    run.main([])
    assert run.done == ["environment", "pip", "pip", "first question", ("-P", "-m", "app")]
    (run.ROOT / "data/credit/model.skops").unlink()
    run.main([])
    assert run.done[5:] == ["train", ("-P", "-m", "app")]


def test_arguments_go_on_to_the_program(run):
    run.main(["ask", "--domain", "credit", "why?"])
    assert run.done[-1] == ("-P", "-m", "app", "ask", "--domain", "credit", "why?")
    assert os.environ["PYTHONPATH"].split(os.pathsep)[0] == str(run.ROOT)


def test_arguments_after_test_go_on_to_pytest(run, monkeypatch):
    monkeypatch.chdir(run.ROOT)
    monkeypatch.setattr(run, "find_browser", lambda: None)
    run.main(["test", "-k", "nothing"])
    assert run.done == ["environment", "pip", "pip", "first question", "pip", ("-m", "pytest", "-k", "nothing")]


def test_where_no_browser_can_be_had_the_reason_is_handed_on(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setenv("BECAUSE_NO_BROWSER", "")
    monkeypatch.setenv("BECAUSE_BROWSER", "")
    run.find_browser()
    assert run.done == ["playwright"]
    assert "Chromium" in os.environ["BECAUSE_NO_BROWSER"]


def test_a_browser_of_the_system_is_taken(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/chromium" if name == "chromium" else None)
    monkeypatch.delenv("BECAUSE_BROWSER", raising=False)
    run.sound = True
    run.find_browser()
    assert os.environ["BECAUSE_BROWSER"] == "/usr/bin/chromium" and run.done == []
    monkeypatch.delenv("BECAUSE_BROWSER")


def test_ci_runs_what_the_readme_says():
    script = (ROOT / ".ci/run").read_text()
    assert "set -euo pipefail" in script and "python3 run.py test" in script
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert "python3 run.py test" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*FILES, EXTRAS])
def test_every_requirement_is_pinned_to_one_version(name):
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    assert all("==" in line for line in lines if line)
    assert not [line for line in lines if "://" in line or line.startswith("-")]
