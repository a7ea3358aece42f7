"""What is found by its folder keeps its contract: operations, explainers, languages, problems, commands.

Nothing here is a list to keep up to date: a new file is tested from the moment it is there.
"""
import ast
import re
import string
from pathlib import Path

import pytest
import yaml

from app.commands import commands, load
from app.pipeline import respond
from dialogue.languages import languages
from dialogue.operations import operations
from dialogue.phrasing.language import language
from dialogue.types import LEVELS, Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain
from explainers.explain import methods
from explainers.types import Ask, Query

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = languages()
WORD_FILES = ("phrases.yaml", "suggestions.yaml", "problems.yaml", "terms.yaml", "page.yaml")
# What a kind must be told before it can be answered: option -> a value that fits the toy domain
OPTIONS = {"features": ["income"], "term": "baseline"}
TO = {"level": "expert", "language": "en"}


def content(code, name):
    return language(code).read(name)


# -- operations ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("kind", operations())
def test_an_operation_says_what_it_is_about_and_which_options_it_has(kind):
    operation = operations()[kind]
    assert operation.ABOUT in ("case", "model", "talk")
    assert isinstance(operation.OPTIONS, tuple) and all(isinstance(option, str) for option in operation.OPTIONS)
    assert operation.__doc__


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", operations())
def test_every_operation_has_its_words_in_every_language(kind, code):
    folder = ROOT / "dialogue/languages" / code
    assert (folder / "templates" / f"{kind}.md.jinja").is_file()
    examples = yaml.safe_load((folder / "examples" / f"{kind}.yaml").read_text(encoding="utf-8"))
    assert sum(len(entry["texts"]) for entry in examples) >= 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_suggestions_name_kinds_that_exist(code):
    found = content(code, "suggestions.yaml")
    examples = {path.stem for path in (ROOT / "dialogue/languages" / code / "examples").glob("*.yaml")}
    assert {key.split(".")[0] for key in found["questions"]} <= examples
    assert set(found["always"]) <= set(operations())


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_suggested_is_understood_as_it_stands(code):
    """A suggestion without slots, clicked, gets an answer of the kind that it is meant to ask for."""
    domain = load_domain("credit", code)
    memory, wrong = Memory(language=code, asks=(Ask("why"),), turn=1).about(domain.cases.index[0]), {}
    for key, texts_of in content(code, "suggestions.yaml")["questions"].items():
        for text in [texts_of] if isinstance(texts_of, str) else texts_of:
            if "{" not in text and key.split(".")[0] in operations():
                query = understand(Question(text, code), memory, domain)
                if [ask.kind for ask in query.asks] != [key.split(".")[0]]:
                    wrong[text] = query.to_json()
    assert not wrong


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", operations())
def test_every_kind_is_answered_in_every_language_at_every_level(kind, level, code, toy):
    options = {name: value for name, value in OPTIONS.items() if name in operations()[kind].OPTIONS}
    if kind in TO:
        options["to"] = TO[kind]
    case = toy.domain.cases.index[0]
    memory = Memory(level=level, language=code).about(case)
    turn = respond("...", memory, toy, picked=Query(asks=(Ask(kind, options),)))
    answer = turn.answer
    assert answer.status in ("understood", "social"), answer.text
    assert answer.text.strip() and answer.language == code
    for text in (answer.text, answer.worked_out, *answer.warnings, *answer.suggestions):
        assert not re.search(r"[{}]|\bNone\b|\bnan\b|\bTrue\b|\bFalse\b| ,| \.(\s|$)|\(\)", text), text
    for figure in answer.figures:
        assert figure.title and figure.alt and figure.svg.startswith("<svg")
        assert all(len(row) == len(figure.table["columns"]) for row in figure.table["rows"])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", ["unclear", "unsupported", "social"])
def test_every_status_has_an_answer(status, code, toy):
    asks = (Ask("fairness_of_the_moon"),) if status == "unsupported" else (Ask("greet"),) if status == "social" else ()
    turn = respond("...", Memory(language=code), toy, picked=Query(status=status, asks=asks))
    assert turn.answer.text.strip()
    assert turn.answer.status == status or status == "social"


# -- explainers ------------------------------------------------------------------------------------------------------

