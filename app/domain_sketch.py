"""domain.yaml for a table that nobody has described yet: what can be inferred is written out, the rest is asked for in comments."""
import pandas as pd
import yaml

from explainers.columns import feature_of, natural
from explainers.errors import InputProblem
from explainers.feature import text_of
from explainers.table import MANY, read_text
from explainers.words import label_of

SENSITIVE = {"age", "sex", "gender", "race", "ethnicity", "religion", "nationality", "foreign", "foreigner", "marital", "married",
             "disability", "pregnant", "pregnancy", "orientation", "origin", "citizenship"}
FIXED = SENSITIVE - {"marital", "married"} | {"birth", "born"}
MOST_VALUES = 30


def domain_sketch(data, target, name, model=None, id_column=None):
    """The text of domain.yaml; raises InputProblem where the table or a column is not there."""
    try:
        table = read_text(data.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        reason = str(error).strip().split("\n")[-1][:200]
        raise InputProblem("file_unreadable", file=data.name, reason=reason) from error
    for column in filter(None, (target, id_column)):
        if column not in table.columns:
            raise InputProblem("unknown_feature", feature=column, known=", ".join(table.columns))
    ignored = [column for column in table.columns if column not in (target, id_column) and _useless(table[column])]
    lines = [f"title: {_text(label_of(name).capitalize())}",
             "# description: one sentence on what is decided",
             "# note: what a reader must know about these data",
             "# source: where the data come from",
             f"data: {_text(data.name)}"]
    lines.append(f"id: {_text(id_column)}" if id_column else "# id: column that names a row; row numbers from 0 otherwise")
    lines += [f"target: {_text(target)}", *_target(table[target].dropna())]
    lines += ["# case: [applicant, applicants]"]
    lines.append("# holdout: share kept from training, or the column that says so; without it, all rows can be asked about"
                 if model else "holdout: 0.3                  # share kept from training; the cases to ask about")
    lines.append(f"model: {_text(model)}" if model else
                 "# model: model.skops        # after `python -m app train`; until then one is trained at first use")
    if ignored:
        lines.append(f"ignore: [{', '.join(map(_text, ignored))}]   # they name the rows, or say the same of all")
    lines += ["# Of each feature: label, unit, synonyms (other words for it), names of values; whether nobody can change it",
              "# (immutable), whether it is protected (sensitive), which way it can change (change: up or down), step, min, max.",
              "features:"]
    skip = {target, id_column, *ignored}
    for column in table.columns:
        if column not in skip:
            lines += _feature(column, table[column])
    return "\n".join(lines) + "\n"


def _useless(column):
    present = column.dropna()
    words = not pd.api.types.is_numeric_dtype(column)
    return present.nunique() < 2 or (words and len(present) >= 20 and present.nunique() == len(present))


def _target(column):
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if numeric and column.nunique() > MANY:
        return ["unit: points                  # the unit of the target, which makes it a number to predict"]
    codes = sorted({text_of(value) for value in column.unique()}, key=natural)
    names = ", ".join(
        f"{_code(code)}: {_text(label_of(code) if natural(code)[0] else f'outcome {code}')}" for code in codes)
    return [f"outcomes: {{{names}}}   # code in the data: what people call it", "# favourable: code of the outcome that people hope for"]


def _feature(column, data):
    feature = feature_of(column, data, None, lambda *keys: {"file": "", "line": 1})
    parts = [f"type: {feature.type}", f"label: {_text(feature.label)}"]
    words = set(feature.label.lower().split())
    if words & FIXED:
        parts.append("immutable: true")
    if words & SENSITIVE:
        parts.append("sensitive: true")
    if feature.type == "number" and feature.step and not feature.whole:
        parts.append(f"step: {feature.step:g}")
    lines = [f"  {_text(column)}:", *(f"    {part}" for part in parts)]
    if feature.type == "category" and len(feature.values) <= MOST_VALUES:
        lines.append("    values:")
        lines += [f"      {_code(code)}: {_text(name)}" for code, name in feature.values.items()]
    return lines


def _code(code):
    """A code as a YAML key that reads as it stands."""
    return code if natural(code)[0] == 0 and not code.startswith(("0", "+")) or code == "0" else _text(code)


def _text(value):
    """A text as YAML, quoted where it has to be."""
    text = str(value)
    plain = yaml.safe_dump(text, allow_unicode=True, default_flow_style=True, width=10_000).strip()
    plain = plain.removesuffix("...").strip()
    return plain if not any(sign in text for sign in ",[]{}#:\n") or plain[0] in "'\"" else "'" + text.replace("'", "''") + "'"
