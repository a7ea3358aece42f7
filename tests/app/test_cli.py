"""The command line as people and programs use it: each test starts the real thing."""
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import commands

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"question", "query", "parsed", "status", "text", "level", "language", "evidence", "figures", "warnings", "suggestions",
          "attachments", "worked_out", "record", "milliseconds"}


@pytest.fixture(scope="module")
def because(toy_folder):
    """because("ask", ...) -> finished process."""
    def start(*arguments, env=None, stdin=None):
        arguments = [str(toy_folder) if argument == "TOY" else argument for argument in arguments]
        return subprocess.run([sys.executable, "-m", "app", *arguments], cwd=ROOT, capture_output=True, input=stdin,
                              env={**os.environ, **(env or {})}, timeout=120)
    return start


@pytest.fixture(scope="module")
def case(toy):
    return toy.domain.cases.index[0]


@pytest.fixture(scope="module")
def conversation(because, case):
    """Two questions, the second leaning on the first, as JSON objects."""
    done = because("ask", "--domain", "TOY", "--case", case, "--json", "what does the model predict?", "how sure is it?")
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def one_line(done):
    """The complaint: exit code 2, one line on stderr, nothing on stdout."""
    lines = done.stderr.decode().strip().splitlines()
    assert (done.returncode, len(lines), done.stdout) == (2, 1, b""), done.stderr.decode()
    return lines[0]


def test_help_lists_every_command_with_a_line(because):
    done = because("--help")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    for name, line in commands().items():
        assert any(entry.split() == [name, *line.split()] for entry in lines)


def test_help_does_not_import_what_answers_need():
    program = ("import sys; from app.cli import main; main(['--help'])\n"
               "sys.exit(','.join({'numpy', 'pandas', 'sklearn', 'gradio', 'shap'} & set(sys.modules)))")
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True).stderr.decode().strip() == ""


def test_a_simple_question_imports_neither_shap_nor_the_page(toy_folder, case):
    program = ("import sys; from app.cli import main\n"
               f"main(['ask', '--domain', {str(toy_folder)!r}, '--case', {case!r}, 'what does the model predict?'])\n"
               "print('heavy:', {'shap', 'gradio', 'matplotlib', 'xgboost', 'lightgbm', 'numba'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "heavy: set()"


@pytest.mark.parametrize("arguments, named", [
    (["frobnicate"], "frobnicate"),
    (["ask", "--domain", "TOY"], "QUESTION"),
    (["ask", "--domain", "TOY", "--level", "genius", "why?"], "genius"),
    (["ask", "--domain", "TOY", "--language", "xx", "why?"], "xx"),
    (["ask", "--domain", "atlantis", "--case", "1", "why?"], "atlantis"),
    (["ask", "--domain", "TOY", "--case", "99999", "why?"], "99999"),
    (["ask", "--domain", "TOY", ""], "question"),
    (["ask", "--domain", "TOY", "  \n "], "question"),
    (["ask", "--domain", "TOY", "why " * 2500], "2,000"),
    (["show", "nothing-like-that"], "nothing-like-that"),
    (["ask", "--domain", "TOY", "--var", "/dev/null/x", "why?"], "/dev/null/x"),
], ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None)
def test_bad_input_gets_one_line_and_exit_code_2(because, arguments, named):
    assert named in one_line(because(*arguments))


def test_a_broken_domain_file_is_told_with_its_line(because, tmp_path):
    (tmp_path / "domain.yaml").write_text("data: rows.csv\ntarget: y\nfeatures:\n  age: {type: nombre}\n")
    line = one_line(because("ask", "--domain", str(tmp_path), "why?"))
    assert "domain.yaml" in line and "4" in line and "features.age.type" in line


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch):
    from app import cli
    from app.commands import ask
    monkeypatch.setattr(ask, "run", lambda options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main(["ask", "--domain", "x", "why?"])


def test_an_answer_as_json_has_every_field(conversation):
    assert [set(answer) for answer in conversation] == [FIELDS, FIELDS]
    assert [answer["question"] for answer in conversation] == ["what does the model predict?", "how sure is it?"]
    assert all(answer["status"] == "understood" and answer["text"] for answer in conversation)
    assert all(answer["evidence"][0]["scope"]["kind"] == "case" for answer in conversation)
    assert conversation[0]["record"] != conversation[1]["record"]


def test_the_query_is_told_as_understood_and_as_computed(conversation, case):
    assert conversation[0]["parsed"]["subject"] == {}
    assert conversation[0]["query"]["subject"] == {"case": case}


def test_a_terminal_gets_the_text_without_marks(because, case):
    done = because("ask", "--domain", "TOY", "--case", case, "what does the model predict?")
    text = done.stdout.decode()
    assert done.returncode == 0 and "**" not in text
    assert any(line.startswith("? ") for line in text.splitlines())


def test_a_value_that_is_not_possible_fails_and_the_conversation_goes_on(because, case):
    done = because("ask", "--domain", "TOY", "--case", case, "--json",
                   "what if the duration was 0 months?", "what does the model predict?")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 2
    assert [answer["status"] for answer in answers] == ["failed", "understood"]
    assert len(done.stderr.decode().strip().splitlines()) == 1


@pytest.mark.parametrize("env", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}],
                         ids=["LC_ALL=C", "ascii streams"])
