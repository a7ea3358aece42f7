"""The domain folder, loaded and validated: what the rows mean, in people's words and in the data's codes.

    domain = load_domain("credit")
    domain.frame            n_rows x n_features, raw values as in the file, index = case ids (strings)
    domain.features["age"]  label, unit, allowed values, what may change
    domain.train, domain.cases     the rows the model may learn from; the rows that can be asked about
"""
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Mapping

import numpy as np
import pandas as pd

from explainers.domain_file import DomainFile, line_of, read_domain_file, read_yaml
from explainers.errors import DomainProblem, InputProblem

DATA = Path(__file__).resolve().parent.parent / "data"
MISSING = ["", "?", "NA", "N/A", "NaN", "nan", "null"]
TRUE_WORDS = {"1", "1.0", "true", "yes", "y", "t"}
FALSE_WORDS = {"0", "0.0", "false", "no", "n", "f"}
SPLIT_SEED = 20


@dataclass(frozen=True)
class Feature:
    """One column that the model sees, as people speak of it.

    values       code (as text) -> name, in the written order; empty for a number
    low, high    smallest and largest observed value of a number (all rows)
    min, max     limits that hold in the world (None: none given)
    step         smallest meaningful difference of a number
    true, false  raw codes of a yes/no feature
    """
    name: str
    type: str
    label: str
    description: str | None = None
    unit: str | None = None
    synonyms: tuple[str, ...] = ()
    values: Mapping[str, str] = None
    value_synonyms: Mapping[str, tuple[str, ...]] = None
    phrases: Mapping[str, str] = None
    codes: Mapping[str, Any] = None
    ordered: bool = False
    immutable: bool = False
    why_immutable: str | None = None
    sensitive: bool = False
    implausible: str | None = None
    change: str = "any"
    transitions: Mapping[str, tuple[str, ...]] | None = None
    step: float | None = None
    whole: bool = False
    min: float | None = None
    max: float | None = None
    low: float | None = None
    high: float | None = None
    monotone: str | None = None
    true: Any = None
    false: Any = None

    def read(self, value):
        """A value from a Query, a person or a file -> the raw code that the model's column holds.

        Raises InputProblem for a category that does not exist or a number out of the world's limits.
        None and NaN mean missing and stay so.
        """
        if value is None or (isinstance(value, float) and np.isnan(value)):
            return np.nan
        if self.type == "number":
            return self._read_number(value)
        text = str(value).strip().lower()
        if self.type == "yes_no":
            if value is True or text in TRUE_WORDS or text == str(self.true).lower():
                return self.true
            if value is False or text in FALSE_WORDS or text == str(self.false).lower():
                return self.false
            raise InputProblem("not_yes_or_no", feature=self.name, label=self.label, value=str(value))
        code = self.code(value)
        if code is None:
            raise InputProblem("unknown_value", feature=self.name, label=self.label, value=str(value),
                               known=", ".join(self.values.values()))
        return self.codes[code]

    def _read_number(self, value):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("inf")
        if not np.isfinite(number) or isinstance(value, bool):
            raise InputProblem("not_a_number", feature=self.name, label=self.label, value=str(value))
        if (self.min is not None and number < self.min) or (self.max is not None and number > self.max):
            raise InputProblem("out_of_limits", feature=self.name, label=self.label, value=number,
                               min=self.min, max=self.max, unit=self.unit)
        return int(number) if self.whole and number.is_integer() else number

    def code(self, value):
        """The code (as text) that `value` (a code or a value's name) means; None if there is none."""
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and float(value).is_integer():
            value = int(value)
        text = str(value).strip()
        if text in self.values:
            return text
        lowered = text.lower()
        return next((code for code, name in self.values.items() if lowered in (code.lower(), name.lower())), None)

    def json(self, raw):
        """A raw value as JSON: number, true/false, code, or None where it is missing."""
        if raw is None or raw is pd.NA or (isinstance(raw, (float, np.floating)) and np.isnan(raw)):
            return None
        if self.type == "yes_no":
            return bool(raw == self.true)
        if isinstance(raw, (np.integer, np.bool_)):
            return int(raw)
        if isinstance(raw, (float, np.floating)):
            return int(raw) if self.whole and float(raw).is_integer() else float(raw)
        return raw


