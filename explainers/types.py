"""Query and Evidence: the words that all layers share.

Inside they are frozen dataclasses; `to_json` and `from_json` are the border, where an unknown field is an error.
Features are named by their column, outcomes by their code as a string, values by their code in the data
(yes/no features by true and false). Conditions stay in their JSON form, see `explainers/conditions.py`.
"""
from dataclasses import dataclass, field, fields
from typing import Any, Mapping

from explainers.errors import InputProblem

STATUSES = ("understood", "choose", "unclear", "unsupported", "social")
HOW = ("to", "by", "times")


@dataclass(frozen=True)
class Change:
    """One changed value: `Change("age", "by", -5)`; `how` is to, by or times."""
    feature: str
    how: str
    value: Any

    def to_json(self):
        return {"feature": self.feature, self.how: self.value}

    @classmethod
    def from_json(cls, data):
        how = [key for key in HOW if key in data]
        known(data, ("feature",) + HOW)
        if len(how) != 1 or "feature" not in data:
            raise InputProblem("bad_change", change=data)
        return cls(data["feature"], how[0], data[how[0]])


@dataclass(frozen=True)
class Ask:
    """One thing asked: a kind and its options, as in `Ask("importance", {"top": 5})`."""
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name, default=None):
        return self.options.get(name, default)

    @property
    def features(self):
        """The option `features` as a list of names: one may stand without a list, none is an empty list."""
        names = self.options.get("features") or ()
        return [names] if isinstance(names, str) else list(names)

    def to_json(self):
        return {"kind": self.kind, **self.options}

    @classmethod
    def from_json(cls, data):
        options = dict(data)
        return cls(options.pop("kind"), options)


@dataclass(frozen=True)
class Subject:
    """About whom: a case, the cases that meet a condition, those spoken of before, somebody new, or everyone.

    Empty means the case at hand, if there is one. `new` maps features to values of an applicant just described.
    """
    case: str | None = None
    where: Mapping | None = None
    previous: bool = False
    new: Mapping[str, Any] | None = None
    everyone: bool = False

    def to_json(self):
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) not in (None, False)}

    @classmethod
    def from_json(cls, data):
        known(data, [f.name for f in fields(cls)])
        case = data.get("case")
        return cls(**{**data, "case": None if case is None else str(case)})


@dataclass(frozen=True)
class Choice:
    """One possible reading of a question, with a wording that a person can pick."""
    text: str
    query: "Query"

    def to_json(self):
        return {"text": self.text, "query": self.query.to_json()}

    @classmethod
    def from_json(cls, data):
        known(data, ("text", "query"))
        return cls(data["text"], Query.from_json(data["query"]))


@dataclass(frozen=True)
class Query:
    """A question as the program understands it. `confidence` is a calibrated share in [0, 1]."""
    status: str = "understood"
    subject: Subject = Subject()
    changes: tuple[Change, ...] = ()
    asks: tuple[Ask, ...] = ()
    choices: tuple[Choice, ...] = ()
    confidence: float = 1.0

    def to_json(self):
        return {
            "status": self.status,
            "subject": self.subject.to_json(),
            "changes": [change.to_json() for change in self.changes],
            "asks": [ask.to_json() for ask in self.asks],
            "choices": [choice.to_json() for choice in self.choices],
            "confidence": round(float(self.confidence), 4),
        }

    @classmethod
    def from_json(cls, data):
        known(data, [f.name for f in fields(cls)])
        status = data.get("status", "understood")
        if status not in STATUSES:
            raise InputProblem("bad_status", status=status)
        return cls(
            status=status,
            subject=Subject.from_json(data.get("subject") or {}),
            changes=tuple(Change.from_json(change) for change in data.get("changes") or ()),
            asks=tuple(Ask.from_json(ask) for ask in data.get("asks") or ()),
            choices=tuple(Choice.from_json(choice) for choice in data.get("choices") or ()),
            confidence=float(data.get("confidence", 1.0)),
        )


@dataclass(frozen=True)
class Evidence:
    """What was computed for one ask. Everything in it is JSON: numbers, strings, lists, dictionaries, None.

    kind         the kind of question it answers
    scope        {"kind": "case", "case": "12"} | {"kind": "new"} | {"kind": "group", "where": COND, "size": n}
                 | {"kind": "everyone", "size": n}
    outcome      code of the outcome whose score is meant; None for a regression
    foil         what it is contrasted with, where it is
    output       "probability", "log_odds" or the target's unit
    explainer    name of the file in explainers/ that made it
    library      name and version of the library that did the work ("because" where it is our own)
    model_hash, data_hash, seed    what a replay needs
    seconds      time taken; the only field that a replay may change
    caveats      [{"code": "near_boundary", ...its numbers}]
    result       by kind, see docs/evidence.md
    """
    kind: str
    scope: Mapping[str, Any]
    outcome: str | None
    foil: str | None
    output: str
    explainer: str
    library: str
    model_hash: str
    data_hash: str
    seed: int
    seconds: float
    caveats: tuple[Mapping[str, Any], ...]
    result: Mapping[str, Any]

    def to_json(self):
        return {f.name: getattr(self, f.name) for f in fields(self)} | {"caveats": [dict(c) for c in self.caveats]}

    @classmethod
    def from_json(cls, data):
        known(data, [f.name for f in fields(cls)])
        return cls(**{**data, "caveats": tuple(data["caveats"])})


def known(data, names):
    """Raise when `data` has a key that is not in `names`."""
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise InputProblem("unknown_field", field=unknown[0], known=", ".join(sorted(names)))