def test_text_is_utf_8_whatever_the_locale(because, case, env):
    question = "what does the model predict – für mich 🦆?"
    done = because("ask", "--domain", "TOY", "--case", case, "--json", question, env=env)
    assert json.loads(done.stdout.decode("utf-8"))["question"] == question


def test_a_reader_that_goes_away_is_no_error(toy_folder, case):
    asked = " ".join(["'what does the model predict?'"] * 6)
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m app ask --domain {toy_folder} --case {case} {asked} | true"],
                          cwd=ROOT, capture_output=True)
    assert done.stderr == b""


def test_var_says_where_records_are(because, case, var):
    done = because("ask", "--domain", "TOY", "--case", case, "--var", var, "--json", "how sure is it?")
    record = json.loads(done.stdout)["record"]
    assert Path(var, "because.db").is_file()
    assert record in because("show", record, "--var", var).stdout.decode()
    assert record in one_line(because("show", record))


# -- show ------------------------------------------------------------------------------------------------------------

def test_show_prints_what_was_asked_and_answered(because, conversation):
    done = because("show", conversation[0]["record"])
    assert done.returncode == 0
    assert "what does the model predict?" in done.stdout.decode() and conversation[0]["record"] in done.stdout.decode()
    stored = json.loads(because("show", conversation[0]["record"], "--json").stdout)
    assert stored["answer"]["text"] == conversation[0]["text"] and stored["evidence"] == conversation[0]["evidence"]


def test_a_replay_of_each_answer_is_the_same(because, conversation):
    for answer in conversation:
        done = because("show", answer["record"], "--replay", "--json")
        told = json.loads(done.stdout)
        assert (done.returncode, told["same"], told["differs"]) == (0, True, [])


def test_a_replay_notices_a_changed_number_and_a_changed_word(because, case):
    done = because("ask", "--domain", "TOY", "--case", case, "--json", "how sure is it?")
    answer = json.loads(done.stdout)
    evidence = json.loads(json.dumps(answer["evidence"]))
    probabilities = evidence[0]["result"]["probabilities"]
    probabilities["0"] += 1e-9
    with sqlite3.connect(Path(os.environ["BECAUSE_VAR"], "because.db")) as database:
        database.execute("update records set evidence = ?, answer = json_set(answer, '$.text', 'No.'), code_version = 'old' "
                         "where id = ?", [json.dumps(evidence), answer["record"]])
    done = because("show", answer["record"], "--replay", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["same"]) == (1, False)
    assert set(told["differs"]) == {"evidence", "text", "code"}
    readable = because("show", answer["record"], "--replay")
    assert readable.returncode == 1 and "the program has changed since" in readable.stdout.decode()


def test_long_work_says_on_standard_error_how_far_it_has_come(monkeypatch, capsys):
    import app.terminal as terminal
    from explainers.progress import steps
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    monkeypatch.setattr(terminal, "EVERY", 0.0)
    with terminal.progress_told("de"):
        assert list(steps("models", range(3))) == [0, 1, 2]
    printed, said = capsys.readouterr()
    assert printed == "" and said.splitlines() == [f"Zum Vergleich trainierte Modelle: {done} von 3" for done in range(3)]


def test_quick_work_says_nothing_about_how_far_it_has_come(capsys):
    from app.terminal import progress_told
    from explainers.progress import steps
    with progress_told("en"):
        list(steps("models", range(3)))
    assert capsys.readouterr() == ("", "")
