"""domain.yaml as it is written: which keys there are, and what a wrong one is told.

YAML 1.2 rules for yes and no: only true and false are yes/no values, so that a value called `no` stays a word.
"""
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from explainers.errors import DomainProblem


def _word(value):
    """A number or true/false where a word belongs is that word: `synonyms: [1000]`."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value


def _listed(value):
    """One word stands for a list of one."""
    return [value] if isinstance(value, (str, int, float)) else value


Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[list[Word], BeforeValidator(_listed)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FeatureFile(Strict):
    """One entry under `features:`; everything is optional."""
    type: Literal["number", "category", "yes_no"] | None = None
    label: Word | None = None
    description: str | None = None                      # one or two sentences, shown when somebody asks what it means
    unit: Word | None = None
    synonyms: Words = []
    # code in the data: name; of a yes/no feature: which code is which
    values: dict[Any, Word] | None = None
    value_synonyms: dict[Any, Words] = {}
    phrases: dict[Any, str] = {}                        # code: the value as a clause, "no savings are known"
    ordered: bool | None = None                         # a category whose codes, in the order written, rise
    immutable: bool = False                             # nobody can change it
    why_immutable: str | None = None                    # in people's words, shown beside a fixed value
    sensitive: bool = False                             # protected, or close to it
    implausible: str | None = None                      # why it should not matter; robustness reports its use
    change: Literal["any", "up", "down"] = "any"
    transitions: dict[Any, list[Any]] | None = None     # from code: the codes it can become
    step: float | None = Field(None, gt=0)
    min: float | None = None
    max: float | None = None
    monotone: Literal["increasing", "decreasing"] | None = None   # of the favourable outcome, for a model trained here


class FamilyFile(Strict):
    """Several yes/no columns that encode one thing: `purpose: {columns: [purposeCar, purposeHome]}`."""
    columns: list[str] = Field(min_length=2)
    label: str | None = None
    none_allowed: bool = True                           # may all columns be 0?


class ReviewFile(Strict):
    contact: str
    within_days: int | None = Field(None, gt=0)


class DecisionFile(Strict):
    """What happens around the model; told only if given."""
    made_by: str | None = None
    consequence: str | None = None
    review: ReviewFile | None = None


class ScoreFile(Strict):
    """Which outcome's probability is counted throughout, and what its score is called."""
    outcome: Any
    label: str


class GoalFile(Strict):
    """Where people hope that a regression's value lies."""
    at_least: float | None = Field(None, alias="from")
    at_most: float | None = Field(None, alias="to")

    @model_validator(mode="after")
    def not_empty(self):
        if self.at_least is None and self.at_most is None:
            raise ValueError("name from, to or both")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("from must not be greater than to")
        return self


class TrainingFile(Strict):
    """How a model is trained here; used when no model file is given, and by `train`."""
    method: Literal["gradient_boosting", "logistic_regression", "random_forest"] = "gradient_boosting"
    settings: dict[str, Any] = {}
    card: str | None = None                             # file in the domain folder for the model card


