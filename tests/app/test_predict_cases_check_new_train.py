"""predict, cases, check, new and train, called as the command line calls them."""

import io
import json

import numpy as np
import pandas as pd
import pytest
import yaml

from app.cli import main
from explainers.domain import load_domain
from explainers.workspace import open_workspace


@pytest.fixture
def run(capsys):
    """run("predict", ...) -> (exit code, lines of output, text of stderr)."""

    def start(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return start


def problem(result, *parts):
    code, lines, err = result
    assert code == 2 and len(err.strip().splitlines()) == 1, (code, lines, err)
    for part in parts:
        assert part in err, err


def test_predict_says_of_every_case_what_the_model_says(run):
    code, lines, err = run("predict", "--domain", "credit")
    work = open_workspace("credit")
    found = [json.loads(line) for line in lines]
    assert (code, err) == (0, "") and [row["case"] for row in found] == list(work.domain.cases.index)
    wanted = work.model.predict(work.domain.cases)
    assert np.array_equal([[row["probabilities"][code] for code in work.model.classes] for row in found], wanted)
    for row in found:
        assert set(row) == {"case", "outcome", "label", "probabilities"} and row["label"] == work.domain.outcomes[row["outcome"]]
        assert (row["probabilities"]["1"] >= 0.5) == (row["outcome"] == "1")


def test_predict_gives_values_with_their_unit_in_a_regression(run):
    code, lines, _ = run("predict", "--domain", "grades", "--json")
    assert code == 0 and {tuple(json.loads(line)) for line in lines} == {("case", "value", "unit")}
    assert json.loads(lines[0])["unit"] == "points"


def test_cases_fed_back_as_a_file_give_the_same_predictions(run, tmp_path):
    domain = load_domain("credit")
    cases = [json.loads(line) for line in run("cases", "--domain", "credit")[1]]
    assert [entry["case"] for entry in cases] == list(domain.cases.index)
    frame = pd.DataFrame([entry["values"] for entry in cases])
    frame["telephone"] = frame["telephone"].map({True: "yes", False: "no"})
    frame.insert(0, "extra", "x, y")
    frame[frame.columns[::-1]].to_csv(tmp_path / "a.csv", index=False)
    by_code = [json.loads(line) for line in run("predict", "--domain", "credit", "--rows", tmp_path / "a.csv")[1]]
    labels = {name: feature.label.title() for name, feature in domain.features.items()}
    named = frame.rename(columns=labels)
    named[labels["housing"]] = frame["housing"].map(lambda code: domain.features["housing"].values[str(code)])
    named.to_csv(tmp_path / "b.csv", index=False, sep=";")
    by_name = [json.loads(line) for line in run("predict", "--domain", "credit", "--rows", tmp_path / "b.csv")[1]]
    own = [json.loads(line) for line in run("predict", "--domain", "credit")[1]]
    strip = lambda rows: [{**row, "case": None} for row in rows]
    assert strip(by_code) == strip(own) == strip(by_name)
    assert [row["case"] for row in by_code] == [str(number) for number in range(len(own))]


def write(tmp_path, text):
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8")
    return tmp_path / "rows.csv"


def test_what_is_wrong_with_a_file_of_rows_is_told(run, tmp_path, toy_folder):
    start = ("predict", "--domain", toy_folder, "--rows")
    problem(run(*start, tmp_path / "none.csv"), "none.csv", "not there")
    problem(run(*start, write(tmp_path, "income,housing\n1,own\n")), "duration, age")
    problem(run(*start, write(tmp_path, "income,duration,housing,age\n")), "no rows")
    problem(run(*start, write(tmp_path, "")), "rows.csv")
    problem(
        run(*start, write(tmp_path, "income,duration,housing,age\n900,12,own,30\n900,12,tent,30\n")), "Row 1", "tent", "own home; rented"
    )
    problem(run(*start, write(tmp_path, "income,duration,housing,age\nmuch,12,own,30\n")), "Row 0", "income", "much")
    problem(run(*start, write(tmp_path, "income,duration,housing,age\n-5,12,own,30\n")), "income", "-5")


def test_rows_may_name_their_cases_and_leave_values_empty(run, tmp_path):
    domain = write(tmp_path, "key,a,y\n" + "".join(f"k{n},{n},{n % 2}\n" for n in range(40))).parent
    (domain / "domain.yaml").write_text("data: rows.csv\ntarget: y\nid: key\n")
    (tmp_path / "more.csv").write_text("key,a\nnew 1,3\nnew 2,\n")
    code, lines, _ = run("predict", "--domain", domain, "--rows", tmp_path / "more.csv", "--var", tmp_path / "var")
    assert code == 0 and [json.loads(line)["case"] for line in lines] == ["new 1", "new 2"]


@pytest.mark.parametrize("command", ["predict", "cases"])
def test_an_unknown_domain_is_told_in_one_line(run, command):
    problem(run(command, "--domain", "nowhere"), "nowhere", "credit")


@pytest.mark.parametrize(
    "name, parts",
    [
        (
            "credit",
            [
                "good credit risk",
                "700 to learn from and 300 to ask about",
                "[fixed, sensitive]",
                "installment_rate follows",
                "Doubts: none",
            ],
        ),
        ("grades", ["a number in points", "off by"]),
        ("heart", ["4 missing", "no heart disease"]),
    ],
)
def test_check_tells_in_words_what_was_understood(run, name, parts):
    code, lines, err = run("check", name)
    text = "\n".join(lines)
    assert (code, err) == (0, "") and all(part in text for part in parts), text
    assert all(f"  {feature}" in text for feature in load_domain(name).features)


def test_check_tells_doubts_what_was_inferred_and_what_is_wrong(run, tmp_path):
    rows = "key,leak,part,y\n" + "".join(f"{n},{'ab'[n % 2]},{'x' if n % 3 else 'y'},{n % 2}\n" for n in range(60))
    folder = write(tmp_path, rows).parent
    (folder / "domain.yaml").write_text("data: rows.csv\ntarget: y\n")
    code, lines, _ = run("check", folder)
    text = "\n".join(lines)
    assert code == 0 and "names inferred" in text and "type inferred" in text and "trained here" in text
    assert "leak alone tells the target in 100 of 100 rows" in text and "key is different in nearly every row" in text
    (folder / "domain.yaml").write_text("data: rows.csv\ntarget: y\nfeatures:\n  leek: {}\n")
    problem(run("check", folder), "line 4", "leek")


def new_rows(tmp_path):
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "PersonId": [f"P{n}" for n in range(80)],
            "Age": random.integers(18, 80, 80),
            "net_income": random.normal(2000, 400, 80).round(1),
            "town: size": random.choice(["big, loud", "small", "no"], 80),
            "Smoker": random.choice(["no", "yes"], 80),
        }
    )
    frame["Result"] = np.where(frame["Age"] + random.normal(0, 9, 80) > 45, "declined", "approved")
    frame.to_csv(tmp_path / "people.csv", index=False)
    return frame


