#!/usr/bin/env python3
"""Start Because. Needs Python 3.11 or newer and nothing else.

    python3 run.py                  sets everything up when needed, then opens the chat page
    python3 run.py test [...]       sets up what the tests need and runs them; the rest goes to pytest
    python3 run.py ask ...          the same set-up, then `python -m app ask ...`
"""
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LAUNCH = ("import os; from playwright.sync_api import sync_playwright as start\n"
          "with start() as p: p.chromium.launch(executable_path=os.environ.get('BECAUSE_BROWSER') or None).close()")

FIRST = ("from app.pipeline import respond; from dialogue.languages import languages; from dialogue.types import Memory\n"
         "from dialogue.phrasing.language import language; from explainers.workspace import open_workspace\n"
         "credit = open_workspace('credit')\n"
         "for code in languages():\n"
         "    text = language(code).read('page.yaml')['starters'][0]\n"
         "    respond(text, Memory(language=code).about(credit.domain.cases.index[0]), credit)")


def main(arguments):
    if sys.version_info < (3, 11):
        sys.exit("Because needs Python 3.11 or newer; this is Python %s.%s." % sys.version_info[:2])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    added = install({"requirements.txt": [], "dialogue/understanding/requirements.txt": ["--no-deps"]})
    if not (ROOT / "data/credit/model.skops").is_file():
        run("-P", "-m", "app", "train", "credit")
    if added:
        # The first question after an installation prepares what later ones find ready.
        run("-P", "-c", FIRST)
    if arguments[:1] == ["test"]:
        install({"explainers/models/requirements.txt": []})
        find_browser()
        os.chdir(ROOT)
        return become("-m", "pytest", *arguments[1:])
    return become("-P", "-m", "app", *arguments)


def install(files):
    """Make .venv hold what requirement files ask for (file -> pip's options); True where something was installed.

    An interrupted set-up is taken up again.
    """
    version = "%s.%s" % sys.version_info[:2]
    if not works("-c", "import pip, sys; sys.exit('%s.%s' % sys.version_info[:2] != '" + version + "')"):
        make_environment()
    added = False
    for name, options in files.items():
        wanted = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        mark = VENV / ("installed-" + name.replace("/", "-"))
        if mark.is_file() and mark.read_text() == wanted:
            continue
        print("Setting up %s (once; minutes on a fresh machine) ..." % name, file=sys.stderr, flush=True)
        if run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options, "-r", str(ROOT / name)).returncode:
            sys.exit("The libraries could not be installed; pip says above why. Starting again goes on from here.")
        mark.write_text(wanted)
        added = True
    return added


def make_environment():
    try:
        import ensurepip  # noqa: F401  (Debian and Ubuntu ship it apart)
        import venv
    except ImportError:
        sys.exit("Python's venv module is incomplete here: install it (Debian, Ubuntu: apt install python3-venv) "
                 "and start again.")
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)


def find_browser():
    """A Chromium for the browser tests: the system's, Playwright's own, Debian's package or a download."""
    system = next(filter(None, map(shutil.which, BROWSERS)), "")
    os.environ.setdefault("BECAUSE_BROWSER", system)
    if works("-c", LAUNCH):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run("apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core",
                       shell=True, stdout=sys.stderr)
        os.environ["BECAUSE_BROWSER"] = next(filter(None, map(shutil.which, BROWSERS)), "")
        if works("-c", LAUNCH):
            return
    os.environ["BECAUSE_BROWSER"] = ""
    run("-m", "playwright", "install", "chromium")
    if not works("-c", LAUNCH):
        os.environ["BECAUSE_NO_BROWSER"] = ("no Chromium on this system, and neither its package manager nor "
                                            "`playwright install chromium` could provide one")


def run(*arguments):
    """The environment's Python; what it prints is news, not output of the command that was asked for."""
    return subprocess.run([str(PYTHON), *arguments], stdout=sys.stderr)


def works(*arguments):
    try:
        return subprocess.run([str(PYTHON), *arguments], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def become(*arguments):
    """Go on as the environment's Python, so that signals and the exit code are its own."""
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call([str(PYTHON), *arguments]))
    os.execv(str(PYTHON), [str(PYTHON), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
