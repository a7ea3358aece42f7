"""The rows of a domain: read from text, split into training rows and cases, and the target told apart."""
import csv
import io

import numpy as np
import pandas as pd

from explainers.columns import natural
from explainers.errors import DomainProblem
from explainers.feature import FALSE_WORDS, TRUE_WORDS, text_of
from explainers.words import label_of

MISSING = ["", "?", "NA", "N/A", "NaN", "nan", "null"]
SEPARATORS = ",;\t|"
TEST_WORDS = TRUE_WORDS | {"test", "testing", "holdout", "held_out", "held out", "validation", "valid"}
TRAIN_WORDS = FALSE_WORDS | {"train", "training", "learn", "learning", "fit"}
SPLIT_SEED = 20
MANY = 20                     # a numeric target with more distinct values is a regression
MOST_OUTCOMES = 100


def read_table(folder, file, where):
    """All rows that have a target; the index counts the rows of the file from 0.

    Commas, semicolons, tabs and bars separate; with semicolons a decimal comma is understood. Raises DomainProblem.
    """
    path = folder / file.data
    if not path.is_file():
        raise DomainProblem("data_missing", data=file.data, **where("data"))
    codes = {name: {text_of(code) for code in entry.values or {}} for name, entry in file.features.items()}
    try:
        table = read_text(path.read_text(encoding="utf-8-sig"), codes)
    except UnicodeDecodeError as error:
        raise DomainProblem("data_not_utf8", data=file.data, **where("data")) from error
    except ValueError as error:
        reason = str(error).strip().split("\n")[-1][:200]
        raise DomainProblem("data_unreadable", data=file.data, reason=reason, **where("data")) from error
    for key in ("target", "id"):
        column = getattr(file, key)
        if column is not None and column not in table.columns:
            raise DomainProblem("column_missing", column=column, known=", ".join(table.columns), **where(key))
    table = table[table[file.target].notna()]
    if table.empty:
        raise DomainProblem("data_empty", data=file.data, **where("data"))
    return table


def read_text(text, codes=None):
    """Separated text with a header -> table; raises ValueError. `codes`: column -> values that are no missing values there."""
    separator = separator_of(text)
    header = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    header = [name.strip() for name in header]
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise ValueError(f"the column {twice[0]} is there twice")
    missing = {name: [mark for mark in MISSING if mark not in (codes or {}).get(name, ())] for name in header}
    table = pd.read_csv(io.StringIO(text), sep=separator, header=0, names=header or None, index_col=False, na_values=missing,
                        keep_default_na=False, skipinitialspace=True, low_memory=False)
    if header and header[0] == "":
        table = table.iloc[:, 1:]                       # the unnamed row numbers that pandas writes
    return _decimal_commas(table) if separator == ";" else table


def separator_of(text):
    """The sign that splits the first lines into the most columns, the same number in each."""
    lines = [line for line in text[:100_000].splitlines()[:20] if line.strip()]
    counts = {}
    for sign in SEPARATORS:
        found = [len(fields) for fields in csv.reader(lines, delimiter=sign)]
        counts[sign] = found[0] if found and len(set(found[:-1] or found)) == 1 else 1
    return max(SEPARATORS, key=lambda sign: counts[sign])


def _decimal_commas(table):
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            present = table[name].dropna().astype(str)
            if len(present) and present.str.fullmatch(r"-?\d+(,\d+)?").all():
                table[name] = pd.to_numeric(table[name].astype("string").str.replace(",", ".")).astype(float)
    return table


def split(table, file, where):
    """(mask of the rows kept from training, whether that is known, the column that said so)."""
    if isinstance(file.holdout, str):
        if file.holdout not in table.columns:
            raise DomainProblem("column_missing", column=file.holdout,
                                known=", ".join(table.columns), **where("holdout"))
        marks = table[file.holdout].map(lambda mark: text_of(mark).lower())
        strange = marks[~marks.isin(TEST_WORDS | TRAIN_WORDS)]
        if len(strange):
            raise DomainProblem("holdout_mark_unknown", column=file.holdout, value=strange.iloc[0], **where("holdout"))
        mask = marks.isin(TEST_WORDS).to_numpy()
        if mask.all() or not mask.any():
            raise DomainProblem("holdout_one_sided", column=file.holdout, **where("holdout"))
        return mask, True, file.holdout
    if file.holdout is None and file.model is not None:
        return np.ones(len(table), dtype=bool), False, None
    share = 0.3 if file.holdout is None else file.holdout
    if not 0 < share < 1:
        raise DomainProblem("holdout_wrong", value=share, **where("holdout"))
    if len(table) < 2:
        raise DomainProblem("too_few_rows", count=len(table), **where("data"))
    order = np.random.default_rng(SPLIT_SEED).permutation(len(table))
    mask = np.zeros(len(table), dtype=bool)
    mask[order[:min(len(table) - 1, max(1, round(share * len(table))))]] = True
    return mask, True, None


def outcomes_of(column, file, where):
    """(code -> label, target as codes), or ({}, target as floats) for a regression: one with a unit, or a numeric
    target with more than MANY distinct values."""
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if file.unit is not None and file.outcomes is None and not file.positive:
        if not numeric:
            wrong = column[pd.to_numeric(column, errors="coerce").isna()]
            raise DomainProblem("target_column_not_numbers", column=file.target,
                                value=str(wrong.iloc[0])[:60], **where("target"))
        return {}, column.astype(float)
    target = column.map(text_of)
    for code, raws in file.positive.items():
        counted = {text_of(raw) for raw in raws}
        unknown = counted - set(target)
        if unknown == counted:
            raise DomainProblem("positive_not_in_data", value=min(unknown), column=file.target, **where("positive"))
        target = target.mask(target.isin(counted), text_of(code))
    found = sorted(target.unique(), key=natural)
    if file.outcomes is None:
        if numeric and not file.positive and len(found) > MANY:
            return {}, column.astype(float)
        _check_count(found, file, where)
        return _named(found, label_of(file.target)), target
    outcomes = {text_of(code): name for code, name in file.outcomes.items()}
    strange = [code for code in found if code not in outcomes]
    if strange:
        raise DomainProblem("outcome_not_named", value=strange[0], known=", ".join(outcomes), **where("outcomes"))
    _check_count(list(outcomes), file, where)
    return outcomes, target


def _check_count(codes, file, where):
    if len(codes) < 2:
        raise DomainProblem("target_never_varies", column=file.target, value=codes[0], **where("target"))
    if len(codes) > MOST_OUTCOMES:
        raise DomainProblem("too_many_outcomes", column=file.target, count=len(codes), **where("target"))


def _named(codes, target):
    """Labels of outcomes that nobody named: a yes/no target "default" gives "default: yes" and "default: no"."""
    if len(codes) == 2 and {code.lower() for code in codes} <= TRUE_WORDS | FALSE_WORDS:
        return {code: f"{target}: {'yes' if code.lower() in TRUE_WORDS else 'no'}" for code in codes}
    return {code: f"{target} {code}" if natural(code)[0] == 0 else label_of(code) for code in codes}
