"""Commands of `python -m app`, one file each; the folder listing is the list of commands.

A file `<name>.py` has
    HELP                one line on what it does, a plain string (`--help` reads it without importing the file)
    arguments(parser)   adds its options to an argparse parser; `--var` is there already
    run(options)        -> exit code: 0 done, 1 done and the finding is negative; something that a person can mend
                        is raised as an explainers.errors.Problem and becomes one line on stderr and exit code 2
A file imports at its top only what is quick to import; pandas, models and the page belong into `run`.
"""
import ast
import importlib
import json
from pathlib import Path


def commands():
    """name -> its line of help, in alphabetical order."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return {file.stem: _help(file) for file in files if not file.stem.startswith("_")}


def _help(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return next((ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)
                 and any(isinstance(target, ast.Name) and target.id == "HELP" for target in node.targets)), "")


def load(name):
    """The module of one command."""
    return importlib.import_module(f"app.commands.{name}")


def domain_arguments(parser, required=True):
    """--domain, --language and --trust, as every command that works on a domain takes them."""
    parser.add_argument("--domain", "-d", required=required, default=None if required else "credit", metavar="D",
                        help="a folder in data/, or a path to a domain folder" + ("" if required else " (credit)"))
    from dialogue.languages import languages
    parser.add_argument("--language", default="en", choices=languages(), help="language of questions and answers (en)")
    parser.add_argument("--trust", action="store_true",
                        help="load a model file that can run code (pickle, joblib, module:function)")


def workspace(options):
    """The domain that `domain_arguments` named, with its model loaded at first use."""
    from explainers.workspace import open_workspace
    return open_workspace(options.domain, options.language, trust=options.trust, keeps=True)


def print_json(value):
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False), flush=True)


def print_lines(values):
    """Many JSON objects, one a line."""
    for value in values:
        print(json.dumps(value, ensure_ascii=False, allow_nan=False))