@dataclass(frozen=True)
class Player:
    """What a person knows as one feature: its name, its label and the columns that hold it."""
    name: str
    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Domain:
    """A domain folder. `outcomes` is empty for a regression; `counted` is the outcome whose score is told."""
    name: str
    path: Path
    file: DomainFile
    title: str
    features: Mapping[str, Feature]
    frame: pd.DataFrame
    target: pd.Series
    held_out: np.ndarray
    split_known: bool
    outcomes: Mapping[str, str]
    favourable: str | None
    counted: str | None
    score_label: str | None
    data_hash: str

    @property
    def regression(self):
        return not self.outcomes

    @property
    def threshold(self):
        return self.file.threshold

    @cached_property
    def players(self):
        """Families first where their first column stands, then every other column for itself."""
        family = {column: name for name, found in self.file.families.items() for column in found.columns}
        players, done = [], set()
        for column, feature in self.features.items():
            name = family.get(column, column)
            if name in done:
                continue
            done.add(name)
            if column in family:
                entry = self.file.families[name]
                players.append(Player(name, entry.label or label_of(name), tuple(entry.columns)))
            else:
                players.append(Player(column, feature.label, (column,)))
        return tuple(players)

    @cached_property
    def train(self):
        """Rows the model may learn from: n_train x n_features."""
        return self.frame[~self.held_out] if self.split_known and not self.held_out.all() else self.frame

    @cached_property
    def train_target(self):
        return self.target.loc[self.train.index]

    @cached_property
    def cases(self):
        """Rows that can be asked about: n_cases x n_features."""
        return self.frame[self.held_out]

    @cached_property
    def cases_target(self):
        return self.target.loc[self.cases.index]

    def case(self, case):
        """One case as a frame of one row; raises InputProblem where it cannot be asked about."""
        name = str(case)
        if name in self.cases.index:
            return self.cases.loc[[name]]
        if name in self.frame.index:
            raise InputProblem("case_in_training", case=name, examples=", ".join(self.cases.index[:3]))
        raise InputProblem("unknown_case", case=name[:40], count=len(self.cases), examples=", ".join(self.cases.index[:3]))

    def values(self, row):
        """A row (Series or one-row frame) as JSON values by feature."""
        if isinstance(row, pd.DataFrame):
            return {name: feature.json(row[name].iloc[0]) for name, feature in self.features.items()}
        return {name: feature.json(row[name]) for name, feature in self.features.items()}

    def rows(self, values):
        """JSON values by feature, one dictionary a row -> raw frame; absent features are missing values."""
        for row in values:
            for name in row:
                self.feature(name)
        columns = {name: [feature.read(row.get(name)) for row in values] for name, feature in self.features.items()}
        return self.typed(pd.DataFrame(columns, columns=list(self.features)))

    def typed(self, frame):
        """`frame` with the column types of the data wherever its values allow that."""
        for name, dtype in self.frame.dtypes.items():
            if frame[name].dtype != dtype and not (frame[name].isna().any() and dtype.kind in "iub"):
                try:
                    frame[name] = frame[name].astype(dtype)
                except (TypeError, ValueError):
                    continue
        return frame

    def feature(self, name):
        if name not in self.features:
            raise InputProblem("unknown_feature", feature=str(name)[:60], known=", ".join(self.features))
        return self.features[name]


def label_of(name):
    """A column name split into words: LoanAmount -> loan amount, months_in_jail -> months in jail."""
    words = re.sub(r"[_\-.]+", " ", str(name))
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z]{2,})", " ", words)
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words.split())


def find_domain(name):
    """A folder's name in data/, or a path to a domain folder -> its path."""
    for path in (Path(name), DATA / name):
        if (path / "domain.yaml").is_file():
            return path.resolve()
    known = sorted(path.parent.name for path in DATA.glob("*/domain.yaml"))
    raise DomainProblem("unknown_domain", domain=str(name)[:100], known=", ".join(known))


def load_domain(name, language="en"):
    """Load and check a domain folder; raises DomainProblem with the line of what is wrong."""
    folder = find_domain(name)
    path = folder / "domain.yaml"
    file, node = read_domain_file(path)
    where = lambda *keys: {"file": str(path), "line": line_of(node, keys)}
    table = _read_table(folder, file, where)
    ids = table[file.id].astype(str) if file.id else pd.Series(range(len(table))).astype(str)
    if ids.duplicated().any():
        raise DomainProblem("id_not_unique", value=ids[ids.duplicated()].iloc[0], **where("id"))
    table.index = pd.Index(ids, name=None)
    held_out, known, split_column = _split(table, file, where)
    skip = {file.id, file.target, split_column, *file.ignore}
    for entry in list(file.features) + [c for f in file.families.values() for c in f.columns]:
        if entry not in table.columns or entry in skip:
            raise DomainProblem("feature_not_in_data", feature=entry, known=", ".join(map(str, table.columns)),
                                **where("features", entry))
    features = {column: _feature(column, table[column], file, where) for column in table.columns if column not in skip}
    outcomes, target = _outcomes(table[file.target], file, where)
    favourable = _outcome(file.favourable, outcomes, where("favourable"))
    counted = _outcome(file.score.outcome, outcomes, where("score")) if file.score else None
    if counted is None and len(outcomes) == 2 and favourable is not None:
        counted = next(code for code in outcomes if code != favourable)
    digest = hashlib.sha256((folder / file.data).read_bytes() + path.read_bytes()).hexdigest()[:16]
    domain = Domain(
        name=folder.name, path=folder, file=file, title=file.title or label_of(folder.name).capitalize(),
        features=features, frame=table[list(features)], target=target, held_out=held_out, split_known=known,
        outcomes=outcomes, favourable=favourable, counted=counted,
        score_label=file.score.label if file.score else None, data_hash=digest)
    return in_language(domain, language)


