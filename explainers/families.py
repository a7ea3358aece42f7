"""Yes/no columns that encode one thing (purposeCar, purposeHome, ...), found where domain.yaml does not name them."""
import re

import numpy as np

from explainers.domain_file import FamilyFile
from explainers.words import label_of

FEWEST = 3


def inferred_families(features, frame, named):
    """family name -> FamilyFile, for at least FEWEST yes/no columns that begin with the same words and of which no row
    has two; `named`: the columns that are in a family already."""
    free = [name for name, feature in features.items() if feature.type == "yes_no" and name not in named]
    found = {}
    for length in (1, 2, 3):
        groups = {}
        for name in free:
            words = _words(name)
            if len(words) > length:
                groups.setdefault(tuple(words[:length]), []).append(name)
        for start, columns in groups.items():
            name = _common_start(columns)
            on = np.column_stack([(frame[column] == features[column].true).to_numpy()
                                 for column in columns]).sum(axis=1)
            if len(columns) >= FEWEST and on.max() == 1 and on.mean() > 0.5 and name and name not in features:
                found[name] = FamilyFile(columns=columns, label=label_of(name), none_allowed=bool((on == 0).any()))
                free = [column for column in free if column not in columns]
    return found


def _parts(name):
    """Matches of the words of a column name: loanpurposeBusiness -> loanpurpose, Business."""
    return list(re.finditer(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name))


def _words(name):
    return [part.group().lower() for part in _parts(name)]


def _common_start(columns):
    """The words that all names begin with, as the first one writes them."""
    words = [_words(column) for column in columns]
    length = next((n for n, others in enumerate(zip(*words)) if len(set(others)) > 1), min(map(len, words)) - 1)
    return columns[0][:_parts(columns[0])[length - 1].end()] if length else ""