class DomainFile(Strict):
    """The whole file; only `data` and `target` are required."""
    title: Word | None = None
    description: str | None = None                      # one sentence on what is decided
    note: str | None = None                             # what a reader of the page must know about these data
    source: str | None = None                           # citation of the data
    data: str
    id: str | None = None
    target: str
    positive: dict[Any, list[Any]] = {}                 # outcome code: the raw target values that count as it
    outcomes: dict[Any, Word] | None = None
    outcome_synonyms: dict[Any, Words] = {}             # outcome code: other words for it, "rejected", "repaid"
    unit: Word | None = None                            # of the target: makes it a regression
    favourable: Any = None
    better: Literal["higher", "lower"] | GoalFile | None = None     # of a regression: what people hope for
    score: ScoreFile | None = None
    case: list[str] = Field(["case", "cases"], min_length=2, max_length=2)
    threshold: float = Field(0.5, gt=0, lt=1)
    holdout: float | str | None = None
    ignore: Words = []
    # what people ask about and the data do not hold: other words for it
    absent: dict[str, Words] = {}
    model: str | None = None
    training: TrainingFile = TrainingFile()
    decision: DecisionFile | None = None
    families: dict[str, FamilyFile] = {}
    features: dict[str, FeatureFile] = {}
    robust_to_retraining: bool = False                  # shall models of the same kind, trained anew, agree with advice?
    relations: list[Any] = []                           # what must hold in any changed case, or follows from a change

    @model_validator(mode="before")
    @classmethod
    def empty_entries(cls, data):
        """`age:` with nothing behind it is an entry without details."""
        if isinstance(data, dict) and isinstance(data.get("features"), dict):
            entries = {key: {} if value is None else value for key, value in data["features"].items()}
            data = {**data, "features": entries}
        return data


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping: the first would be lost without a word."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value} is there twice", key.start_mark)
                seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path):
    """The file's content and its node tree (for line numbers); raises DomainProblem with the line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        loader = _Loader(text)
        node = loader.get_single_node()
        content = loader.construct_document(node) if node is not None else None
    except UnicodeDecodeError as error:
        line = error.object[:error.start].count(b"\n") + 1
        raise DomainProblem("yaml_not_utf8", file=str(path), line=line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).split("\n")[0]
        line = mark.line + 1 if mark else 1
        raise DomainProblem("yaml_unreadable", file=str(path), line=line, reason=reason[:200]) from error
    return content, node


def line_of(node, location):
    """Line (from 1) of the entry that `location` (keys and list positions) leads to, as far as it exists."""
    line = node.start_mark.line + 1 if node is not None else 1
    for key in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def read_domain_file(path):
    """domain.yaml -> (DomainFile, node tree)."""
    content, node = read_yaml(path)
    if not isinstance(content, dict):
        raise DomainProblem("yaml_not_a_mapping", file=str(path), line=1)
    try:
        return DomainFile(**{str(key): value for key, value in content.items()}), node
    except ValidationError as error:
        raise _explained(error, path, node) from error


# What pydantic finds -> the code of the sentence about it; anything else is told in pydantic's words.
EXPECTED = {"string_type": "domain_value_not_text", "dict_type": "domain_value_not_mapping",
            "model_type": "domain_value_not_mapping", "list_type": "domain_value_not_list",
            "bool_type": "domain_value_not_true_false", "bool_parsing": "domain_value_not_true_false",
            "float_type": "domain_value_not_number", "float_parsing": "domain_value_not_number",
            "int_type": "domain_value_not_number", "int_parsing": "domain_value_not_number",
            "int_from_float": "domain_value_not_number", "literal_error": "domain_value_not_choice",
            "greater_than": "domain_value_too_small", "less_than": "domain_value_too_large",
            "too_short": "domain_list_length", "too_long": "domain_list_length"}


def _explained(error, path, node):
    first = error.errors()[0]
    location = [part for part in first["loc"] if part not in ("float", "str", "[key]")]
    facts = {"file": str(path), "line": line_of(node, location), "key": ".".join(str(part) for part in location)}
    if first["type"] == "missing":
        return DomainProblem("domain_key_missing", **facts)
    if first["type"] == "extra_forbidden":
        owner = _owner(location)
        return DomainProblem("domain_key_unknown", known=", ".join(sorted(owner.model_fields)), **facts)
    code = EXPECTED.get(first["type"], "domain_value_wrong")
    context = first.get("ctx") or {}
    limit = context.get("gt", context.get("lt", context.get("min_length", context.get("max_length"))))
    return DomainProblem(code, value=str(first.get("input"))[:60], expected=context.get("expected", ""), limit=limit,
                         reason=first["msg"], **facts)


def _owner(location):
    """The model whose keys may stand where an unknown one was found."""
    owners = {"features": FeatureFile, "families": FamilyFile, "decision": DecisionFile, "score": ScoreFile,
              "training": TrainingFile}
    if "review" in location[:-1]:
        return ReviewFile
    return owners.get(location[0], DomainFile) if len(location) > 1 else DomainFile