METHODS = sorted({method.__name__: method for found in methods().values() for method in found}.items())


@pytest.mark.parametrize("name, method", METHODS, ids=[name for name, _ in METHODS])
def test_an_explainer_exposes_the_contract(name, method):
    assert method.__doc__
    assert isinstance(method.PRODUCES, tuple) and method.PRODUCES
    assert isinstance(method.ORDER, int)
    assert callable(method.misfit) and callable(method.explain)


def test_what_explainers_produce_is_a_kind_that_people_ask():
    """A kind may have its evidence before it has its words; until then it is said to be unsupported."""
    asked = {path.stem for path in (ROOT / "dialogue/languages/en/examples").glob("*.yaml")}
    assert set(methods()) <= asked


def test_what_is_about_a_case_or_the_model_has_an_explainer():
    assert {kind for kind, operation in operations().items() if operation.ABOUT != "talk"} <= set(methods())


def test_no_two_explainers_of_a_kind_claim_the_same_place():
    for kind, found in methods().items():
        assert len({method.ORDER for method in found}) == len(found), kind


# -- problems --------------------------------------------------------------------------------------------------------

def raised():
    """[(code, names of its facts or None where not all are written there, place)] of every Problem in the source."""
    found = []
    for path in sorted(p for layer in ("app", "dialogue", "explainers") for p in (ROOT / layer).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name.endswith("Problem") and node.args and isinstance(node.args[0], ast.Constant):
                names = {keyword.arg for keyword in node.keywords}
                found.append((node.args[0].value, None if None in names else names, place))
            if isinstance(node, ast.FunctionDef) and node.name == "misfit":
                found += [(code, {"kind"}, place) for inner in ast.walk(node) if isinstance(inner, ast.Return)
                          for code in texts(inner.value)]
    return found


def texts(value):
    """The texts that an expression may come to, as far as they are written in it."""
    if isinstance(value, ast.IfExp):
        return texts(value.body) | texts(value.orelse)
    if isinstance(value, ast.BoolOp):
        return set().union(*map(texts, value.values))
    return {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_problem_has_a_sentence(code):
    sentences = content(code, "problems.yaml")
    assert not [f"{problem} ({place})" for problem, _, place in raised() if problem not in sentences]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_names_only_facts_that_its_problem_has(code):
    given = {}
    for problem, facts, _ in raised():
        known = given.setdefault(problem, {"case_word", "cases_word", "code"})
        given[problem] = None if facts is None or known is None else known | facts
    slots = {problem: {slot for _, slot, _, _ in string.Formatter().parse(sentence) if slot}
             for problem, sentence in content(code, "problems.yaml").items()}
    assert not {problem: slots[problem] - facts for problem, facts in given.items()
                if facts is not None and slots.get(problem, set()) - facts}


# -- languages -------------------------------------------------------------------------------------------------------

def keys(tree, path=""):
    """Every path of keys in a tree of dictionaries; plural forms differ between languages and are not compared."""
    if not isinstance(tree, dict) or set(tree) & {"one", "other"}:
        return {path}
    return {found for key, value in tree.items() for found in keys(value, f"{path}.{key}")}


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"] or ["en"])
@pytest.mark.parametrize("name", WORD_FILES)
def test_no_language_lacks_a_phrase(name, code):
    assert keys(content("en", name)) == keys(content(code, name))


@pytest.mark.parametrize("code", LANGUAGES)
def test_templates_stand_in_every_language(code):
    names = lambda folder: {path.name for path in (ROOT / "dialogue/languages" / folder / "templates").glob("*.jinja")}
    whole = {name for name in names("en") if not name.startswith("_")}
    assert whole <= names(code)


# -- commands --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", commands())
def test_a_command_has_help_arguments_and_run(name):
    module = load(name)
    assert module.HELP == commands()[name] and 0 < len(module.HELP) <= 100 and "\n" not in module.HELP
    assert callable(module.arguments) and callable(module.run)


@pytest.mark.parametrize("name", commands())
def test_every_command_tells_its_options(name, capsys):
    from app.cli import main
    with pytest.raises(SystemExit) as done:
        main([name, "--help"])
    assert done.value.code == 0
    assert "--var" in capsys.readouterr().out
