"""Question, Answer and Memory: what comes from and goes to the reader, and what the talk remembers."""
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Mapping

from explainers.types import Ask, Change, Choice, Subject, known

LEVELS = ("plain", "practitioner", "expert")


@dataclass(frozen=True)
class Question:
    """What a person wrote. `level` and `language` are those in force when it was asked; turns count from 1."""
    text: str
    language: str = "en"
    level: str = "plain"
    session: str = ""
    turn: int = 1

    def to_json(self):
        return asdict(self)


@dataclass(frozen=True)
class Figure:
    """A picture with its text alternative and its numbers; `svg` is the whole drawing as text.

    table: {"columns": [...], "rows": [[...], ...]}, cells ready to read.
    """
    name: str
    title: str
    alt: str
    table: Mapping[str, Any]
    svg: str

    def to_json(self):
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """What the reader gets. `text` is Markdown; `suggestions` are questions that can be asked as they stand.

    status: that of the Query, or "failed" where something was wrong with what came in.
    worked_out: short Markdown on method and record, shown where the reader unfolds it.
    """
    status: str
    text: str
    level: str
    language: str
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    worked_out: str = ""

    def to_json(self):
        return {**{f.name: getattr(self, f.name) for f in fields(self)},
                **{name: list(getattr(self, name)) for name in ("warnings", "suggestions", "attachments")},
                "figures": [figure.to_json() for figure in self.figures]}


@dataclass(frozen=True)
class Memory:
    """What the conversation so far leaves for the next question. Stored as JSON with the session.

    case       the case at hand (chosen on the page, by `--case` or in the talk)
    subject    those just spoken of
    changes    what-if changes in force
    asks       what was asked last (for "again", "why?")
    options    counterfactual options last shown: lists of changes, [{"feature", "from", "to"}]
    limits     what a counterfactual must respect until lifted: {"without": [...], "only": [...], "at_most": n, "limits": [COND]}
    asked      kinds asked so far, in order; lets a repeated question be answered more fully
    own        the case chosen from outside (page, `--case`): "my case", after others were spoken of
    before     those spoken of before `subject`, the latest last: "and both?", "back to the first one"
    features   features named in the talk, each once, the latest last: "do they interact?"
    offered    readings offered by the last answer, for a typed pick ("the first")
    """
    case: str | None = None
    subject: Subject = Subject()
    changes: tuple[Change, ...] = ()
    asks: tuple[Ask, ...] = ()
    options: tuple = ()
    limits: Mapping[str, Any] | None = None
    asked: tuple[str, ...] = ()
    level: str = "plain"
    language: str = "en"
    turn: int = 0
    own: str | None = None
    before: tuple[Subject, ...] = ()
    features: tuple[str, ...] = ()
    offered: tuple[Choice, ...] = ()

    def to_json(self):
        return {"case": self.case, "subject": self.subject.to_json(), "changes": [c.to_json() for c in self.changes],
                "asks": [a.to_json() for a in self.asks], "options": list(self.options), "limits": self.limits,
                "asked": list(self.asked), "level": self.level, "language": self.language, "turn": self.turn,
                "own": self.own, "before": [s.to_json() for s in self.before], "features": list(self.features),
                "offered": [choice.to_json() for choice in self.offered]}

    @classmethod
    def from_json(cls, data):
        known(data, [f.name for f in fields(cls)])
        return cls(**{**data, "subject": Subject.from_json(data["subject"]),
                      "changes": tuple(Change.from_json(c) for c in data["changes"]),
                      "asks": tuple(Ask.from_json(a) for a in data["asks"]),
                      "options": tuple(data["options"]), "asked": tuple(data["asked"]),
                      "before": tuple(Subject.from_json(s) for s in data.get("before", ())),
                      "features": tuple(data.get("features", ())),
                      "offered": tuple(Choice.from_json(choice) for choice in data.get("offered", ()))})

    def about(self, case):
        """The memory after another case was chosen: what belonged to the old one is dropped."""
        return replace(self, case=case, own=case, subject=Subject(case=case), changes=(), options=(), limits=None)