def test_new_makes_a_folder_that_loads_and_can_be_checked(run, tmp_path):
    frame = new_rows(tmp_path)
    folder = tmp_path / "made" / "people"
    code, lines, err = run("new", folder, "--data", tmp_path / "people.csv", "--target", "Result")
    assert (code, err) == (0, "") and "80 rows, 4 features" in lines[0]
    domain = load_domain(str(folder))
    assert domain.outcomes == {"approved": "approved", "declined": "declined"} and domain.favourable == "approved"
    assert list(domain.features) == ["Age", "net_income", "town: size", "Smoker"]
    assert domain.features["Age"].immutable and domain.features["Age"].sensitive
    assert set(domain.features["town: size"].values) == {"big, loud", "small", "no"}
    assert domain.frame["net_income"].tolist() == frame["net_income"].tolist()
    assert run("check", folder)[0] == 0
    problem(run("new", folder, "--data", tmp_path / "people.csv", "--target", "Result"), "already")


def test_new_takes_a_model_along_and_a_number_to_predict(run, tmp_path):
    from sklearn.linear_model import LinearRegression
    from skops.io import dump

    frame = new_rows(tmp_path)
    model = LinearRegression().fit(frame[["Age"]], frame["net_income"])
    dump(model, tmp_path / "own.skops")
    folder = tmp_path / "made" / "incomes"
    assert (
        run(
            "new",
            folder,
            "--data",
            tmp_path / "people.csv",
            "--target",
            "net_income",
            "--model",
            tmp_path / "own.skops",
            "--id",
            "PersonId",
        )[0]
        == 0
    )
    work = open_workspace(str(folder))
    assert work.domain.regression and work.domain.cases.index[3] == "P3"
    assert np.allclose(work.model.predict(work.domain.cases), model.predict(frame[["Age"]]))
    assert yaml.safe_load((folder / "domain.yaml").read_text())["model"] == "own.skops"


