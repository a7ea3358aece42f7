"""A file of rows that somebody wants rated -> raw rows of the domain."""
from pathlib import Path

import pandas as pd

from explainers.errors import InputProblem
from explainers.feature import text_of
from explainers.table import read_text


def read_rows(path, domain):
    """n_rows x n_features raw values, index = case ids (the id column if it is there, else row numbers from 0).

    Columns are found by the feature's name or its label, in any order and case; others are left out. Values may be codes
    of the data or names of values; empty ones are missing. Raises InputProblem for a column or a value that does not fit.
    """
    path = Path(path)
    if not path.is_file():
        raise InputProblem("file_missing", file=str(path))
    codes = {name: set(feature.values) for name, feature in domain.features.items()}
    try:
        table = read_text(path.read_text(encoding="utf-8-sig"), codes)
    except (UnicodeDecodeError, ValueError) as error:
        reason = str(error).strip().split("\n")[-1][:200]
        raise InputProblem("file_unreadable", file=path.name, reason=reason) from error
    if table.empty:
        raise InputProblem("rows_empty", file=path.name)
    found = {name: _column(table, feature) for name, feature in domain.features.items()}
    missing = [name for name, column in found.items() if column is None]
    if missing:
        raise InputProblem("rows_lack_columns", file=path.name, missing=", ".join(missing[:10]))
    ids = domain.file.id if domain.file.id in table.columns else None
    frame = pd.DataFrame({name: _values(table[column], domain.features[name], path) for name, column in found.items()})
    frame.index = pd.Index(table[ids].map(text_of) if ids else [str(number) for number in range(len(table))])
    return domain.typed(frame)


def _column(table, feature):
    """The table's column for a feature: by name, else by label, whatever the case."""
    if feature.name in table.columns:
        return feature.name
    wanted = {feature.name.lower(), feature.label.lower()}
    found = [column for column in table.columns if str(column).strip().lower() in wanted]
    return found[0] if len(found) == 1 else None


def _values(column, feature, path):
    """Raw values; each distinct one is read once."""
    read = {}
    for number, value in enumerate(column):
        if value not in read and not pd.isna(value):
            try:
                read[value] = feature.read(value)
            except InputProblem as problem:
                known = problem.facts.get("known") or _limits(feature)
                raise InputProblem("rows_value_wrong", row=number, file=path.name, label=feature.label, value=text_of(value)[:60],
                                   known=known) from problem
    return [read.get(value, float("nan")) for value in column]


def _limits(feature):
    """What a feature without named values can be, as text."""
    if feature.type == "yes_no":
        return "yes, no"
    ends = [f"{text_of(end)}" if end is not None else "" for end in (feature.min, feature.max)]
    return f"a number from {ends[0]} to {ends[1]}" if all(ends) else f"a number of at least {ends[0]}" if ends[0] else \
        f"a number up to {ends[1]}" if ends[1] else "a number"
