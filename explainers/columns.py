"""A column of the data and its entry in domain.yaml -> Feature: what is not written is inferred, what is wrong is told."""
import re

import numpy as np
import pandas as pd

from explainers.errors import DomainProblem
from explainers.feature import FALSE_WORDS, TRUE_WORDS, Feature, text_of
from explainers.words import label_of, value_name

PLAIN = ("description", "unit", "immutable", "why_immutable",
         "sensitive", "implausible", "change", "min", "max", "monotone")
OPPOSITE = {"no": "yes", "yes": "no", "n": "y", "y": "n", "f": "t",
            "t": "f", "false": "true", "true": "false", "0": "1", "1": "0"}


def feature_of(column, data, entry, where):
    """One Feature; `entry` is its FeatureFile or None, `where(*keys)` gives file and line.

    Raises DomainProblem where the entry and the data contradict each other.
    """
    given = entry.model_dump(exclude_none=True) if entry else {}
    kind = given.get("type") or ("category" if "values" in given else guess_type(data))
    common = {key: given[key] for key in PLAIN if key in given}
    common.update(name=column, type=kind, label=given.get("label") or label_of(column),
                  synonyms=tuple(given.get("synonyms", ())))
    place = lambda *keys: where("features", column, *keys)
    _check_fit(kind, given, column, place)
    if kind == "number":
        return _number(common, given, data, place)
    codes = _codes(data)
    if kind == "yes_no":
        return _yes_no(common, given, codes, place)
    return _category(common, given, codes, place)


def guess_type(data):
    """number, category or yes_no, from the values of a column."""
    codes = {text_of(raw).lower() for raw in data.dropna().unique()[:50]}
    if 0 < len(codes) <= 2 and codes <= TRUE_WORDS | FALSE_WORDS:
        return "yes_no"
    return "number" if pd.api.types.is_numeric_dtype(data) and not pd.api.types.is_bool_dtype(data) else "category"


def natural(text):
    """Sort key: numbers by size, before words."""
    try:
        return (0, float(text), text)
    except ValueError:
        return (1, 0.0, text)


def _check_fit(kind, given, column, place):
    """Keys that make no sense for this kind of feature."""
    only = {"number": ("min", "max", "step", "unit"), "category": ("ordered", "transitions"),
            "yes_no": ("transitions",)}
    for key in ("min", "max", "step", "ordered", "transitions"):
        if given.get(key) and key not in only[kind]:
            raise DomainProblem("key_does_not_fit", feature=column, key=key, type=kind, **place(key))
    if kind == "number" and given.get("values"):
        raise DomainProblem("key_does_not_fit", feature=column, key="values", type=kind, **place("values"))
    if kind == "category" and not given.get("ordered"):
        for key in ("monotone", "change"):
            if given.get(key, "any") != "any":
                raise DomainProblem("needs_an_order", feature=column, key=key, **place(key))


def _codes(data):
    """code as text -> raw value, in natural order."""
    raws = data.dropna().unique().tolist()
    return {text_of(raw): raw for raw in sorted(raws, key=lambda raw: natural(text_of(raw)))}


def _number(common, given, data, place):
    if not pd.api.types.is_numeric_dtype(data):
        numbers = pd.to_numeric(data, errors="coerce")
        wrong = data[numbers.isna() & data.notna()]
        raise DomainProblem("feature_not_a_number", feature=common["name"],
                            value=str(wrong.iloc[0] if len(wrong) else data.iloc[0])[:60], **place("type"))
    present = data.dropna().astype(float)
    whole = bool((present == present.round()).all()) if len(present) else False
    step = given.get("step") or (1.0 if whole else _decimals(present))
    low, high = (float(present.min()), float(present.max())) if len(present) else (None, None)
    least, most = given.get("min"), given.get("max")
    if least is not None and most is not None and least > most:
        raise DomainProblem("min_above_max", feature=common["name"], min=least, max=most, **place("min"))
    if least is not None and low is not None and low < least:
        raise DomainProblem("data_out_of_limits", feature=common["name"],
                            value=low, key="min", limit=least, **place("min"))
    if most is not None and high is not None and high > most:
        raise DomainProblem("data_out_of_limits", feature=common["name"],
                            value=high, key="max", limit=most, **place("max"))
    return Feature(**common, values={}, value_synonyms={}, phrases={}, step=step, low=low, high=high,
                   whole=whole and float(step).is_integer())


