"""The documentation tells what there is: every command, every kind of question, every field; its links lead somewhere."""
import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.commands import commands
from app.records import Record
from dialogue.operations import operations
from dialogue.types import Memory, Question
from dialogue.understanding import understand
from explainers.domain import load_domain
from explainers.explain import methods

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def page(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name):
    assert re.search(rf"^\| `{name}` \| \S", page("commands.md"), re.MULTILINE)


def test_no_command_is_documented_that_does_not_exist():
    table = page("commands.md").split("| exit code")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == set(commands())


def documented_kinds():
    """kind -> its example question, from the table in questions.md."""
    return dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$", page("questions.md"), re.MULTILINE))


def test_the_kinds_of_question_documented_are_those_that_exist():
    assert set(documented_kinds()) == set(operations())


@pytest.mark.parametrize("kind", documented_kinds())
def test_the_example_of_a_kind_is_understood_as_one(kind, credit):
    question = Question(documented_kinds()[kind])
    query = understand(question, Memory().about(credit.cases.index[0]), credit)
    assert [ask.kind for ask in query.asks] == [kind], query


@pytest.fixture(scope="module")
def credit():
    return load_domain("credit")


@pytest.mark.parametrize("kind", methods())
def test_the_result_of_every_kind_is_documented(kind):
    assert re.search(rf"^#+ .*\b{kind}\b|`{kind}`", page("evidence.md"), re.MULTILINE)


def test_every_field_of_a_record_is_documented():
    text = page("records.md")
    assert not [field.name for field in fields(Record) if f"`{field.name}`" not in text]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    missing = [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
               if not target.startswith(("http:", "https:", "mailto:")) and not (path.parent / target).exists()]
    assert not missing


def test_every_page_of_the_documentation_can_be_reached_from_the_readme():
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        path = todo.pop().resolve()
        if path in reached or path.suffix != ".md" or not path.is_file():
            continue
        reached.add(path)
        todo += [path.parent / target for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))]
    assert not [path.name for path in PAGES if path.resolve() not in reached]
