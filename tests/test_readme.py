"""What the README shows is so: its commands run and print what it prints."""
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from explainers.domain_file import DomainFile

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def examples():
    """[(command, the output shown below it)] of the console blocks."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip()))
    return found


@pytest.mark.parametrize("command, output", examples(), ids=[command for command, _ in examples()])
def test_an_example_prints_what_it_shows(command, output):
    """`...` in the README stands for anything; line ends do not count."""
    words = shlex.split(command)
    assert words[:2] == ["python3", "run.py"]
    done = subprocess.run([sys.executable, "-m", "app", *words[2:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    wanted = ".*".join(re.escape(" ".join(piece.split())) for piece in output.split("..."))
    assert re.fullmatch(wanted, " ".join(done.stdout.split())), done.stdout


def test_there_is_an_example_of_the_command_line():
    assert any(command.startswith("python3 run.py ask ") and output for command, output in examples())


def test_the_smallest_domain_file_shown_is_one():
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert blocks and all(DomainFile(**yaml.safe_load(block)) for block in blocks)


def test_the_picture_is_there():
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", README)
    assert pictures and all(alt and os.path.getsize(ROOT / path) > 10_000 for alt, path in pictures)