def _read_table(folder, file, where):
    path = folder / file.data
    if not path.is_file():
        raise DomainProblem("data_missing", data=file.data, **where("data"))
    try:
        table = pd.read_csv(path, na_values=MISSING, keep_default_na=False, skipinitialspace=True)
    except (ValueError, UnicodeDecodeError) as error:
        raise DomainProblem("data_unreadable", data=file.data, reason=str(error)[:200], **where("data")) from error
    for key in ("target", "id"):
        column = getattr(file, key)
        if column is not None and column not in table.columns:
            raise DomainProblem("column_missing", column=column, known=", ".join(map(str, table.columns)), **where(key))
    table = table[table[file.target].notna()].reset_index(drop=True)
    if table.empty:
        raise DomainProblem("data_empty", data=file.data, **where("data"))
    return table


def _split(table, file, where):
    """(held-out mask, whether it is known, the column that said so)."""
    if isinstance(file.holdout, str):
        if file.holdout not in table.columns:
            raise DomainProblem("column_missing", column=file.holdout, known=", ".join(table.columns), **where("holdout"))
        marks = table[file.holdout].astype(str).str.lower()
        return marks.isin(TRUE_WORDS | {"test", "holdout", "held_out", "validation"}).to_numpy(), True, file.holdout
    if file.holdout is None and file.model is not None:
        return np.ones(len(table), dtype=bool), False, None
    share = 0.3 if file.holdout is None else file.holdout
    if not 0 < share < 1:
        raise DomainProblem("holdout_wrong", value=share, **where("holdout"))
    order = np.random.default_rng(SPLIT_SEED).permutation(len(table))
    mask = np.zeros(len(table), dtype=bool)
    mask[order[: max(1, round(share * len(table)))]] = True
    return mask, True, None


def _outcomes(column, file, where):
    """(code -> label, target as strings) or ({}, target as floats) for a regression."""
    if file.unit is not None and file.outcomes is None:
        if not pd.api.types.is_numeric_dtype(column):
            raise DomainProblem("target_not_a_number", column=file.target, **where("target"))
        return {}, column.astype(float)
    target = column.map(text_of)
    for code, raws in file.positive.items():
        target = target.mask(target.isin([text_of(raw) for raw in raws]), text_of(code))
    found = sorted(target.unique(), key=_natural)
    if file.outcomes is None:
        if pd.api.types.is_float_dtype(column) and len(found) > 20:
            return {}, column.astype(float)
        return {code: label_of(code) if not code.isdigit() else code for code in found}, target
    outcomes = {text_of(code): name for code, name in file.outcomes.items()}
    strange = [code for code in found if code not in outcomes]
    if strange:
        raise DomainProblem("outcome_not_named", value=strange[0], known=", ".join(outcomes), **where("outcomes"))
    return outcomes, target


def _outcome(code, outcomes, place):
    if code is None:
        return None
    if text_of(code) not in outcomes:
        raise DomainProblem("unknown_outcome", value=text_of(code), known=", ".join(outcomes), **place)
    return text_of(code)


def text_of(code):
    """A code as text: 1.0 and 1 are "1", True is "true"."""
    if isinstance(code, (bool, np.bool_)):
        return str(bool(code)).lower()
    if isinstance(code, (float, np.floating)) and float(code).is_integer():
        code = int(code)
    return str(code).strip()


def _natural(text):
    try:
        return (0, float(text), text)
    except ValueError:
        return (1, 0.0, text)


