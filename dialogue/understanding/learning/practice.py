"""Two small made-up domains whose words fill the example questions while the classifier learns and is tested."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from explainers.domain import Domain, Feature
from explainers.domain_file import DomainFile

_LOANS = dict(
    numbers={
        "age": ("age", "years", 18, 80),
        "income": ("monthly income", "dollars", 500, 9000),
        "amount": ("loan amount", "dollars", 500, 40000),
        "duration": ("loan duration", "months", 6, 72),
        "children": ("number of children", None, 0, 6),
    },
    categories={
        "housing": ("housing", {"1": "rented flat", "2": "owned house", "3": "free lodging"}),
        "purpose": ("purpose", {"1": "new car", "2": "furniture", "3": "education"}),
    },
    flags={"unemployed": "unemployed", "guarantor": "has guarantor", "foreign": "foreign worker"},
    outcomes={"0": "bad credit risk", "1": "good credit risk"},
    favourable="1",
    case=["applicant", "applicants"],
    target="credit_risk",
)
_PATIENTS = dict(
    numbers={
        "weight": ("body weight", "kg", 40, 160),
        "pulse": ("resting pulse", None, 40, 140),
        "sugar": ("blood sugar", None, 60, 300),
        "stays": ("hospital stays", None, 0, 9),
    },
    categories={"ward": ("ward", {"a": "surgery", "b": "cardiology"}), "diet": ("diet", {"m": "mixed diet", "v": "vegan"})},
    flags={"smoker": "smoker", "insured": "private insurance", "pain": "chest pain"},
    outcomes={"no": "no complications", "yes": "complications"},
    favourable="no",
    case=["patient", "patients"],
    target="complications",
)


@lru_cache
def practice_domains():
    """The two domains, with twenty rows each and case ids from 3 to 60."""
    return tuple(_domain(name, **table) for name, table in (("loans", _LOANS), ("patients", _PATIENTS)))


def _domain(name, numbers, categories, flags, outcomes, favourable, case, target):
    features = {}
    for key, (label, unit, low, high) in numbers.items():
        features[key] = Feature(
            key, "number", label, unit=unit, values={}, value_synonyms={}, step=1.0, whole=True, low=float(low), high=float(high)
        )
    for key, (label, values) in categories.items():
        features[key] = Feature(key, "category", label, values=values, value_synonyms={}, codes={code: code for code in values})
    for key, label in flags.items():
        features[key] = Feature(
            key, "yes_no", label, values={"true": "yes", "false": "no"}, value_synonyms={}, codes={"true": 1, "false": 0}, true=1, false=0
        )
    rng = np.random.default_rng(7)
    ids = [str(value) for value in range(3, 63, 3)]
    columns = {}
    for key, feature in features.items():
        columns[key] = (
            rng.integers(feature.low, feature.high + 1, len(ids))
            if feature.type == "number"
            else rng.choice(list(feature.codes.values()), len(ids))
        )
    frame = pd.DataFrame(columns, index=ids)
    file = DomainFile(data="rows.csv", target=target, case=case)
    return Domain(
        name=name,
        path=Path("."),
        file=file,
        title=name,
        features=features,
        frame=frame,
        target=pd.Series(rng.choice(list(outcomes), len(ids)), index=ids),
        held_out=np.ones(len(ids), dtype=bool),
        split_known=False,
        outcomes=outcomes,
        favourable=favourable,
        counted=None,
        score_label=None,
        data_hash="practice",
    )
