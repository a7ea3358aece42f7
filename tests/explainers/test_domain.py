"""The domain folder: what is inferred, what is read from it, and how values that people write become codes."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from explainers.domain import find_domain, load_domain
from explainers.errors import DomainProblem, InputProblem
from explainers.feature import text_of
from explainers.table import read_text, separator_of
from explainers.words import label_of, value_name


def domain_of(tmp_path, rows, text="data: rows.csv\ntarget: y\n"):
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "domain.yaml").write_text(text, encoding="utf-8")
    return load_domain(tmp_path)


def many(columns, count=40):
    """`columns`: header -> function of the row number."""
    lines = [",".join(columns)] + [",".join(str(make(n)) for make in columns.values()) for n in range(count)]
    return "\n".join(lines) + "\n"


def test_types_labels_steps_and_outcomes_are_inferred(tmp_path):
    rows = many(
        {
            "LoanAmount": lambda n: n / 4,
            "years_in_job": lambda n: n,
            "hasCar": lambda n: n % 2,
            "town": lambda n: "abc"[n % 3],
            "ok": lambda n: ["Yes", "No"][n % 2],
            "flag": lambda n: n % 3 == 0,
            "y": lambda n: n % 2,
        }
    )
    domain = domain_of(tmp_path, rows)
    found = {name: (feature.type, feature.label, feature.step) for name, feature in domain.features.items()}
    assert found == {
        "LoanAmount": ("number", "loan amount", 0.01),
        "years_in_job": ("number", "years in job", 1.0),
        "hasCar": ("yes_no", "has car", None),
        "town": ("category", "town", None),
        "ok": ("yes_no", "ok", None),
        "flag": ("yes_no", "flag", None),
    }
    assert domain.outcomes == {"0": "y: no", "1": "y: yes"} and domain.favourable is None and domain.counted is None
    assert (len(domain.train), len(domain.cases)) == (28, 12)
    assert set(domain.train.index).isdisjoint(domain.cases.index)
    assert domain.features["ok"].read(True) == "Yes" and domain.features["flag"].read("no") is False


def test_the_hoped_for_outcome_is_inferred_only_where_words_leave_no_doubt(tmp_path):
    rows = many({"a": lambda n: n, "y": lambda n: n % 2})
    start = "data: rows.csv\ntarget: y\n"
    assert domain_of(tmp_path, rows, start + "outcomes: {0: bad risk, 1: good risk}\n").favourable == "1"
    assert domain_of(tmp_path, rows, start + "outcomes: {0: stays, 1: leaves}\n").favourable is None
    assert domain_of(tmp_path, rows, start + "outcomes: {0: approved, 1: rejected}\n").counted == "1"
    assert domain_of(tmp_path, rows, start + "outcomes: {0: a, 1: b}\nfavourable: b\n").favourable == "1"


@pytest.mark.parametrize(
    "values, unit, regression",
    [
        (lambda n: n / 7, None, True),
        (lambda n: n, None, True),
        (lambda n: n % 20, None, False),
        (lambda n: n % 5, "points", True),
        (lambda n: (n % 4) / 2, None, False),
        (lambda n: "abcd"[n % 4], None, False),
    ],
)
def test_a_number_with_a_unit_or_many_values_is_predicted_as_a_number(tmp_path, values, unit, regression):
    text = "data: rows.csv\ntarget: y\n" + (f"unit: {unit}\n" if unit else "")
    assert domain_of(tmp_path, many({"a": lambda n: n, "y": values}), text).regression is regression


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separators_are_recognised_with_a_byte_order_mark_and_quoted_fields(tmp_path, sign):
    text = "\ufeff" + sign.join(["name", "size", "y"]) + "\n" + f'"a{sign}b"' + sign + "1" + sign + "0\n" + f"c{sign}2{sign}1\n"
    (tmp_path / "rows.csv").write_bytes(text.encode("utf-8"))
    (tmp_path / "domain.yaml").write_text("data: rows.csv\ntarget: y\n")
    domain = load_domain(tmp_path)
    assert list(domain.frame.columns) == ["name", "size"] and domain.frame["name"].tolist() == [f"a{sign}b", "c"]


def test_decimal_commas_between_semicolons_are_numbers():
    table = read_text("a;b;c\n1,5;x;2\n;y;3\n-2,25;z;4\n")
    assert table["a"].tolist()[::2] == [1.5, -2.25] and math.isnan(table["a"][1])
    assert table["b"].tolist() == ["x", "y", "z"] and table["c"].tolist() == [2, 3, 4]


def test_unnamed_row_numbers_are_left_out_and_a_short_table_is_split_rightly():
    assert list(read_text(",a,y\n0,5,1\n1,6,0\n").columns) == ["a", "y"]
    assert separator_of("a,b\n1,2\n") == "," and separator_of("only\n1\n") == ","


def test_missing_marks_are_missing_unless_the_file_names_them_as_values(tmp_path):
    rows = "a,b,y\n1,NA,0\n?,x,1\n3,NA,0\n,x,1\n"
    domain = domain_of(tmp_path, rows)
    assert domain.frame["a"].isna().tolist() == [False, True, False, True] and domain.frame["b"].isna().sum() == 2
    domain = domain_of(tmp_path, rows, "data: rows.csv\ntarget: y\nfeatures:\n  b: {values: {NA: not asked, x: cross}}\n")
    assert domain.frame["b"].tolist() == ["NA", "x", "NA", "x"]
    assert domain.values(domain.frame.iloc[[1]]) == {"a": None, "b": "x"}


def test_row_numbers_count_the_rows_of_the_file_also_where_a_target_is_missing(tmp_path):
    domain = domain_of(tmp_path, "a,y\n5,0\n6,\n7,1\n8,0\n", "data: rows.csv\ntarget: y\nmodel: m.skops\n")
    assert list(domain.frame.index) == ["0", "2", "3"] and domain.case("2")["a"].tolist() == [7]


def test_ids_and_a_holdout_column_name_cases_and_split(tmp_path):
    rows = "key,part,a,y\n10,train,1,0\n11.0,TEST,2,1\n12,train,3,1\n"
    domain = domain_of(tmp_path, rows, "data: rows.csv\ntarget: y\nid: key\nholdout: part\n")
    assert list(domain.features) == ["a"] and list(domain.cases.index) == ["11"] and list(domain.train.index) == ["10", "12"]


def test_an_unknown_case_and_one_that_was_learned_from_are_told_apart(tmp_path):
    domain = domain_of(tmp_path, many({"a": lambda n: n, "y": lambda n: n % 2}))
    for case, code in ((domain.train.index[0], "case_in_training"), ("999", "unknown_case"), ("x' OR 1", "unknown_case")):
        with pytest.raises(InputProblem) as caught:
            domain.case(case)
        assert caught.value.code == code and domain.cases.index[0] in caught.value.facts["examples"]


def test_an_unknown_domain_names_those_there_are():
    for name in ("nonsense", "", "a\0b", "x" * 5000):
        with pytest.raises(DomainProblem) as caught:
            find_domain(name)
        assert caught.value.code == "unknown_domain" and "credit" in caught.value.facts["known"]


def test_codes_of_a_yes_no_feature_may_be_named(tmp_path):
    rows = many({"phone": lambda n: 1 + n % 2, "y": lambda n: n % 2})
    text = "data: rows.csv\ntarget: y\nfeatures:\n  phone: {type: yes_no, values: {1: no, 2: yes}, phrases: {1: none, 2: one}}\n"
    phone = domain_of(tmp_path, rows, text).features["phone"]
    assert (phone.true, phone.false, phone.phrases) == (2, 1, {"false": "none", "true": "one"})
    assert [phone.read(value) for value in (True, False, "yes", "no", 1, 2, "2", "y")] == [2, 1, 2, 1, 1, 2, 2, 2]
    assert [phone.json(raw) for raw in (1, 2, np.nan)] == [False, True, None]
    with pytest.raises(InputProblem):
        phone.read("perhaps")


@pytest.mark.parametrize("only, other", [("yes", "no"), ("N", "Y"), ("True", False), ("0", 1)])
def test_a_yes_no_column_with_one_value_knows_the_other(tmp_path, only, other):
    domain = domain_of(tmp_path, many({"f": lambda n: only, "a": lambda n: n, "y": lambda n: n % 2}))
    feature = domain.features["f"]
    assert other in (feature.true, feature.false) and feature.type == "yes_no"


def test_values_are_read_by_code_name_or_an_unambiguous_synonym(tmp_path):
    text = (
        "data: rows.csv\ntarget: y\nfeatures:\n  home:\n    values: {1: owned, 2: rented, 3: free}\n"
        "    value_synonyms: {1: [mine, other], 2: [hired, other]}\n"
    )
    home = domain_of(tmp_path, many({"home": lambda n: 1 + n % 2, "y": lambda n: n % 2}), text).features["home"]
    assert [home.read(value) for value in (1, "1", 2.0, "Rented", "HIRED", "free", 3)] == [1, 1, 2, 2, 2, 3, 3]
    for wrong in ("other", 4, True, "rent"):
        with pytest.raises(InputProblem):
            home.read(wrong)


def test_numbers_are_read_within_their_limits(tmp_path):
    text = "data: rows.csv\ntarget: y\nfeatures:\n  a: {min: 0, max: 100}\n"
    feature = domain_of(tmp_path, many({"a": lambda n: n, "y": lambda n: n % 2}), text).features["a"]
    assert feature.read("12") == 12 and feature.read(12.5) == 12.5 and isinstance(feature.read(12.0), int)
    assert math.isnan(feature.read(None)) and math.isnan(feature.read(np.float64("nan")))
    for wrong, code in (
        (-1, "out_of_limits"),
        (101, "out_of_limits"),
        ("many", "not_a_number"),
        (True, "not_a_number"),
        (math.inf, "not_a_number"),
        ("nan", "not_a_number"),
    ):
        with pytest.raises(InputProblem) as caught:
            feature.read(wrong)
        assert caught.value.code == code


def test_rows_from_json_have_the_types_of_the_data(tmp_path):
    rows = many({"a": lambda n: n, "b": lambda n: "xy"[n % 2], "c": lambda n: n % 2 == 0, "y": lambda n: n % 2})
    domain = domain_of(tmp_path, rows)
    frame = domain.rows([{"a": 3, "b": "y", "c": True}, {"a": 4, "b": "x", "c": "no"}])
    assert frame.dtypes.tolist() == domain.frame.dtypes.tolist()
    assert domain.rows([{"b": "x"}])["a"].isna().all()
    with pytest.raises(InputProblem):
        domain.rows([{"z": 1}])


def test_one_hot_families_are_found_and_others_left_alone(tmp_path):
    rows = many(
        {
            "purposeCar": lambda n: int(n % 4 == 0),
            "purposeNewHome": lambda n: int(n % 4 == 1),
            "purpose_trip": lambda n: int(n % 4 == 2),
            "has_dog": lambda n: n % 2,
            "has_cat": lambda n: n % 3 % 2,
            "has_bird": lambda n: 1,
            "a": lambda n: n,
            "y": lambda n: n % 2,
        }
    )
    domain = domain_of(tmp_path, rows)
    assert [(player.name, len(player.columns)) for player in domain.players] == [
        ("purpose", 3),
        ("has_dog", 1),
        ("has_cat", 1),
        ("has_bird", 1),
        ("a", 1),
    ]
    assert domain.file.families["purpose"].none_allowed


def test_words_of_another_language_are_laid_over(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "de.yaml").write_text(
        "title: Kredite\noutcomes: {0: schlecht, 1: gut}\ncase: [Antrag, Anträge]\nscore: Ausfall\n"
        "features:\n  a: {label: Alter, unit: Jahre, synonyms: [alt]}\n  c: {phrases: {2: ja doch}, values: {true: ja}}\n",
        encoding="utf-8",
    )
    rows = many({"a": lambda n: n, "c": lambda n: 1 + n % 2, "y": lambda n: n % 2})
    text = "data: rows.csv\ntarget: y\noutcomes: {0: bad, 1: good}\nfeatures:\n  c: {type: yes_no, values: {1: no, 2: yes}}\n"
    domain_of(tmp_path, rows, text)
    german, english = load_domain(tmp_path, "de"), load_domain(tmp_path)
    assert (german.title, german.outcomes, german.file.case) == ("Kredite", {"0": "schlecht", "1": "gut"}, ["Antrag", "Anträge"])
    assert german.features["a"].label == "Alter" and german.features["c"].phrases == {"true": "ja doch"}
    assert german.features["c"].values == {"true": "ja", "false": "no"} and english.features["a"].label == "a"
    (tmp_path / "words" / "de.yaml").write_text("features:\n  zzz: {label: x}\n", encoding="utf-8")
    with pytest.raises(DomainProblem) as caught:
        load_domain(tmp_path, "de")
    assert (caught.value.code, caught.value.facts["line"]) == ("feature_not_in_data", 2)


@pytest.mark.parametrize(
    "name, label",
    [
        ("LoanAmount", "loan amount"),
        ("months_in_jail", "months in jail"),
        ("BMI", "BMI"),
        ("numDependents2", "num dependents 2"),
        ("HTTPServer", "HTTP server"),
    ],
)
def test_column_names_become_labels(name, label):
    assert label_of(name) == label


def test_value_names_keep_hyphens_and_digits():
    assert [value_name(code) for code in ("5th-6th", "car_new", "NeverMarried", "3")] == ["5th-6th", "car new", "Never Married", "3"]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.integers(-(10**6), 10**6), st.booleans(), st.text(max_size=8), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_code_and_its_text_mean_the_same(value):
    text = text_of(value)
    assert text_of(text) == text and text == text.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        assert text_of(float(value)) == text


@pytest.mark.parametrize("name", ["credit", "heart", "grades"])
def test_what_the_shipped_domains_say_is_complete_and_their_cases_can_be_read_back(name):
    domain = load_domain(name)
    assert domain.file.note and domain.file.source and domain.file.description
    for feature in domain.features.values():
        assert feature.description and feature.synonyms, feature.name
        assert not feature.immutable or feature.why_immutable, feature.name
        assert not feature.sensitive or feature.immutable, feature.name
        assert feature.type == "number" or set(feature.phrases) == set(feature.values), feature.name
    again = domain.rows([domain.values(domain.cases.iloc[[number]]) for number in range(len(domain.cases))])
    pd.testing.assert_frame_equal(again.reset_index(drop=True), domain.cases.reset_index(drop=True))


@pytest.mark.parametrize("name", ["credit", "heart", "grades"])
def test_no_word_of_a_shipped_domain_means_two_features_or_two_values(name):
    domain, seen = load_domain(name), {}
    for feature in domain.features.values():
        for word in {feature.label.lower(), *(word.lower() for word in feature.synonyms)}:
            assert seen.setdefault(word, feature.name) == feature.name, word
        values = {}
        for code, names in feature.value_synonyms.items():
            for word in {domain.features[feature.name].values[code].lower(), *(word.lower() for word in names)}:
                assert values.setdefault(word, code) == code, (feature.name, word)
    absent = {word.lower() for key, words in domain.file.absent.items() for word in (key, *words)}
    assert absent.isdisjoint(seen)