def _decimals(data):
    """Smallest power of ten that the observed values are multiples of, at least 1e-6."""
    for digits in range(1, 7):
        if np.allclose(data, data.round(digits), rtol=0, atol=10.0 ** -(digits + 4)):
            return 10.0 ** -digits
    return 1e-6


def _category(common, given, codes, place):
    names = _by_code(given, "values")
    strange = [code for code in codes if code not in names] if names else []
    if strange:
        raise DomainProblem("value_not_named", feature=common["name"], value=strange[0], known=", ".join(names),
                            **place("values"))
    names = names or {code: value_name(code) for code in codes}
    sample = next(iter(codes.values()), "")
    for code in names:
        codes.setdefault(code, _raw_like(sample, code))
    transitions = _by_code(given, "transitions") if "transitions" in given else None
    if transitions is not None:
        transitions = {code: tuple(text_of(to) for to in tos) for code, tos in transitions.items()}
    keyed = {key: _by_code(given, key) for key in ("value_synonyms", "phrases")}
    mentioned = {key: list(entries) for key, entries in keyed.items()}
    mentioned["transitions"] = list(transitions or ()) + [to for tos in (transitions or {}).values() for to in tos]
    for key, used in mentioned.items():
        for code in used:
            if code not in names:
                raise DomainProblem("code_unknown", feature=common["name"], key=key, value=code, known=", ".join(names),
                                    **place(key, code))
    synonyms = {code: tuple(words) for code, words in keyed["value_synonyms"].items()}
    return Feature(**common, values=names, codes={code: codes[code] for code in names}, ordered=bool(given.get("ordered")),
                   value_synonyms=synonyms, phrases=keyed["phrases"], transitions=transitions)


def _yes_no(common, given, codes, place):
    """`values: {1: no, 2: yes}` says which code is which; else it is read from the codes themselves."""
    names = _by_code(given, "values")
    words = {code: name.lower() for code, name in names.items()} or {code: code.lower() for code in codes}
    true = [code for code, word in words.items() if word in TRUE_WORDS]
    false = [code for code, word in words.items() if word in FALSE_WORDS]
    strange = [code for code in codes if code not in true + false]
    if strange or len(true) > 1 or len(false) > 1 or not (true or false):
        shown = ", ".join(list(codes)[:5] or list(names)[:5])
        raise DomainProblem("feature_not_yes_no", feature=common["name"], values=shown, **place("values"))
    sample = next(iter(codes.values()), "")
    raw = lambda code: codes[code] if code in codes else _raw_like(sample, code)
    yes = raw(true[0]) if true else _opposite(raw(false[0]))
    no = raw(false[0]) if false else _opposite(raw(true[0]))
    own = {text_of(yes): "true", text_of(no): "false", "true": "true", "false": "false"}
    keyed = {}
    for key in ("value_synonyms", "phrases"):
        entries = _by_code(given, key)
        unknown = [code for code in entries if code not in own]
        if unknown:
            raise DomainProblem("code_unknown", feature=common["name"], key=key, value=unknown[0],
                                known=f"{text_of(no)}, {text_of(yes)}", **place(key, unknown[0]))
        keyed[key] = {own[code]: value for code, value in entries.items()}
    return Feature(**common, values={"true": "yes", "false": "no"}, codes={"true": yes, "false": no}, true=yes, false=no,
                   value_synonyms={code: tuple(found) for code, found in keyed["value_synonyms"].items()},
                   phrases=keyed["phrases"])


def _by_code(given, key):
    return {text_of(code): value for code, value in (given.get(key) or {}).items()}


def _opposite(raw):
    """The other code of a yes/no column that holds only one: no -> yes, Y -> N, True -> False, 1 -> 0."""
    if isinstance(raw, (bool, np.bool_)):
        return not raw
    if isinstance(raw, str):
        other = OPPOSITE[raw.lower()]
        return other.upper() if raw.isupper() else other.capitalize() if raw[:1].isupper() else other
    return type(raw)(1 - raw)


def _raw_like(sample, code):
    """The raw value of a code that no row has, in the type of the codes that occur."""
    if isinstance(sample, str) or not _is_number(code):
        return {"true": True, "false": False}.get(code, code) if isinstance(sample, (bool, np.bool_)) else code
    return float(code) if isinstance(sample, (float, np.floating)) or "." in code else int(code)


def _is_number(text):
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))