def test_new_tells_what_is_wrong_and_leaves_nothing_behind(run, tmp_path):
    new_rows(tmp_path)
    start = ("new", tmp_path / "made" / "x", "--data", tmp_path / "people.csv", "--target")
    problem(run(*start, "Outcome"), "Outcome", "Result")
    problem(run(*start[:3], tmp_path / "none.csv", "--target", "Result"), "none.csv")
    problem(run("new", "two words", "--data", tmp_path / "people.csv", "--target", "Result"), "two words")
    (tmp_path / "bad.csv").write_text("a,y\n1,same\n2,same\n")
    problem(run("new", tmp_path / "made" / "x", "--data", tmp_path / "bad.csv", "--target", "y"), "always same")
    assert not (tmp_path / "made" / "x").exists()


def test_train_writes_a_model_that_predicts_as_the_one_fitted_at_first_use(run, tmp_path):
    new_rows(tmp_path)
    folder = tmp_path / "made" / "people"
    run("new", folder, "--data", tmp_path / "people.csv", "--target", "Result")
    first = open_workspace(str(folder))
    before = first.model.predict(first.domain.cases)
    code, lines, err = run("train", folder)
    assert (code, err) == (0, "") and (folder / "model.skops").is_file()
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "logistic regression" in card and f"Learned from {len(first.domain.train)} rows" in card
    text = (folder / "domain.yaml").read_text(encoding="utf-8")
    (folder / "domain.yaml").write_text(text.replace("# model: model.skops", "model: model.skops"), encoding="utf-8")
    again = open_workspace(str(folder))
    assert first.model.origin == "trained" and again.model.origin == "file"
    assert np.allclose(again.model.predict(again.domain.cases), before, rtol=0, atol=1e-9)
    problem(run("train", folder, "--out", tmp_path / "m.pkl"), "m.pkl")


def test_the_figures_of_the_credit_model_card_are_those_of_its_model():
    from app.model_card import model_card

    work = open_workspace("credit")
    card = (work.domain.path / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert model_card(work.domain, work.model) == card
    good = (work.domain.cases_target == "1").to_numpy()
    score = work.model.score(work.domain.cases, "1")
    pairs = score[good][:, None] - score[~good][None, :]
    assert f"| gradient boosting (this model) | {(pairs > 0).mean() + (pairs == 0).mean() / 2:.3f} (" in card
    assert f"| {((score >= 0.5) == good).mean():.3f} (" in card
    for row in ("logistic regression", "the same without constraints"):
        assert f"| {row} |" in card


def test_output_is_one_json_object_a_line_in_utf_8(run, toy_folder):
    code, lines, _ = run("cases", "--domain", toy_folder)
    first = json.loads(io.StringIO(lines[0]).read())
    assert code == 0 and set(first) == {"case", "values"} and set(first["values"]) == {"income", "duration", "housing", "age"}
