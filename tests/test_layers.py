"""The layers hold: who may import whom, what is imported only when used, how long things are."""
import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {"explainers": {"explainers"}, "dialogue": {"dialogue", "explainers"}, "app": {"app", "dialogue", "explainers"}}
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
PYTHON = SOURCES + sorted(path for path in (ROOT / "tests").rglob("*.py") if path.is_file()) + [ROOT / "run.py"]

# library -> the only places that may import it
PLACES = {
    "gradio": ("app/page/",), "fastapi": ("app/page/",), "starlette": ("app/page/",), "uvicorn": ("app/commands/serve.py",),
    "sqlite_utils": ("app/database.py", "app/records.py", "app/sessions.py"), "sqlite3": ("app/database.py",),
    "jinja2": ("dialogue/phrasing/",), "babel": ("dialogue/", "app/page/"), "inflect": ("dialogue/",),
    "shap": ("explainers/",),
}
# take long to import: only inside the function that needs them
HEAVY = {"shap", "gradio", "matplotlib", "sklearn", "xgboost", "lightgbm", "catboost", "onnxruntime", "keras", "tensorflow",
         "numba", "skops", "scipy", "joblib"}
# answers come from templates and computation on this machine alone
NEVER = {"openai", "anthropic", "transformers", "torch", "langchain", "llama_cpp", "requests", "httpx", "aiohttp", "urllib3"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP|NotImplementedError)\b")
LOGGING = ("exception", "print_exc")
LONGEST_FILE, USUAL_FILE, LONGEST_FUNCTION, LONGEST_LINE = 300, 200, 50, 140


def name(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """[(module, at the top level of the file, line)]"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(node) for function in ast.walk(tree) if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
              for node in ast.walk(function)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) not in inside, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} relative import: say where from"
            found.append((node.module, id(node) not in inside, node.lineno))
    return found


IMPORTS = [(path, *entry) for path in SOURCES for entry in imports(path)]


def test_imports_point_one_way():
    wrong = [f"{name(path)}:{line} {module}" for path, module, _, line in IMPORTS
             if module.split(".")[0] in LAYERS and module.split(".")[0] not in LAYERS[path.relative_to(ROOT).parts[0]]]
    assert not wrong


@pytest.mark.parametrize("library", PLACES)
def test_each_library_stays_in_its_place(library):
    wrong = [f"{name(path)}:{line}" for path, module, _, line in IMPORTS
             if module.split(".")[0] == library and not name(path).startswith(PLACES[library])]
    assert not wrong


def test_heavy_libraries_are_imported_where_they_are_used():
    wrong = [f"{name(path)}:{line} {module}" for path, module, top, line in IMPORTS
             if top and module.split(".")[0] in HEAVY and not name(path).startswith("app/page/")]
    assert not wrong


def test_the_page_is_imported_only_by_what_serves_it():
    wrong = [f"{name(path)}:{line}" for path, module, top, line in IMPORTS
             if module.startswith("app.page") and not name(path).startswith("app/page/") and top]
    assert not wrong


def test_no_language_model_and_no_request_to_anywhere():
    assert not [f"{name(path)}:{line} {module}" for path, module, _, line in IMPORTS
                if module.split(".")[0] in NEVER or module.startswith("urllib.request")]


def test_start_uses_the_standard_library_alone():
    import sys
    assert {module.split(".")[0] for module, _, _ in imports(ROOT / "run.py")} <= set(sys.stdlib_module_names)


def test_files_are_short():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}
    assert sum(lines <= USUAL_FILE for lines in lengths.values()) >= 0.9 * len(lengths)


def test_functions_are_short():
    wrong = []
    for path in SOURCES + [ROOT / "run.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                wrong.append(f"{name(path)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1} lines")
    assert not wrong


def test_lines_fit_a_screen():
    wrong = [f"{name(path)}:{number}" for path in PYTHON
             for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > LONGEST_LINE]
    assert not wrong


def test_no_fault_is_swallowed():
    """A catch-all that neither raises again nor logs the traceback hides what is wrong."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
                told = any(isinstance(inner, ast.Raise) or isinstance(inner, ast.Attribute) and inner.attr in LOGGING
                           for inner in ast.walk(node))
                if broad and not told:
                    wrong.append(f"{name(path)}:{node.lineno}")
    assert not wrong


def test_every_module_says_what_it_is_for():
    assert not [name(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]


def test_nothing_is_left_unfinished():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    files = [ROOT / entry for entry in listed if entry.endswith((".py", ".md", ".yaml", ".jinja", ".js", ".css"))] or PYTHON
    wrong = [f"{name(path)}:{number}" for path in files if path.is_file() and path != Path(__file__)
             for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if UNFINISHED.search(line)]
    assert not wrong
