"""Wrong domain files: each gets one sentence that names the file, the line and what would be right."""
import pytest
import yaml

from dialogue.phrasing.sentence import problem_sentence
from explainers.domain import load_domain
from explainers.domain_file import FeatureFile, line_of, read_domain_file, read_yaml
from explainers.errors import DomainProblem

ROWS = """\
name,age,size,colour,smoker,grade,kindA,kindB,split,outcome
a,20,1.5,red,yes,1,1,0,train,0
b,30,2.5,blue,no,2,0,1,train,1
c,40,3.5,red,no,3,0,0,test,0
d,50,4.5,green,yes,1,0,1,test,1
"""
START = "data: rows.csv\ntarget: outcome\n"


def domain_from(tmp_path, text, rows=ROWS):
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "domain.yaml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_domain(tmp_path)


# (what is added after START or the whole file, code, line, what the sentence must hold)
WRONG = [
    ("target: outcome\n", "domain_key_missing", 1, "data"),
    ("data: rows.csv\n", "domain_key_missing", 1, "target"),
    ("- data\n- target\n", "yaml_not_a_mapping", 1, "data:"),
    ("", "yaml_not_a_mapping", 1, "data:"),
    ("data: rows.csv\ntarget: [outcome\n", "yaml_unreadable", 3, "YAML"),
    ("data: rows.csv\n\ttarget: outcome\n", "yaml_unreadable", 2, "YAML"),
    ("data: rows.csv\ntarget: outcome\ntarget: other\n", "yaml_unreadable", 3, "target is there twice"),
    ("data: rows.csv\ntarget: !!python/name:os.system x\n", "yaml_unreadable", 2, "YAML"),
    (b"data: rows.csv\ntarget: outcome\ntitle: Gr\xf6\xdfe\n", "yaml_not_utf8", 3, "UTF-8"),
    (START + "titel: Loans\n", "domain_key_unknown", 3, "titel"),
    (START + "features:\n  age:\n    lable: age\n", "domain_key_unknown", 5, "lable"),
    (START + "features:\n  age: {type: integer}\n", "domain_value_not_choice", 4, "'number', 'category' or 'yes_no'"),
    (START + "features:\n  age: {change: sideways}\n", "domain_value_not_choice", 4, "sideways"),
    (START + "features:\n  age: {immutable: perhaps}\n", "domain_value_not_true_false", 4, "true or false"),
    (START + "robust_to_retraining: 8\n", "domain_value_not_true_false", 3, "robust_to_retraining must be true or false, not 8"),
    (START + "features:\n  age: {step: 0}\n", "domain_value_too_small", 4, "more than 0"),
    (START + "features:\n  age: {min: low}\n", "domain_value_not_number", 4, "low"),
    (START + "features: [age, size]\n", "domain_value_not_mapping", 3, "features"),
    (START + "features:\n  colour: {values: [red, blue]}\n", "domain_value_not_mapping", 4, "values"),
    (START + "threshold: 1.5\n", "domain_value_too_large", 3, "less than 1"),
    (START + "threshold: half\n", "domain_value_not_number", 3, "half"),
    (START + "case: [person]\n", "domain_list_length", 3, "2"),
    (START + "title: [a, b]\n", "domain_value_not_text", 3, "title"),
    (START + "holdout: 1.2\n", "holdout_wrong", 3, "between 0 and 1"),
    (START + "holdout: part\n", "column_missing", 3, "part"),
    (START + "holdout: colour\n", "holdout_mark_unknown", 3, "red"),
    ("data: other.csv\ntarget: outcome\n", "data_missing", 1, "other.csv"),
    ("data: rows.csv\ntarget: result\n", "column_missing", 2, "result"),
    (START + "id: nummer\n", "column_missing", 3, "nummer"),
    (START + "id: colour\n", "id_not_unique", 3, "red"),
    (START + "id: outcome\n", "column_used_twice", 3, "target"),
    (START + "ignore: [weight]\n", "column_missing", 3, "weight"),
    (START + "features:\n  weight: {}\n", "feature_not_in_data", 4, "weight"),
    (START + "features:\n  outcome: {}\n", "column_used_twice", 4, "outcome"),
    (START + "features:\n  colour: {type: number}\n", "feature_not_a_number", 4, "red"),
    (START + "features:\n  grade: {type: yes_no}\n", "feature_not_yes_no", 4, "1, 2, 3"),
    (START + "features:\n  colour: {values: {red: rot, blue: blau}}\n", "value_not_named", 4, "green"),
    (START + "features:\n  colour: {phrases: {purple: it is purple}}\n", "code_unknown", 4, "purple"),
    (START + "features:\n  colour: {transitions: {red: [pink]}}\n", "code_unknown", 4, "pink"),
    (START + "features:\n  colour: {change: up}\n", "needs_an_order", 4, "ordered: true"),
    (START + "features:\n  colour: {min: 3}\n", "key_does_not_fit", 4, "min"),
    (START + "features:\n  age: {min: 50, max: 20}\n", "min_above_max", 4, "50"),
    (START + "features:\n  age: {min: 25}\n", "data_out_of_limits", 4, "20"),
    (START + "outcomes: {0: bad}\n", "outcome_not_named", 3, "1"),
    (START + "outcomes: {0: bad, 1: good}\nfavourable: 2\n", "file_outcome_unknown", 4, "0, 1"),
    (START + "score:\n  outcome: 7\n  label: loss\n", "file_outcome_unknown", 4, "7"),
    (START + "score: {outcome: 1}\n", "domain_key_missing", 3, "score.label"),
    (START + "positive: {1: [8, 9]}\n", "positive_not_in_data", 3, "8"),
    ("data: rows.csv\ntarget: age\nunit: years\nfavourable: 1\n", "no_outcomes_in_regression", 4, "number"),
    ("data: rows.csv\ntarget: colour\nunit: points\n", "target_column_not_numbers", 2, "red"),
    (START + "families: {kind: {columns: [kindA]}}\n", "domain_list_length", 3, "2"),
    (START + "families: {kind: {columns: [kindA, kindC]}}\n", "feature_not_in_data", 3, "kindC"),
    (START + "families: {age: {columns: [kindA, kindB]}}\n", "family_named_like_column", 3, "age"),
    (START + "families:\n  a: {columns: [kindA, kindB]}\n  b: {columns: [kindA, smoker]}\n", "column_in_two_families", 5, "kindA"),
    (START + "decision: {review: {within_days: 3}}\n", "domain_key_missing", 3, "contact"),
    (START + "training: {method: magic}\n", "domain_value_not_choice", 3, "magic"),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_wrong_file_is_told_in_one_sentence_with_its_line(tmp_path, number):
    text, code, line, part = WRONG[number]
    with pytest.raises(DomainProblem) as caught:
        domain_from(tmp_path, text)
    problem = caught.value
    assert (problem.code, problem.facts["line"]) == (code, line)
    sentence = problem_sentence(problem)
    assert part in sentence and "\n" not in sentence and "  " not in sentence
    assert "domain.yaml" in sentence and (str(line) in sentence or code in ("domain_key_missing", "yaml_not_a_mapping"))


@pytest.mark.parametrize("rows, code", [
    ("age,outcome\n", "data_empty"), ("", "data_unreadable"), ("age,age,outcome\n1,2,0\n3,4,1\n", "data_unreadable"),
    ("age,outcome\n1,1\n2,1\n3,1\n", "target_never_varies"), ("age,outcome\n1,\n2,\n", "data_empty"),
    ("outcome\n0\n1\n", "no_features"), ("age,outcome\n1,0\n", "too_few_rows")])
def test_wrong_rows_are_told_at_the_line_of_the_file_that_names_them(tmp_path, rows, code):
    with pytest.raises(DomainProblem) as caught:
        domain_from(tmp_path, START, rows)
    assert caught.value.code == code
    assert "line" in problem_sentence(caught.value)


def test_rows_in_another_encoding_are_told(tmp_path):
    (tmp_path / "rows.csv").write_bytes("größe,outcome\n1,0\n2,1\n".encode("latin-1"))
    (tmp_path / "domain.yaml").write_text(START, encoding="utf-8")
    with pytest.raises(DomainProblem) as caught:
        load_domain(tmp_path)
    assert caught.value.code == "data_not_utf8"


def test_no_and_off_are_words_and_only_true_and_false_are_truth(tmp_path):
    (tmp_path / "x.yaml").write_text("a: no\nb: off\nc: true\nd: {y: n, yes: no}\n", encoding="utf-8")
    assert read_yaml(tmp_path / "x.yaml")[0] == {"a": "no", "b": "off", "c": True, "d": {"y": "n", "yes": "no"}}


def test_numbers_and_single_words_may_stand_where_words_belong(tmp_path):
    (tmp_path / "domain.yaml").write_text(START + "features:\n  age: {label: 1970, synonyms: old}\n  size: {synonyms: [3, true]}\n")
    file, _ = read_domain_file(tmp_path / "domain.yaml")
    assert file.features["age"].label == "1970" and file.features["age"].synonyms == ["old"]
    assert file.features["size"].synonyms == ["3", "true"]


def test_an_entry_with_nothing_behind_it_is_an_entry_without_details(tmp_path):
    (tmp_path / "domain.yaml").write_text(START + "features:\n  age:\n  size: {}\n")
    assert read_domain_file(tmp_path / "domain.yaml")[0].features["age"] == FeatureFile()


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    (tmp_path / "domain.yaml").write_bytes(b"\xef\xbb\xbf" + START.encode())
    assert read_domain_file(tmp_path / "domain.yaml")[0].data == "rows.csv"


def test_lines_count_from_one_and_stop_where_a_place_does_not_exist():
    node = yaml.compose("a: 1\nb:\n  c:\n    - x\n    - y\n")
    assert [line_of(node, place) for place in (["a"], ["b", "c"], ["b", "c", 1], ["b", "zzz"], ["zzz"])] == [1, 3, 5, 2, 1]