def _feature(column, data, file, where):
    entry = file.features.get(column)
    given = entry.model_dump(exclude_none=True) if entry else {}
    kind = given.get("type") or ("category" if "values" in given else _guess_type(data))
    common = {key: given[key] for key in ("description", "unit", "immutable", "why_immutable", "sensitive", "implausible",
                                          "change", "min", "max", "monotone") if key in given}
    common.update(name=column, type=kind, label=given.get("label") or label_of(column), synonyms=tuple(given.get("synonyms", ())))
    place = where("features", column)
    if kind == "number":
        return _number(common, given, data, place)
    raws = data.dropna().unique().tolist()
    codes = {text_of(raw): raw for raw in sorted(raws, key=lambda raw: _natural(text_of(raw)))}
    by_code = lambda key: {text_of(code): value for code, value in given.get(key, {}).items()}
    common["value_synonyms"] = {code: tuple(names) for code, names in by_code("value_synonyms").items()}
    common["phrases"] = by_code("phrases")
    if kind == "yes_no":
        return _yes_no(common, codes, place)
    names = by_code("values") or {code: label_of(code) if not _is_number(code) else code for code in codes}
    strange = [code for code in codes if code not in names]
    if strange:
        raise DomainProblem("value_not_named", feature=column, value=strange[0], known=", ".join(names), **place)
    sample = next(iter(codes.values()), "")
    for code in names:
        codes.setdefault(code, type(sample)(code) if _is_number(code) and not isinstance(sample, str) else code)
    transitions = given.get("transitions")
    if transitions is not None:
        common["transitions"] = {text_of(a): tuple(text_of(b) for b in bs) for a, bs in transitions.items()}
    return Feature(**common, values=names, codes={code: codes[code] for code in names}, ordered=bool(given.get("ordered")))


def _number(common, given, data, place):
    if not pd.api.types.is_numeric_dtype(data):
        raise DomainProblem("feature_not_a_number", feature=common["name"], value=str(data.dropna().iloc[0]), **place)
    present = data.dropna()
    whole = bool((present == present.round()).all()) if len(present) else False
    step = given.get("step") or (1.0 if whole else _decimals(present))
    low, high = (float(present.min()), float(present.max())) if len(present) else (None, None)
    return Feature(**common, values={}, step=step, whole=whole and float(step).is_integer(), low=low, high=high)


def _yes_no(common, codes, place):
    true = next((raw for code, raw in codes.items() if code.lower() in TRUE_WORDS), None)
    false = next((raw for code, raw in codes.items() if code.lower() in FALSE_WORDS), None)
    if len(codes) > 2 or (true is None and false is None):
        raise DomainProblem("feature_not_yes_no", feature=common["name"], values=", ".join(list(codes)[:5]), **place)
    if true is None:
        true = {"no": "yes", "n": "y", "false": True, "f": "t"}.get(text_of(false).lower(), type(false)(1) if not isinstance(false, str) else "1")
    if false is None:
        false = {"yes": "no", "y": "n", "true": False, "t": "f"}.get(text_of(true).lower(), type(true)(0) if not isinstance(true, str) else "0")
    return Feature(**common, values={"true": "yes", "false": "no"}, codes={"true": true, "false": false}, true=true, false=false)


def _guess_type(data):
    codes = {text_of(raw).lower() for raw in data.dropna().unique()[:50]}
    if 0 < len(codes) <= 2 and codes <= TRUE_WORDS | FALSE_WORDS:
        return "yes_no"
    return "number" if pd.api.types.is_numeric_dtype(data) and not pd.api.types.is_bool_dtype(data) else "category"


def _is_number(text):
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def _decimals(data):
    """Smallest power of ten that the observed values are multiples of, at least 1e-6."""
    for digits in range(1, 7):
        if np.allclose(data, data.round(digits), rtol=0, atol=10.0 ** -(digits + 4)):
            return 10.0 ** -digits
    return 1e-6


def in_language(domain, language):
    """The domain with labels, units and value names from words/<language>.yaml laid over, where that file exists."""
    path = domain.path / "words" / f"{language}.yaml"
    if language == "en" and not path.is_file() or not path.is_file():
        return domain
    words, node = read_yaml(path)
    features = dict(domain.features)
    for name, entry in (words.get("features") or {}).items():
        if name not in features:
            raise DomainProblem("feature_not_in_data", feature=name, known=", ".join(features), file=str(path),
                                line=line_of(node, ("features", name)))
        features[name] = _in_words(features[name], entry or {})
    top = {key: words[key] for key in ("title",) if key in words}
    outcomes = {code: (words.get("outcomes") or {}).get(code, (words.get("outcomes") or {}).get(_int(code), label))
                for code, label in domain.outcomes.items()}
    texts = {key: words[key] for key in ("title", "description", "note", "case", "unit") if key in words}
    return replace(domain, features=features, outcomes=outcomes, file=domain.file.model_copy(update=texts),
                   score_label=words.get("score", domain.score_label), **top)


def _int(code):
    return int(code) if code.lstrip("-").isdigit() else code


def _in_words(feature, entry):
    new = {key: entry[key] for key in ("label", "description", "unit", "why_immutable") if key in entry}
    by_code = lambda key: {text_of(code): value for code, value in (entry.get(key) or {}).items()}
    return replace(feature, **new, synonyms=feature.synonyms + tuple(entry.get("synonyms") or ()),
                   values={**feature.values, **by_code("values")}, phrases={**(feature.phrases or {}), **by_code("phrases")},
                   value_synonyms={**(feature.value_synonyms or {}), **{c: tuple(v) for c, v in by_code("value_synonyms").items()}})
