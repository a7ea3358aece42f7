"""The documentation tells what there is: every command, every kind of question, every field; its links lead somewhere."""
import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.commands import commands
from app.records import Record
from dialogue.operations import operations
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


@pytest.mark.parametrize("kind", operations())
def test_every_kind_of_question_is_documented(kind):
    assert any(f"`{kind}`" in path.read_text(encoding="utf-8") for path in PAGES)


@pytest.mark.parametrize("kind", methods())
def test_the_result_of_every_kind_is_documented(kind):
    assert f"`{kind}`" in page("evidence.md")


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
