"""The domain folder, loaded and validated: what the rows mean, in people's words and in the data's codes.

    domain = load_domain("credit")
    domain.frame            n_rows x n_features, raw values as in the file, index = case ids (strings)
    domain.features["age"]  label, unit, allowed values, what may change
    domain.train, domain.cases     the rows the model may learn from; the rows that can be asked about
"""
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Mapping

import numpy as np
import pandas as pd

from explainers.columns import feature_of
from explainers.domain_file import DomainFile, line_of, read_domain_file
from explainers.errors import DomainProblem, InputProblem
from explainers.families import inferred_families
from explainers.feature import Feature, text_of
from explainers.table import outcomes_of, read_table, split
from explainers.words import in_language, label_of

DATA = Path(__file__).resolve().parent.parent / "data"
GOOD_WORDS = {"good", "approved", "accepted", "granted", "passed", "repaid", "low risk"}
BAD_WORDS = {"bad", "rejected", "refused", "denied", "declined", "failed", "default", "high risk"}


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


def find_domain(name):
    """A folder's name in data/, or a path to a domain folder -> its path."""
    text = str(name)
    folders = (Path(text), DATA / text) if text.strip() and "\0" not in text and len(text) < 1000 else ()
    for path in folders:
        if (path / "domain.yaml").is_file():
            return path.resolve()
    known = sorted(path.parent.name for path in DATA.glob("*/domain.yaml"))
    raise DomainProblem("unknown_domain", domain=text[:100], known=", ".join(known))


def load_domain(name, language="en"):
    """Load and check a domain folder; raises DomainProblem with the line of what is wrong."""
    folder = find_domain(name)
    path = folder / "domain.yaml"
    file, node = read_domain_file(path)
    where = lambda *keys: {"file": str(path), "line": line_of(node, keys)}
    table = read_table(folder, file, where)
    held_out, known, split_column = split(table, file, where)
    skip = {file.id, file.target, split_column, *file.ignore}
    _check_columns(table, file, skip, where)
    table.index = _case_ids(table, file, where)
    features = {column: feature_of(column, table[column], file.features.get(column), where)
                for column in table.columns if column not in skip}
    if not features:
        raise DomainProblem("no_features", **where("data"))
    in_family = {column for family in file.families.values() for column in family.columns}
    families = {**file.families, **inferred_families(features, table, in_family)}
    outcomes, target = outcomes_of(table[file.target], file, where)
    favourable = _outcome(file.favourable, outcomes, where("favourable"))
    if file.better is not None and outcomes:
        raise DomainProblem("better_needs_a_number", known=", ".join(outcomes), **where("better"))
    if favourable is None and len(outcomes) == 2:
        favourable = _hoped_for(outcomes)
    counted = _outcome(file.score.outcome, outcomes, where("score", "outcome")) if file.score else None
    if counted is None and len(outcomes) == 2 and favourable is not None:
        counted = next(code for code in outcomes if code != favourable)
    digest = hashlib.sha256((folder / file.data).read_bytes() + path.read_bytes()).hexdigest()[:16]
    domain = Domain(
        name=folder.name, path=folder, file=file.model_copy(update={"families": families}),
        title=file.title or label_of(folder.name).capitalize(),
        features=features, frame=table[list(features)], target=target, held_out=held_out, split_known=known,
        outcomes=outcomes, favourable=favourable, counted=counted,
        score_label=file.score.label if file.score else None, data_hash=digest)
    return in_language(domain, language)


def _case_ids(table, file, where):
    """The id column as text, or the row numbers of the data file from 0."""
    ids = table[file.id].map(text_of) if file.id else pd.Series(table.index.map(str), index=table.index)
    if file.id and table[file.id].isna().any():
        raise DomainProblem("id_missing", column=file.id, row=int(table.index[table[file.id].isna()][0]), **where("id"))
    if ids.duplicated().any():
        raise DomainProblem("id_not_unique", value=ids[ids.duplicated()].iloc[0], **where("id"))
    return pd.Index(ids, name=None)


def _check_columns(table, file, skip, where):
    """Everything that the file names is a column, and each has one role."""
    known = ", ".join(table.columns)
    if file.id == file.target:
        raise DomainProblem("column_used_twice", column=file.target, first="target", second="id", **where("id"))
    for column in file.ignore:
        if column not in table.columns:
            raise DomainProblem("column_missing", column=column, known=known, **where("ignore"))
    for column in file.features:
        if column in (file.target, file.id):
            role = "target" if column == file.target else "id"
            raise DomainProblem("column_used_twice", column=column, first=role,
                                second="features", **where("features", column))
        if column not in table.columns or column in skip:
            raise DomainProblem("feature_not_in_data", feature=column, known=known, **where("features", column))
    families = {}
    for name, family in file.families.items():
        if name in table.columns and name not in family.columns:
            raise DomainProblem("family_named_like_column", family=name, **where("families", name))
        for column in family.columns:
            if column not in table.columns or column in skip:
                raise DomainProblem("feature_not_in_data", feature=column,
                                    known=known, **where("families", name, "columns"))
            if families.setdefault(column, name) != name:
                raise DomainProblem("column_in_two_families", column=column, first=families[column], second=name,
                                    **where("families", name, "columns"))


def _outcome(code, outcomes, place):
    """A code, or an outcome's label, as the code; None stays None."""
    if code is None:
        return None
    text = text_of(code)
    if not outcomes:
        raise DomainProblem("no_outcomes_in_regression", value=text, **place)
    if text in outcomes:
        return text
    named = [key for key, label in outcomes.items() if label.lower() == text.lower()]
    if len(named) != 1:
        raise DomainProblem("file_outcome_unknown", value=text, known=", ".join(outcomes), **place)
    return named[0]


def _hoped_for(outcomes):
    """The outcome that people hope for where its words leave no doubt (good and bad, approved and rejected), else None."""
    words = {code: {code.lower(), label.lower(), *label.lower().split()} for code, label in outcomes.items()}
    good = [code for code in outcomes if words[code] & GOOD_WORDS and not words[code] & BAD_WORDS]
    bad = [code for code in outcomes if words[code] & BAD_WORDS and not words[code] & GOOD_WORDS]
    return good[0] if len(good) == 1 and len(bad) == 1 else None
